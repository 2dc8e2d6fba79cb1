// From the press to the paper, as plain data: one request at a time, one key per wish, what became of the paper.
import { cardMark, noCard } from "./kiosk_card.js";
import { goHome, goToStart, isIssuing, onlyWay } from "./kiosk_board.js";
import { missingCodes } from "./kiosk_papers.js";

/** After so long without a word from the printer the visitor is told to note the number. */
export const PAPER_SILENT_AFTER_SECONDS = 6;
export const TICKET_SHOWN_SECONDS = 25;
/** Longer when the number must be written down. */
export const TICKET_SHOWN_WITHOUT_PAPER_SECONDS = 60;

/** What is asked of the server for this visit. */
export function wishOf(board, way, printer) {
  const { service, care } = board.visit;
  // care goes before the way; the counter is always possible, so a care ticket names that
  const wish = { service, way: care ? "counter" : (way ?? onlyWay(board)), care, language: board.lang };
  const lacks = missingCodes(board);
  if (lacks.length) Object.assign(wish, { missing: lacks, to_fetch: board.visit.toFetch === true });
  if (board.modes.large) wish.large_print = true;
  if (board.isForOther) wish.again = true; // yes, one more, though this kiosk gave the same a moment ago
  const mark = cardMark(board);
  if (mark) wish.card_mark = mark;
  return printer ? { ...wish, printer } : wish;
}

/** Null when a request is already on its way: a second press asks for nothing. */
export function issueAsked(board, wish) {
  if (isIssuing(board) || board.ticket || !board.visit) return null;
  return { ...board, issue: { state: "asking", wish } };
}

export function serverAway(board) {
  return isIssuing(board) ? { ...board, issue: { ...board.issue, state: "away" } } : board;
}

export function gaveUp(board) {
  return isIssuing(board) ? { ...board, issue: { ...board.issue, state: "gave_up" } } : board;
}

/** A refusal gave no number, so the next press is a new wish with a new key. */
export function refused(board, { code, message }, newKey) {
  const visit = board.visit ? { ...board.visit, key: newKey } : null;
  return { ...board, visit, issue: { ...board.issue, state: "refused", code, message } };
}

export function issueDismissed(board) {
  return { ...board, issue: { state: "none" } };
}

export function ticketArrived(board, answer, atSeconds) {
  const paper = answer.paper === "none" ? "none" : (board.earlyPaper[answer.ticket] ?? "asked");
  const ticket = { ...answer, paperNow: paper, paperAskedAt: atSeconds, leavesAt: leavesAt(paper, atSeconds) };
  return {
    ...board,
    ticket,
    issue: { state: "none" },
    trail: [...board.trail.slice(0, 1), { screen: "ticket" }],
    isHelpShown: false,
    isForOther: false,
    card: noCard(),
  };
}

/** The same hands take a number for somebody else: language and modes stay, the next wish says so. */
export function forSomebodyElse(board) {
  return { ...goToStart(board), isForOther: true, card: noCard() };
}

/** The hall asked whether the second number is meant: yes, for somebody else. */
export function forSomebodyElseNow(board, newKey) {
  return { ...board, isForOther: true, visit: { ...board.visit, key: newKey }, issue: { state: "none" } };
}

/** `outcome`: printed | failed | silent, or asked once more. A paper that comes late after all still counts. */
export function paperIs(board, ticket, outcome, atSeconds) {
  if (board.ticket?.ticket !== ticket) {
    // the printer can be quicker than the answer to the press
    return isIssuing(board) ? { ...board, earlyPaper: { [ticket]: outcome } } : board;
  }
  if (board.ticket.paperNow === outcome) return board;
  const leaves = Math.max(board.ticket.leavesAt, leavesAt(outcome, atSeconds));
  const askedAt = outcome === "asked" ? atSeconds : board.ticket.paperAskedAt;
  return { ...board, ticket: { ...board.ticket, paperNow: outcome, paperAskedAt: askedAt, leavesAt: leaves } };
}

/** This kiosk could not print it, and another printer has it now. */
export function paperMoves(board, ticket, printer, atSeconds) {
  const moved = paperIs(board, ticket, "asked", atSeconds);
  return moved.ticket?.ticket === ticket ? { ...moved, ticket: { ...moved.ticket, paperAt: printer } } : moved;
}

function leavesAt(paper, atSeconds) {
  const hasPaper = paper === "asked" || paper === "printed";
  return atSeconds + (hasPaper ? TICKET_SHOWN_SECONDS : TICKET_SHOWN_WITHOUT_PAPER_SECONDS);
}

/** "A little longer": as often as wanted. */
export function ticketStays(board, atSeconds) {
  if (!board.ticket) return board;
  return { ...board, ticket: { ...board.ticket, leavesAt: leavesAt(board.ticket.paperNow, atSeconds) } };
}

/** What a second's passing does to a shown ticket. */
export function ticketTick(board, atSeconds) {
  const ticket = board.ticket;
  if (!ticket) return board;
  if (atSeconds >= ticket.leavesAt) return goHome(board);
  if (ticket.paperNow === "asked" && atSeconds >= ticket.paperAskedAt + PAPER_SILENT_AFTER_SECONDS) {
    return paperIs(board, ticket.ticket, "silent", atSeconds);
  }
  return board;
}

/** Needs number and code large: there is no paper to take along. */
export function isWithoutPaper(ticket) {
  return ticket.paperNow === "failed" || ticket.paperNow === "silent" || ticket.paperNow === "none";
}
