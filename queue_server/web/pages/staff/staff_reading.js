// Reads something of the hall anew whenever something happened, at most once a second, and every 15 s.
import { signInWhenNeeded } from "./staff_hall.js";
import { troubleText } from "./staff_words.js";

const READ_AT_MOST_EVERY_MS = 1000;
const READ_EVERY_MS = 15_000;

/** `ask()` fetches; `onRead(answer)` when it came; `onChange()` after each attempt. A `device` that
 *  may not read says so and asks again; a person signs in. `trouble`: why the last attempt failed, in words. */
export function makeReading({ ask, onRead, onChange, device = "" }) {
  let answer = null;
  let trouble = "";
  let timer = null;
  let readAt = -Infinity;

  /** However much happens; what happens in between is in the next reading. */
  function soon() {
    timer ??= setTimeout(read, Math.max(0, readAt + READ_AT_MOST_EVERY_MS - performance.now()));
  }

  async function read() {
    readAt = performance.now();
    try {
      answer = await ask();
      trouble = "";
      onRead?.(answer);
    } catch (error) {
      if (!device && signInWhenNeeded(error)) return;
      trouble = troubleText(error);
    } finally {
      timer = null;
    }
    onChange();
  }

  return {
    soon,
    /** The first reading, then for ever. */
    async begin() {
      await read();
      setInterval(soon, READ_EVERY_MS);
    },
    get answer() {
      return answer;
    },
    get trouble() {
      return trouble;
    },
  };
}
