// How long somebody has waited and how urgent that is by the hall's limits. Plain data; words are the view's.

/** Whole minutes since the first arrival, never below 0. */
export function waitedMinutes(ticket, now) {
  return Math.max(0, Math.floor((now - Date.parse(ticket.first_arrival_at)) / 60_000));
}

/** "good" | "fair" | "look" | "act": green up to the first limit, amber past the second, red past the third. */
export function waitLevel(minutes, limits) {
  if (minutes > limits.wait_act_minutes) return "act";
  if (minutes > limits.wait_look_minutes) return "look";
  return minutes > limits.wait_good_minutes ? "fair" : "good";
}

/** A shape beside the colour, so that colour is never the only sign. */
export const WAIT_SHAPES = { good: "○", fair: "◎", look: "◆", act: "▲" };

/** Whole seconds from now until an ISO moment, 0 when it has passed or there is none. */
export function secondsUntil(iso, now) {
  if (!iso) return 0;
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000));
}
