// Which calls stand large on the screen now. Calls queue behind each other: each one stays for the dwell time, and in a
// burst the later ones wait for a place, so that every call is shown. Plain data; the page hands in the time.

/** `shown`: large now, newest first, with the moment each came up. `coming`: calls that wait for a place, oldest first. */
export function noCards() {
  return { shown: [], coming: [] };
}

/** A call or recall came from the feed. A recall replaces the waiting call of the same ticket. */
export function addCall(cards, call) {
  const others = cards.coming.filter((each) => each.ticket !== call.ticket);
  return { ...cards, coming: [...others, call] };
}

/**
 * The cards at `nowMs`. `calls` are the board's calls (newest first), `places` how many the screen has room for.
 * A call whose visitor already reached the counter before its turn came is not brought up any more.
 */
export function arrangeCards(cards, calls, { nowMs, places, ...dwell }) {
  const stands = (call) => calls.some((each) => each.ticket === call.ticket && each.counter === call.counter);
  const hasDwelt = (card) => nowMs - card.sinceMs >= dwellOf(card, dwell);
  const movedOn = (card) => calls.some((each) => each.ticket === card.ticket && each.counter !== card.counter);
  const shown = cards.shown.filter((card) => stands(card) || (!hasDwelt(card) && !movedOn(card)));
  const coming = cards.coming.filter(stands);
  while (coming.length > 0 && makePlace(shown, coming[0], places, hasDwelt)) {
    shown.unshift({ ...coming.shift(), sinceMs: nowMs });
  }
  for (const call of calls) {
    if (shown.length >= places) break;
    const isKnown = [...shown, ...coming].some((each) => each.ticket === call.ticket);
    if (!isKnown) shown.push({ ...call, sinceMs: -Infinity }); // called earlier and still standing: no ring
  }
  return { shown, coming };
}

/** Makes room for one more; false when every place holds a call that has not had its time yet. */
function makePlace(shown, call, places, hasDwelt) {
  const same = shown.findIndex((card) => card.ticket === call.ticket);
  if (same >= 0) shown.splice(same, 1);
  if (shown.length < places) return true;
  const canGo = shown.map((card) => Boolean(hasDwelt(card))).lastIndexOf(true);
  if (canGo < 0) return false;
  shown.splice(canGo, 1);
  return true;
}

/** True while a card wears the ring of "just called". */
export function isJustCalled(card, { nowMs, ...dwell }) {
  return nowMs - card.sinceMs < dwellOf(card, dwell);
}

/** So long a call stands at least; who is in care has more time to find it. */
export function dwellOf({ care }, { dwellMs, careExtraMs = 0 }) {
  return care ? dwellMs + careExtraMs : dwellMs;
}

/** Calls that stand but have no large place just now: they are named at the side. */
export function callsWithoutPlace(cards, calls) {
  const placed = new Set([...cards.shown, ...cards.coming].map((each) => each.ticket));
  return calls.filter((call) => !placed.has(call.ticket));
}
