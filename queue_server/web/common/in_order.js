// Hands each event on exactly once and in the log's order, across reconnects. No socket and no clock here.

/**
 * Most screens get only some of the day's events, so a gap in `seq` is normal and proves nothing. Therefore live events
 * are held back while the missed ones are being fetched, and afterwards handed on together, sorted.
 */
export function createInOrder({ deliver, day = null, seq = null }) {
  let held = null; // events that arrived while catching up; null while not catching up

  function handOn(message) {
    if (message.seq <= seq) return;
    seq = message.seq;
    deliver(message);
  }

  return {
    get day() {
      return day;
    },
    get seq() {
      return seq;
    },
    get isCatchingUp() {
      return held !== null;
    },
    /** The picture was read anew: this is what it holds. */
    startAt(newDay, newSeq) {
      day = newDay;
      seq = newSeq;
      held = null;
    },
    /** True when the server speaks of another day, or of a shorter one: what the screen holds is void. */
    isVoid(head) {
      return day !== null && (head.day !== day || head.seq < seq);
    },
    hear(message) {
      if (held) held.push(message);
      else handOn(message);
    },
    startCatchingUp() {
      held ??= [];
    },
    /** The missed events have come, up to and including `upTo`. */
    caughtUp(events, upTo) {
      const all = [...events, ...(held ?? [])].sort((one, other) => one.seq - other.seq);
      held = null;
      for (const message of all) handOn(message);
      if (upTo > seq) seq = upTo;
    },
    /** The line was lost while catching up: what was held will come again. */
    forgetHeld() {
      held = null;
    },
  };
}
