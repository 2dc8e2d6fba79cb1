// Makes a screen fit where room is short (large print, low layout, longer words): first less air, then fewer hints, then size.

export const MOST = 4;
const LEAST_TO_SCROLL = 150; // px of a list; less shows not even one of its lines
const LEAST_WHEN_LOW = 240; // the low layout has room for that: 96 of them lie under “more below”
const LEAST_FOR_RESULTS = 300; // px, kept free for what a search finds, so that no key moves when it comes
const MOST_KNOWN = 500; // of what was found before; a kiosk shows some hundred

/**
 * Each key says what decides about the room: of the screen its words, modes, language and window, of the panel over it
 * what it says besides. Measures only what has changed, since each look at a height lays the page out; what was found
 * for the same key before is looked at first.
 */
export function createFit() {
  const known = new Map();
  let lastScreen = "";
  let lastPanel = "";
  return (root, screenKey, panelKey) => {
    const screen = root.querySelector(".page__screen");
    const main = screen?.querySelector("main");
    const panel = root.querySelector(".panel");
    if (main && (screenKey !== lastScreen || !screen.dataset.fit)) fit(screen, () => fits(main), screenKey, known);
    if (panel && (screenKey !== lastScreen || panelKey !== lastPanel || !panel.dataset.fit)) fit(panel, () => isWhole(panel), `${screenKey} ${panelKey}`, known);
    lastScreen = screenKey;
    lastPanel = panelKey;
  };
}

/** The first step that fits, looked for from the one it has: a change seldom moves it by more than one. */
function fit(what, isFitting, key, known) {
  const fitsAt = (step) => {
    what.dataset.fit = String(step);
    return isFitting();
  };
  let step = known.get(key) ?? Number(what.dataset.fit ?? 0);
  if (fitsAt(step)) {
    while (step > 0 && fitsAt(step - 1)) step -= 1;
    what.dataset.fit = String(step);
  } else {
    while (step < MOST && !fitsAt((step += 1)));
  }
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, step);
}

function isWhole(panel) {
  return panel.scrollHeight <= panel.clientHeight + 1 && panel.scrollWidth <= panel.clientWidth + 1;
}

function fits(main) {
  const results = main.querySelector(".searchresults");
  if (results && results.clientHeight < LEAST_FOR_RESULTS) return false;
  const list = main.querySelector(".scroller__inside");
  const least = main.closest(".is-low") ? LEAST_WHEN_LOW : LEAST_TO_SCROLL;
  if (list && list.clientHeight < Math.min(least, list.scrollHeight)) return false;
  // only what the styles let shrink below its content can hold more than it shows
  const mayShrink = (part) => getComputedStyle(part).minHeight === "0px" && !part.matches(".scroller");
  const isWhole = [...main.children].every((part) => !mayShrink(part) || part.scrollHeight <= part.clientHeight + 2);
  return isWhole && main.scrollHeight <= main.clientHeight + 1 && main.scrollWidth <= main.clientWidth + 90; // the keyboard is wider
}
