import assert from "node:assert/strict";
import { test } from "node:test";
import { goHome, goToStart, isUntouched, newBoard } from "../../kiosk/pages/kiosk_board.js";
import { cardMark, cardReaderSays, cardTick, precedenceDeclined } from "../../kiosk/pages/kiosk_card.js";
import { forSomebodyElse, ticketArrived, wishOf } from "../../kiosk/pages/kiosk_ticket.js";

const OLDER = { reader: "ready", simulated: true, age: 60, seen: "older", mark: "m1", seconds: 120 };
const withVisit = (board) => ({ ...board, visit: { service: "TQ04", key: "k", care: false, brought: {} } });

test("whoever is old enough has precedence with one number, unless they decline it", () => {
  const board = withVisit(cardReaderSays(newBoard(), OLDER, 10));
  assert.equal(wishOf(board, "counter", null).card_mark, "m1");
  assert.equal("card_mark" in wishOf(precedenceDeclined(board, true), "counter", null), false);
  assert.equal(wishOf(precedenceDeclined(precedenceDeclined(board, true), false), "counter", null).card_mark, "m1");
  const after = ticketArrived(board, { ticket: "T0001", paper: "none" }, 20);
  assert.equal(cardMark(after), null);
  assert.equal(cardReaderSays(after, OLDER, 21).card.seen, null); // the number is given
});

test("what a card gave is one person's: it stays on the way home, and goes with them", () => {
  const board = cardReaderSays(newBoard(), OLDER, 10);
  assert.equal(isUntouched(board), false); // so the kiosk looks whether somebody is still there
  assert.equal(cardMark(goToStart(board)), "m1");
  assert.equal(cardMark(goHome(board)), null);
  assert.equal(cardMark(forSomebodyElse(board)), null);
  assert.equal(goHome(board).reader.state, "ready");
});

test("a mark ends with its time, a reader not heard of counts as away, and a card that gives nothing is forgotten", () => {
  const board = cardReaderSays(newBoard(), OLDER, 10);
  assert.equal(cardMark(cardTick(board, 129)), "m1");
  assert.equal(cardMark(cardTick(board, 130)), null);
  assert.equal(cardTick(board, 130).reader.state, "away");
  const slow = cardReaderSays(newBoard(), { reader: "ready", simulated: false, age: 60, seen: "slow" }, 10);
  assert.equal(cardTick(slow, 25).card.seen, "slow");
  assert.equal(cardTick(slow, 31).card.seen, null);
  const still = cardTick(slow, 11);
  assert.equal(still, slow);
});
