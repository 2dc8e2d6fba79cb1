// A keyboard, a keypad or a mouse that somebody plugs in must not lead out of the kiosk's pages. What the browser keeps for
// itself (Ctrl+W, Ctrl+N, F11) no page can hold: deploy/kiosk does, and a browser that was closed is started again.

/** Whether this key is one of the browser's, not of the page or of somebody who types. Pure. */
export function leadsOut({ key, ctrlKey, altKey, metaKey }, isTyping) {
  if (metaKey || altKey) return true;
  if (ctrlKey) return !(isTyping && ["a", "c", "v", "x", "z"].includes(key.toLowerCase()));
  return /^F(3|5|7|9|1[0-2])$/.test(key) || ["BrowserBack", "BrowserForward", "BrowserHome", "BrowserRefresh", "BrowserSearch", "ContextMenu", "Help"].includes(key);
}

const isField = (target) => target instanceof HTMLElement && target.matches("input, textarea");

if (typeof document !== "undefined") {
  document.addEventListener("keydown", (event) => leadsOut(event, isField(event.target)) && event.preventDefault(), { capture: true });
  for (const name of ["contextmenu", "dragstart", "dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault(), { capture: true });
  }
  document.addEventListener("auxclick", (event) => event.preventDefault(), { capture: true }); // a new tab by the middle button
  document.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { capture: true, passive: false });
}
