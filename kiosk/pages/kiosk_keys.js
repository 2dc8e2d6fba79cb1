// What a key means: a keyboard, a tactile keypad that sends arrows, and a numeric keypad. Pure; used by kiosk_page.js.
//
//   ↓ → Tab  next        ↑ ← Shift+Tab  the one before      Enter Space  choose         Escape  back
//   Home     start       F1  a person   F2  read aloud      F3  once more   F4  slower   F6  large print  F7  contrast
//   numeric keypad: 8 4 before · 2 6 next · 5 Enter choose · 7 back · 9 start · 0 once more · . slower · * read aloud · + a person

const BY_KEY = {
  ArrowDown: "next",
  ArrowRight: "next",
  ArrowUp: "before",
  ArrowLeft: "before",
  Escape: "back",
  BrowserBack: "back",
  Home: "home",
  F1: "help",
  F2: "speech",
  F3: "again",
  F4: "slow",
  F6: "large",
  F7: "contrast",
};

const BY_NUMBER_PAD = {
  Numpad8: "before",
  Numpad4: "before",
  Numpad2: "next",
  Numpad6: "next",
  Numpad5: "choose",
  Numpad7: "back",
  Numpad9: "home",
  Numpad0: "again",
  NumpadDecimal: "slow",
  NumpadMultiply: "speech",
  NumpadAdd: "help",
};

/** In a field left, right and Home move within the text, and the number pad writes its digits. */
const OF_THE_FIELD = new Set(["ArrowLeft", "ArrowRight", "Home"]);

/** "" for a key that means nothing here; the browser does what it does with it. */
export function meaningOf({ key, code, ctrlKey, altKey, metaKey }, isTyping) {
  if (ctrlKey || altKey || metaKey) return "";
  if (isTyping) return OF_THE_FIELD.has(key) ? "" : (BY_KEY[key] ?? "");
  return BY_NUMBER_PAD[code] ?? BY_KEY[key] ?? "";
}

/** Which of `count` things comes next, round and round; from nowhere (-1) the first, or the last backwards. */
export function stepTo(at, count, isForward) {
  if (count === 0) return -1;
  if (at < 0) return isForward ? 0 : count - 1;
  return (at + (isForward ? 1 : count - 1)) % count;
}
