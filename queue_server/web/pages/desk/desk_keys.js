// One key for each verb of the desk. A key never acts while somebody types, holds it down, or uses it with Ctrl or Alt.

export const KEYS = {
  next: "N",
  end_next: "N", // while serving: done, and the next one
  open: "O",
  recall: "R",
  start: "S",
  end: "E",
  hold: "H",
  resume: "H",
  park: "P",
  transfer: "T",
  missed: "M",
  add: "A",
  direct: "D",
  undo: "Z",
  know: "K",
  call: "C",
  note: "I",
  hand: "G",
  pause: "B",
};

const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** The letter, digit or name pressed ("N", "1", "ESCAPE"), or null when the page must leave it alone. */
export function keyOf(press) {
  if (press.defaultPrevented || press.repeat || press.isComposing) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const target = press.target ?? {};
  const typing = target.isContentEditable || (TYPING.has(target.tagName) && !["radio", "checkbox"].includes(target.type));
  if (typing && press.key !== "Escape") return null;
  const code = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(press.code ?? ""); // by place: an input method may hide the letter
  return code ? code[1] : (press.key ?? "").toUpperCase();
}

/** The verb a key stands for among those that may be pressed now. */
export function verbFor(key, verbs) {
  return verbs.find((verb) => verb.enabled && verb.key === key) ?? null;
}

/** The option of an open panel whose next value a key takes. */
export function optionFor(key, panel) {
  return panel.options?.find((option) => option.key === key) ?? null;
}

/** The choice a key stands for in an open panel: 1–9 by place; Enter, or the panel's own key, takes the first. */
export function choiceFor(key, panel) {
  if (/^[1-9]$/.test(key)) return panel.choices[Number(key) - 1] ?? null;
  const takesFirst = panel.hasDefault && key === panel.key;
  return takesFirst ? (panel.choices[0] ?? null) : null;
}
