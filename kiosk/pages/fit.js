// Makes a screen fit where room is short (large print, low layout, longer words): first less air, then fewer hints, then size.

export const MOST = 4;

/** `key` says what decides about the room: screen, modes, language, window. Measures only when that has changed. */
export function createFit() {
  let last = "";
  return (root, key) => {
    const screen = root.querySelector(".page__screen");
    const main = screen?.querySelector("main");
    if (!main || (key === last && screen.dataset.fit)) return;
    last = key;
    for (let step = 0; step <= MOST; step += 1) {
      screen.dataset.fit = String(step);
      if (fits(main)) return;
    }
  };
}

function fits(main) {
  // only what the styles let shrink below its content can hold more than it shows
  const mayShrink = (part) => getComputedStyle(part).minHeight === "0px" && !part.matches(".scroller");
  const isWhole = [...main.children].every((part) => !mayShrink(part) || part.scrollHeight <= part.clientHeight + 2);
  return isWhole && main.scrollHeight <= main.clientHeight + 1 && main.scrollWidth <= main.clientWidth + 90; // the keyboard is wider
}
