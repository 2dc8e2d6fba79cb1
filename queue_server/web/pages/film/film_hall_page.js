// The hall screen of the film: the same drawing as in the hall, from pictures of the log. No feed, no voice.
import { addCall, arrangeCards, noCards } from "/displays/pages/call_cards.js";
import { boardFrom } from "/displays/pages/board.js";
import { hallPicture } from "/displays/pages/hall_board.js";
import { drawHall } from "/displays/pages/hall_view.js";
import { dressScreen } from "/displays/pages/screen_dress.js";
import { hallClock } from "/common/clock.js";
import { loadWords } from "/common/words.js";
import { hearFrames } from "./film_frames.js";

const DWELL_MS = 1500; // as at a fast hall clock: long enough to be read
const root = document.getElementById("page");
let cards = noCards();

await loadWords(["common", "displays"], "en", { current: false });
await loadWords(["common", "displays"], "zh");

hearFrames(({ hall: live, frame, now, sought }) => {
  hallClock.set({ now: frame.at, rate: 0, timezone: live.clock.timezone });
  const hall = { ...live, hours: frame.hours, displays: [] };
  const board = { ...boardFrom(frame), dayIsOver: frame.day_over };
  const look = dressScreen("hall", hall, "", now);
  const time = { now, nowMs: performance.now(), dwellMs: DWELL_MS, timezone: hallClock.timezone };
  if (sought) cards = noCards(); // another moment: what stood before is no news here
  else for (const call of newCalls(cards, board.calls)) cards = addCall(cards, call);
  cards = arrangeCards(cards, board.calls, { ...time, places: look.places });
  drawHall(root, hallPicture({ board, cards, hall, time, places: look.places }), hall, now, look);
});

/** Those that came since the last picture, the oldest first. */
function newCalls({ shown, coming }, calls) {
  const isKnown = (call) => [...shown, ...coming].some((card) => card.ticket === call.ticket && card.attempt === call.attempt);
  return calls.filter((call) => !isKnown(call)).reverse();
}
