// A scanner that types like a keyboard: its burst told from a person's typing. No DOM, no clock of its own.

const TOGETHER_MS = 45; // a scanner sends a character every few milliseconds, nobody types so fast for long
const LEAST = 4;
const LONGEST = 300;
const OVER_AFTER_MS = 160; // without Enter at the end: a scanner set otherwise, or half a scan

/**
 * Tells a scanner's burst from typing. `key(event, atMs)` gives {scanned: "text"} when a burst ended with Enter (or Tab),
 * which must then do nothing else; `pause(atMs)` gives a burst that ended without one. Null otherwise.
 */
export function createScanReader() {
  let letters = "";
  let lastAt = -Infinity;

  function end() {
    const text = letters;
    letters = "";
    return text.length >= LEAST ? { scanned: text } : null;
  }

  return {
    key({ key, ctrlKey, altKey, metaKey }, atMs) {
      if (ctrlKey || altKey || metaKey) return null;
      const isSoon = atMs - lastAt <= TOGETHER_MS;
      if (key === "Enter" || key === "Tab") return isSoon ? end() : null;
      if ([...key].length !== 1) return null;
      if (!isSoon) letters = "";
      lastAt = atMs;
      letters = (letters + key).slice(0, LONGEST);
      return null;
    },
    pause(atMs) {
      return letters && atMs - lastAt >= OVER_AFTER_MS ? end() : null;
    },
    overAfterMs: OVER_AFTER_MS,
  };
}
