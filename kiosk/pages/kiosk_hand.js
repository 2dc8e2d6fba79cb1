// Somebody who has a ticket or a booking already, as plain data: what was typed or scanned, and what the hall said of it.
import { kindOf, plain } from "./code_reader.js";

/** state: empty | typing | looking | ticket | booking | arriving | returning | printing | said. `message`: in the reader's words. */
export function emptyHand() {
  return { text: "", isScanned: false, state: "empty", found: null, problem: "", message: "" };
}

const LONGEST = 200;

export function handTyped(board, text) {
  const short = text.slice(0, LONGEST);
  return { ...board, hand: { ...emptyHand(), text: short, state: short ? "typing" : "empty" } };
}

/** The screen opens by its button or by a scan from anywhere; a number just being asked for is not disturbed. */
export function handOpened(board, scanned = "") {
  const last = board.trail[board.trail.length - 1];
  const trail = last.screen === "hand" ? board.trail : [...board.trail, { screen: "hand" }];
  const opened = handTyped({ ...board, trail }, scanned);
  return { ...opened, hand: { ...opened.hand, isScanned: scanned !== "" } }; // what a code holds is not shown: it is a secret
}

/** {board, code}: what to ask the hall, or null when the code itself says that there is nothing to ask. */
export function handSent(board) {
  const kind = kindOf(board.hand.text);
  const code = kind === "ours" ? plain(board.hand.text) : null;
  // an identity card's number is forgotten at once
  const text = kind === "card" ? "" : board.hand.text;
  const next = code ? { state: "looking", problem: "" } : { state: "said", problem: kind };
  const hand = { ...emptyHand(), text, isScanned: board.hand.isScanned, ...next };
  return { board: { ...board, hand }, code };
}

export function handFound(board, code, found) {
  if (board.hand.state !== "looking" || plain(board.hand.text) !== code) return board;
  return { ...board, hand: { ...board.hand, state: found.kind, found } };
}

/** `problem`: refused (then `message` is the hall's), or away. */
export function handRefused(board, problem, message = "") {
  return { ...board, hand: { ...board.hand, state: "said", problem, message } };
}

export function handDoes(board, state) {
  return { ...board, hand: { ...board.hand, state } };
}

export function isHandBusy({ hand }) {
  return ["looking", "arriving", "returning", "printing"].includes(hand.state);
}
