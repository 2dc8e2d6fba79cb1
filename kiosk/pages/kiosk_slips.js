// Papers without a number, as plain data: first in line tomorrow, and the list of what to bring.
//
// `board.slip`: {kind: "promise" | "list", key, state: asking | done | failed, answer, message, paper, askedAt};
// `paper`: none | asked | printed | failed | silent, as of a ticket.
import { isIssuing } from "./kiosk_board.js";
import { PAPER_SILENT_AFTER_SECONDS } from "./kiosk_ticket.js";

/** Null while another wish is on its way. `key`: asking again after a failure is the same wish. */
export function slipAsked(board, kind, key) {
  if (!board.visit || isIssuing(board) || board.slip?.state === "asking") return null;
  return { ...board, slip: { kind, key: board.slip?.kind === kind ? board.slip.key : key, state: "asking" } };
}

/** `answer.paper` is the mark by which the feed speaks of the paper; null where none is printed. */
export function slipArrived(board, answer, atSeconds) {
  if (board.slip?.state !== "asking") return board;
  const paper = answer.paper ? (board.slipPapers[answer.paper] ?? "asked") : "none";
  return { ...board, slip: { ...board.slip, state: "done", answer, paper, askedAt: atSeconds } };
}

export function slipFailed(board, message) {
  return board.slip ? { ...board, slip: { ...board.slip, state: "failed", message } } : board;
}

export function slipClosed(board) {
  return { ...board, slip: null };
}

/** The printer can be quicker than the answer to the touch, so every mark is kept for this visitor. */
export function slipPaperIs(board, mark, outcome) {
  const slipPapers = { ...board.slipPapers, [mark]: outcome };
  const isShown = board.slip?.state === "done" && board.slip.answer.paper === mark;
  return { ...board, slipPapers, slip: isShown ? { ...board.slip, paper: outcome } : board.slip };
}

/** Without a word from the printer the visitor is told so; the paper may still come. */
export function slipTick(board, atSeconds) {
  const { slip } = board;
  if (slip?.paper !== "asked" || atSeconds < slip.askedAt + PAPER_SILENT_AFTER_SECONDS) return board;
  return { ...board, slip: { ...slip, paper: "silent" } };
}

/** Marks of papers without a number begin with a plus. */
export function isSlipMark(mark) {
  return mark?.startsWith("+") === true;
}
