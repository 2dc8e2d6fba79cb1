// Where the keys may go: the things to touch on the screen, in reading order; over a panel only the panel and the bar.
import { stepTo } from "./kiosk_keys.js";

const TOUCHABLE = "button:not([disabled]):not([hidden]):not([tabindex='-1']), input:not([disabled]), a[href], summary";

export function touchables(root) {
  const over = root.querySelector(".over");
  const parts = [over ?? root.querySelector(".page"), root.querySelector(".bar")];
  return parts.flatMap((part) => (part ? [...part.querySelectorAll(TOUCHABLE)] : [])).filter(isShown);
}

/** Moves the focus and gives the thing that has it now. Letters of the glass keyboard are for fingers: keys type. */
export function walk(root, isForward) {
  const all = touchables(root).filter((each) => !each.dataset.letter);
  const here = document.activeElement;
  let at = all.indexOf(here);
  if (at < 0 && here && here !== document.body) at = placeBeside(all, here, isForward);
  const next = all[stepTo(at, all.length, isForward)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next ?? null;
}

/** The focus is on something between two of them, as the question: go on from there. */
function placeBeside(all, here, isForward) {
  const after = all.findIndex((each) => here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (after < 0) return isForward ? -1 : 0;
  return isForward ? after - 1 : after;
}

function isShown(element) {
  return element.getClientRects().length > 0;
}
