// One soft sound when something new wants to be heard. Browsers stay silent until somebody has touched the page; the
// wall says so instead of pretending.
const MUTED = "xinting.supervisor.muted"; // of the device, whoever works at it; the name is that of the first page that had it
const TONES = [659, 523]; // a falling third, as a door bell's
const TONE_SECONDS = 0.35;
const LOUDNESS = 0.12;

/** Which alerts are new and want to be heard. `before` is null at the first look: what stood already is no news. */
export function heardAnew(before, alerts) {
  if (before === null) return [];
  return alerts.filter((alert) => alert.sound && !before.has(soundKey(alert))).map(soundKey);
}

export const soundKey = ({ id, level, times }) => `${id}:${level}:${times}`;

/** `Context` is the browser's AudioContext; `store` its localStorage. */
export function makeSound({ Context = globalThis.AudioContext, store = globalThis.localStorage } = {}) {
  let context = null;
  let before = null;
  const isMuted = () => store?.getItem(MUTED) === "yes";

  function begin() {
    if (Context && context === null) context = new Context();
    return context;
  }

  return {
    /** on | off | blocked: the browser waits for a touch. */
    get state() {
      if (isMuted()) return "off";
      return begin()?.state === "running" ? "on" : "blocked";
    },
    async change() {
      const wasOn = this.state === "on";
      store?.setItem(MUTED, wasOn ? "yes" : "no");
      if (!wasOn) await begin()?.resume();
    },
    /** By a touch of the page; nothing where sound was turned off. */
    ready() {
      if (!isMuted() && begin()?.state === "suspended") context.resume();
    },
    hear(alerts) {
      const fresh = heardAnew(before, alerts);
      before = new Set(alerts.map(soundKey));
      if (fresh.length && !isMuted() && begin()?.state === "running") play(context);
    },
  };
}

function play(context) {
  TONES.forEach((pitch, place) => {
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + place * TONE_SECONDS;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(LOUDNESS, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  });
}
