// What the visitor has along and what is missing, and which centre holds the account, as plain data.
import { guidePage, isIssuing, placeOf } from "./kiosk_board.js";

/** Marks one thing as brought ("yes") or missing ("no"); the same touch again takes the mark away. */
export function marked(board, code, mark) {
  if (!board.visit) return board;
  const { [code]: before, ...others } = board.visit.brought ?? {};
  const brought = before === mark ? others : { ...others, [code]: mark };
  return { ...board, visit: { ...board.visit, brought } };
}

export function markOf(board, code) {
  return board.visit?.brought?.[code] ?? null;
}

/** What is missing, in the order of the list. */
export function missing(board) {
  return (guidePage(board)?.materials ?? []).filter((one) => markOf(board, one.code) === "no");
}

export function missingCodes(board) {
  return missing(board).map((one) => one.code);
}

/** Everything that everybody needs is ticked off. */
export function hasAll(board) {
  const must = (guidePage(board)?.materials ?? []).filter((one) => one.required === "must");
  return must.length > 0 && must.every((one) => markOf(board, one.code) === "yes");
}

/** The number is taken and parked while the visitor fetches what is missing. */
export function goesToFetch(board, toFetch) {
  return board.visit ? { ...board, visit: { ...board.visit, toFetch } } : board;
}

// --- the other centre

export function otherCentreOpened(board) {
  return placeOf(board).screen === "service" ? { ...board, trail: [...board.trail, { screen: "other_centre" }] } : board;
}

// --- first in line tomorrow

/** Null while another wish is on its way. */
export function promiseAsked(board) {
  if (!board.visit || isIssuing(board) || board.promise?.state === "asking") return null;
  return { ...board, promise: { state: "asking" } };
}

export function promiseArrived(board, answer) {
  return board.promise ? { ...board, promise: { state: "done", answer } } : board;
}

export function promiseFailed(board, message) {
  return board.promise ? { ...board, promise: { state: "failed", message } } : board;
}

export function promiseClosed(board) {
  return { ...board, promise: null };
}
