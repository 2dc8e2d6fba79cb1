// Says the hall's calls in this browser, one after another. Knows sound; voice_queue.js knows which call comes next.
import { applyCall, brokenOff, emptyQueue, mustBreakIn, notSaid, said, sayNext, soundUrl } from "./voice_queue.js";

const SILENCE_URL = "/displays/voice/silence.wav";
const CHIME_URL = "/displays/voice/chime.wav";
const STUCK_AFTER_MS = 90_000; // no announcement is this long: the sound hangs

/**
 * `now` gives hall time (hallClock.now). `onBlocked()` is called when the browser wants a touch before it plays: show
 * "点一下打开声音" and call `unlock()` from that touch. `onState({state, call, error})` tells: "ready", "blocked",
 * "saying", "failed". Feed it with `hear(message)`: any message of the feed will do.
 */
export function createVoicePlayer({ now, onBlocked, onState, staleAfterSeconds, audio = new Audio() }) {
  let queue = emptyQueue(staleAfterSeconds);
  let state = null;
  let watchdog = null;
  let closed = false;

  function become(next, more = {}) {
    const wasBlocked = state === "blocked";
    state = next;
    onState?.({ state, ...more });
    if (state === "blocked" && !wasBlocked) onBlocked?.();
  }

  async function tryToPlay(url) {
    audio.src = url;
    await audio.play();
  }

  /** Finds out with a moment of silence whether sound is allowed, before the first call needs it. */
  async function start() {
    try {
      await tryToPlay(SILENCE_URL);
      become("ready");
    } catch (error) {
      if (error?.name === "AbortError") return; // a touch was quicker: unlock() plays its chime
      become(isBlocked(error) ? "blocked" : "failed", { error });
    }
    goOn();
  }

  /** To be called from a touch or click: plays the chime, so that whoever touched hears that it works. */
  async function unlock() {
    if (queue.saying) return true;
    try {
      await tryToPlay(CHIME_URL);
      become("ready");
      return true;
    } catch (error) {
      become(isBlocked(error) ? "blocked" : "failed", { error });
      return false;
    }
  }

  function hear(message) {
    queue = applyCall(queue, message, now());
    if (mustBreakIn(queue)) {
      clearTimeout(watchdog);
      queue = brokenOff(queue);
      audio.pause();
    }
    goOn();
  }

  async function goOn() {
    // the chime of unlock() or the silence of start() ends with "ended" too, which comes back here
    if (closed || queue.saying || state === null || state === "blocked" || isSounding()) return;
    queue = sayNext(queue, now());
    const call = queue.saying;
    if (!call) return;
    become("saying", { call });
    watchdog = setTimeout(() => finish("failed", { call }), STUCK_AFTER_MS);
    try {
      await tryToPlay(soundUrl(call));
    } catch (error) {
      if (queue.saying !== call) return; // the audio's own "error" was quicker
      if (!isBlocked(error)) return finish("failed", { call, error });
      clearTimeout(watchdog);
      queue = notSaid(queue);
      become("blocked");
    }
  }

  function isSounding() {
    return !audio.paused && !audio.ended && !audio.error;
  }

  function finish(next, more) {
    clearTimeout(watchdog);
    if (queue.saying) {
      queue = said(queue);
      audio.pause();
      become(next, more);
    }
    goOn();
  }

  const onEnded = () => finish("ready");
  const onError = () => finish("failed", { call: queue.saying, error: audio.error });
  audio.addEventListener("ended", onEnded);
  audio.addEventListener("error", onError);

  return {
    start,
    unlock,
    hear,
    get state() {
      return state;
    },
    close() {
      closed = true;
      clearTimeout(watchdog);
      audio.removeEventListener("ended", onEnded);
      audio.removeEventListener("error", onError);
      audio.pause();
    },
  };
}

function isBlocked(error) {
  return error?.name === "NotAllowedError";
}
