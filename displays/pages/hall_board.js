// What the hall screen shows, as plain data: made of the board, the cards standing large and the hall's own facts.
import { noticeNow } from "./board.js";
import { callsWithoutPlace, isJustCalled } from "./call_cards.js";
import { dayOfOpening, openingAt } from "./hall_times.js";

const MISSED_SHOWN = 6;
const RECENT_SHOWN = 4;
const STILL_CALLED_SHOWN = 6;
const EARLIER_WITHIN_MS = 10 * 60_000; // older than that nobody looks for

/**
 * `time`: {now (hall time), nowMs and dwellMs (the screen's own steady time), timezone}; `places`: room for large calls.
 * Places that no call needs show, quietly, who was called just before: one who looks up late still finds the counter.
 */
export function hallPicture({ board, cards, hall, time, places = 0 }) {
  const recent = board.recent.filter((call) => !isIn(cards.shown, call) && !isIn(board.missed, call));
  const free = Math.max(0, places - cards.shown.length);
  const earlier = recent.filter((call) => time.now - Date.parse(call.calledAt) < EARLIER_WITHIN_MS).slice(0, free);
  const opening = openingAt(hall.hours, time.now);
  return {
    state: hallState(board, cards, opening, time),
    opening: { ...opening, day: dayOfOpening(opening.opensAt, time.now, time.timezone) },
    cards: cards.shown.map((card) => ({ ...card, justCalled: isJustCalled(card, time) })),
    zones: board.zones,
    stillCalled: callsWithoutPlace(cards, board.calls).slice(0, STILL_CALLED_SHOWN),
    earlier,
    recent: recent.filter((call) => !isIn(earlier, call)).slice(0, RECENT_SHOWN),
    missed: board.missed.slice(0, MISSED_SHOWN),
    missedMore: Math.max(0, board.missed.length - MISSED_SHOWN),
    returnRule: { numbers: hall.limits.return_within_numbers, minutes: hall.limits.return_within_minutes },
    notice: noticeNow(board, time.now),
    errorMinutes: board.errorMinutes,
    errorOf: board.errorOf,
  };
}

/**
 * "busy": calls stand. "quiet": none just now. "empty": none yet today. "closed": outside opening hours.
 * "over": the day's work is done. People still inside after closing time are served on, so calls always win.
 */
function hallState(board, cards, { isOpen, opensAt }, { now, timezone }) {
  if (cards.shown.length > 0) return "busy";
  if (board.dayIsOver) return "over";
  const hadCalls = board.recent.length > 0 || board.serving.size > 0;
  const somebodyWaits = board.zones.some((zone) => zone.waiting > 0);
  if (isOpen || somebodyWaits || board.serving.size > 0) return hadCalls ? "quiet" : "empty";
  return hadCalls && dayOfOpening(opensAt, now, timezone) !== "today" ? "over" : "closed";
}

function isIn(list, { ticket }) {
  return list.some((each) => each.ticket === ticket);
}
