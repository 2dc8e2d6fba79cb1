// What the visitor has along and what is missing, and which centre holds the account, as plain data.
import { guidePage, placeOf } from "./kiosk_board.js";

/** Marks one thing as brought ("yes") or missing ("no"); the same touch again takes the mark away. */
/** The hall's own rule: behind how many people whoever comes back stands; 0: before everybody. */
export function returnsBehind(board) {
  return board.hall.limits.return_behind;
}

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
  const isNear = ["service", "unsure_centre"].includes(placeOf(board).screen);
  return isNear ? { ...board, trail: [...board.trail, { screen: "other_centre" }] } : board;
}

export function unsureCentreOpened(board) {
  return placeOf(board).screen === "service" ? { ...board, trail: [...board.trail, { screen: "unsure_centre" }] } : board;
}

/** The account is here after all: back to the service, however many screens ago that was. */
export function ownCentreChosen(board) {
  const at = board.trail.map((place) => place.screen).lastIndexOf("service");
  return at < 0 ? board : { ...board, trail: board.trail.slice(0, at + 1) };
}
