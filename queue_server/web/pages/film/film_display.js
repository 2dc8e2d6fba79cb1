// A display of the film: the same boards and drawing as in the hall, from pictures of the log. No feed, no voice.
import { boardFrom } from "/displays/pages/board.js";
import { addCall, arrangeCards, noCards } from "/displays/pages/call_cards.js";
import { dressScreen } from "/displays/pages/screen_dress.js";
import { hallClock } from "/common/clock.js";
import { loadWords } from "/common/words.js";
import { hearFrames } from "./film_frames.js";

export const DWELL_MS = 1500; // as at a fast hall clock: long enough to be read

/** `kind`: hall | zone | counter. `draw({hall, board, now, look, time, sought})` for each picture. */
export async function watchDisplay(kind, draw) {
  await loadWords(["common", "displays"], "en", { current: false });
  await loadWords(["common", "displays"], "zh");
  hearFrames(({ hall: live, frame, now, sought }) => {
    hallClock.set({ now: frame.at, rate: 0, timezone: live.clock.timezone });
    const hall = { ...live, hours: frame.hours, displays: [] };
    const board = { ...boardFrom(frame), dayIsOver: frame.day_over };
    const time = { now, nowMs: performance.now(), dwellMs: DWELL_MS, timezone: hallClock.timezone };
    draw({ hall, board, now, look: dressScreen(kind, hall, "", now), time, sought });
  });
}

/** The cards after another picture. After a jump to another moment what stands is no news. */
export function cardsAfter(before, calls, { time, places, sought }) {
  let cards = sought ? noCards() : before;
  if (!sought) for (const call of newCalls(cards, calls)) cards = addCall(cards, call);
  return arrangeCards(cards, calls, { ...time, places });
}

/** Those that came since the last picture, the oldest first. */
function newCalls({ shown, coming }, calls) {
  const isKnown = (call) => [...shown, ...coming].some((card) => card.ticket === call.ticket && card.attempt === call.attempt);
  return calls.filter((call) => !isKnown(call)).reverse();
}
