// Makes a screen fit where room is short (large print, low layout, longer words): first less air, then fewer hints, then size.

export const MOST = 4;
const LEAST_TO_SCROLL = 150; // px of a list; less shows not even one of its lines

/** `key` says what decides about the room: screen, modes, language, window. Measures only when that has changed. */
export function createFit() {
  let last = "";
  return (root, key) => {
    const screen = root.querySelector(".page__screen");
    const main = screen?.querySelector("main");
    const panel = root.querySelector(".panel");
    if (!main || (key === last && screen.dataset.fit && (!panel || panel.dataset.fit))) return;
    last = key;
    fit(screen, () => fits(main));
    if (panel) fit(panel, () => panel.scrollHeight <= panel.clientHeight + 1 && panel.scrollWidth <= panel.clientWidth + 1);
  };
}

function fit(what, isFitting) {
  for (let step = 0; step <= MOST; step += 1) {
    what.dataset.fit = String(step);
    if (isFitting()) return;
  }
}

function fits(main) {
  const list = main.querySelector(".scroller__inside");
  if (list && list.clientHeight < Math.min(LEAST_TO_SCROLL, list.scrollHeight)) return false;
  // only what the styles let shrink below its content can hold more than it shows
  const mayShrink = (part) => getComputedStyle(part).minHeight === "0px" && !part.matches(".scroller");
  const isWhole = [...main.children].every((part) => !mayShrink(part) || part.scrollHeight <= part.clientHeight + 2);
  return isWhole && main.scrollHeight <= main.clientHeight + 1 && main.scrollWidth <= main.clientWidth + 90; // the keyboard is wider
}
