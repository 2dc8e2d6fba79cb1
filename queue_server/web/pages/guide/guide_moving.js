// Moving one or several people: who is picked, what each place would do to their wait, and what came of it. Plain data.
import { MOVE_REASONS } from "../staff/staff_moves.js";

export const MOST_AT_ONCE = 30; // as GET /would-wait takes them
const ALIKE_MINUTES = 3; // nearer than this, neither is called shorter

/** The reason taken unless another is touched: who comes from coaching to a counter could mostly not do it online. */
export function usualReason(from, to) {
  return from?.purpose === "coaching" && to && to.purpose !== "coaching" ? "not_online" : MOVE_REASONS[0];
}

/** Picked or no longer; never more than the hall answers for at once. */
export function togglePicked(picked, ticket) {
  if (picked.includes(ticket)) return picked.filter((each) => each !== ticket);
  return picked.length < MOST_AT_ONCE ? [...picked, ticket] : picked;
}

/** Those of the picked who can still be moved: whoever was called meanwhile is with a counter now. */
export const stillWaiting = (picked, floor) => picked.filter((number) => floor.tickets[number]?.stage === "waiting");

/**
 * What a place would do to one or several waits, of an answer of GET /would-wait; null while nothing is known.
 * `{ahead: [least, most], wait, now, change, refused: [{ticket, message}]}`; `wait` and `now` span all that may move.
 */
export function effectOf(answer, { zone, service, counter }) {
  const all = (answer?.tickets ?? []).map((each) => ({
    ...each,
    place: each.places.find((place) => (counter ? place.counter === counter : service ? place.service === service : place.zone === zone)),
  }));
  if (!all.length || all.some((each) => !each.place)) return null;
  const may = all.filter((each) => !each.place.refused);
  const refused = all.filter((each) => each.place.refused).map(({ ticket, place }) => ({ ticket, message: place.message, code: place.refused }));
  const wait = span(may.map((each) => each.place.wait));
  const now = span(may.map((each) => each.wait));
  const ahead = may.map((each) => each.place.ahead);
  return { ahead: ahead.length ? [Math.min(...ahead), Math.max(...ahead)] : null, wait, now, change: changeOf(now, wait), refused };
}

/** From the shortest to the longest; null as soon as one of them is unknown. */
function span(waits) {
  if (!waits.length || waits.some((wait) => !wait)) return null;
  return {
    low: Math.min(...waits.map((wait) => wait.low)),
    high: Math.max(...waits.map((wait) => wait.high)),
    rough: waits.some((wait) => wait.rough),
  };
}

/** "shorter" | "longer" | "alike", by the middles of the ranges; null when one of them is unknown. */
export function changeOf(now, then) {
  if (!now || !then) return null;
  const minutes = (then.low + then.high - now.low - now.high) / 2;
  if (Math.abs(minutes) < ALIKE_MINUTES) return "alike";
  return minutes < 0 ? "shorter" : "longer";
}

/** The wishes of one act. `stageOf(ticket)`: as the person saw it; one that has moved on since is refused, not torn away. */
export function moveWishes(tickets, to, { position = "fair", why }, stageOf) {
  return tickets.map((ticket) => ({
    ticket,
    name: `move-${ticket}`,
    path: `/tickets/${ticket}/transfer`,
    body: { ...to, position, reason: why, expected_stage: stageOf(ticket) },
  }));
}

/** What came of one act: `results` as Promise.allSettled gives them, in the order of the wishes. */
export function outcomeOf(wishes, results) {
  const moved = [];
  const kept = [];
  results.forEach((result, place) => {
    const { ticket } = wishes[place];
    if (result.status === "fulfilled" && result.value) moved.push({ ticket, until: result.value.ticket?.undo_until ?? null });
    else if (result.status === "rejected") kept.push({ ticket, error: result.reason });
  });
  return { moved: moved.map((each) => each.ticket), until: moved.map((each) => each.until).sort()[0] ?? null, kept };
}
