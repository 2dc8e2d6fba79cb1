// What the phone's page does with news. Plain data: no DOM, no socket; tested with node --test.

const NEAR_AHEAD = 3; // these two as progress_view.py
const NEAR_MINUTES = 15;
const VIBRATE = { called: [400, 150, 400, 150, 400], near: [200] };

/** The same text as the page carries in `data-picture`; another one means: fetch the page again. */
export function pictureOf(state) {
  const parts = [state.stage, state.zone, state.counter, state.calls, state.feedback, state.presence].map((part) => part ?? "");
  return [...parts, state.asked_for_help ? "help" : ""].join("|");
}

/** A zone that moves the visitor changes the page; a number that falls only changes the number. */
export const mustDrawAnew = (picture, state) => pictureOf(state) !== picture;

/** Few are left ahead, and not because nobody is serving: only then "nearly your turn" is true. */
export function isNear(state) {
  return state.stage === "waiting" && (state.ahead ?? Infinity) <= NEAR_AHEAD && (state.wait?.low ?? Infinity) <= NEAR_MINUTES;
}

/**
 * What has just happened to the visitor, compared with the last state heard (null at first): "called" for every call and
 * recall, "near" once when few are left ahead, null for nothing worth a buzz.
 */
export function whatHappened(before, after) {
  if (!before) return null;
  if (after.stage === "called" && (before.stage !== "called" || after.calls > before.calls)) return "called";
  return isNear(after) && before.stage === "waiting" && !isNear(before) ? "near" : null;
}

export const vibrationFor = (what) => VIBRATE[what] ?? null;

/** An event of one's own ticket as a change of the last state: enough to know that one was called. */
export function stateAfter(before, message) {
  return before && message.after?.ticket ? { ...before, ...message.after.ticket } : before;
}
