// Says parts one after the other, as sound files that the server makes with the hall's own voice.
import { makeSpeech } from "./kiosk_data.js";

const PAUSE_MS = 250;

/**
 * `onPart(part | null)` shows what is being said; `onTrouble()` is called when no sound can be made or played.
 * Nothing is ever said over something else: a new wish ends the old one.
 */
export function createSpeaker({ onPart, onTrouble }) {
  let run = 0;
  let sound = null;

  async function say(parts, { lang, slow }) {
    stop();
    run += 1;
    const mine = run;
    let next = parts.length ? ask(parts[0]) : null;
    for (const [place, part] of parts.entries()) {
      const made = await next;
      if (mine !== run) return;
      next = parts[place + 1] ? ask(parts[place + 1]) : null; // made while this one is heard
      if (!made?.sound) continue;
      onPart(part);
      await heard(made.sound);
      if (mine !== run) return;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      if (mine !== run) return;
    }
    onPart(null);

    function ask({ text }) {
      return makeSpeech({ text, language: lang, slow }).catch(() => {
        if (mine === run) onTrouble();
        return null;
      });
    }
  }

  /** Until it has been heard, or cannot be. */
  function heard(address) {
    return new Promise((done) => {
      sound = new Audio(address);
      sound.addEventListener("ended", done);
      sound.addEventListener("pause", done);
      sound.addEventListener("error", () => {
        onTrouble();
        done();
      });
      sound.play().catch(done); // stopped before it began, or no touch yet allows it
    });
  }

  function stop() {
    run += 1;
    sound?.pause();
    sound = null;
    onPart(null);
  }

  return { say, stop };
}
