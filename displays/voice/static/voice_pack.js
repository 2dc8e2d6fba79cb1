// Recording the centre's own voice, clip by clip. The server trims each clip and evens its loudness.
import { wavFile } from "./wav_file.js";

const RATE = 22050;
const LONGEST_MS = 8000;
const page = "/setup/voice-pack";
const token = document.querySelector('meta[name="csrf-token"]').content;
const note = document.getElementById("no-microphone");
const audio = new Audio();
let recording = null; // { clip, recorder, timer }
let microphone = null;

for (const clip of document.querySelectorAll(".clip")) {
  clip.querySelector(".clip__record").addEventListener("click", () => toggle(clip));
  clip.querySelector(".clip__play").addEventListener("click", () => play(`${page}/clips/${clip.dataset.name}`));
  clip.querySelector("input[type=file]").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await keep(clip, file);
    event.target.value = "";
  });
}

document.getElementById("try").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(event.target));
  asked.set("at", String(Date.now())); // clips change, the address would not
  play(`${page}/try.wav?${asked}`);
});

if (!navigator.mediaDevices || !window.MediaRecorder) {
  tell("insecure");
  document.querySelectorAll(".clip__record").forEach((button) => (button.disabled = true));
}

function tell(what) {
  note.textContent = `◆ ${note.dataset[what]}`;
  note.hidden = false;
}

async function play(url) {
  audio.src = url;
  await audio.play().catch(() => tell("away"));
}

async function toggle(clip) {
  if (recording) {
    const same = recording.clip === clip;
    recording.recorder.stop();
    if (same) return;
  }
  audio.pause();
  try {
    // the browser's own clean-up would squeeze and pump the voice
    const wishes = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    microphone = microphone?.active ? microphone : await navigator.mediaDevices.getUserMedia({ audio: wishes });
  } catch (error) {
    tell(error.name === "NotFoundError" ? "none" : "refused");
    return;
  }
  note.hidden = true;
  start(clip);
}

function start(clip) {
  const recorder = new MediaRecorder(microphone);
  const parts = [];
  const mine = { clip, recorder, timer: setTimeout(() => recorder.stop(), LONGEST_MS) };
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    clearTimeout(mine.timer);
    if (recording === mine) recording = null;
    show(clip, "");
    keep(clip, new Blob(parts, { type: recorder.mimeType }));
  });
  recorder.start();
  recording = mine;
  show(clip, "recording");
}

function show(clip, state) {
  clip.dataset.state = state;
  const button = clip.querySelector(".clip__record");
  clip.querySelector(".clip__word").textContent = state === "recording" ? button.dataset.stop : button.dataset.start;
}

/** Sends what was recorded, or a file, as WAV. What the server says to it stands beside the clip. */
async function keep(clip, blob) {
  const said = clip.querySelector(".clip__state");
  try {
    const samples = await samplesOf(blob);
    const where = new URLSearchParams({ language: clip.dataset.language, text: clip.dataset.text });
    const answer = await fetch(`${page}/clip?${where}`, {
      method: "POST",
      headers: { "Content-Type": "audio/wav", "X-CSRF-Token": token, Accept: "application/json" },
      credentials: "same-origin",
      body: wavFile(samples, RATE),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message);
    if (!clip.dataset.name) countOneMore();
    clip.dataset.name = told.name;
    said.textContent = `✓ ${told.seconds} s`;
    clip.querySelector(".clip__play").hidden = false;
  } catch (error) {
    clip.dataset.state = "wrong";
    said.textContent = `▲ ${error instanceof TypeError || !error.message ? note.dataset.away : error.message}`;
  }
}

async function samplesOf(blob) {
  const decoded = await new AudioContext().decodeAudioData(await blob.arrayBuffer());
  const offline = new OfflineAudioContext(1, Math.max(1, Math.ceil(decoded.duration * RATE)), RATE);
  const source = offline.createBufferSource();
  source.buffer = decoded;
  source.connect(offline.destination);
  source.start();
  return (await offline.startRendering()).getChannelData(0);
}

function countOneMore() {
  const progress = document.getElementById("progress");
  progress.value += 1;
  document.getElementById("recorded").textContent = String(progress.value);
}
