// How it was, at the kiosk: a mark with reasons of its own, one service after the other, and somebody after a low one.
import assert from "node:assert/strict";
import { test } from "node:test";

import { newBoard, placeOf } from "../../kiosk/pages/kiosk_board.js";
import { levelChosen, nextAsked, rated, ratingIs, ratingOpened, reasonTouched } from "../../kiosk/pages/kiosk_rating.js";

const REASONS = { 5: ["517", "510"], 1: ["109"] };

function opened(found = {}) {
  const board = newBoard();
  const ticket = { kind: "ticket", ticket: "T0001", may_rate: true, rating: { service: null, reasons: REASONS }, ...found };
  return ratingOpened({ ...board, hand: { ...board.hand, state: "ticket", found: ticket } });
}

test("nothing is chosen beforehand, and another level forgets the reasons of the one before", () => {
  const start = opened();
  assert.equal(placeOf(start).screen, "rating");
  assert.equal(start.rating.level, null);
  const five = reasonTouched(reasonTouched(levelChosen(start, 5), "517"), "510");
  assert.deepEqual(five.rating.chosen, ["517", "510"]);
  assert.deepEqual(reasonTouched(five, "517").rating.chosen, ["510"]);
  assert.deepEqual(levelChosen(five, 1).rating.chosen, []);
});

test("whoever has nothing to rate stays where they are", () => {
  assert.equal(opened({ may_rate: false }).rating, null);
});

test("a mark on its way cannot be changed, and thanks follow once", () => {
  const sent = ratingIs(levelChosen(opened(), 5), "sending");
  assert.equal(levelChosen(sent, 1), sent);
  const thanks = rated(sent, { low: false, next_service: null });
  assert.equal(thanks.rating.state, "thanks");
  assert.equal(thanks.hand.found.may_rate, false);
  assert.equal(rated(thanks, { low: true, next_service: null }), thanks); // an answer that comes late
});

test("a low mark asks whether somebody should come, and then goes on to the next service", () => {
  const sent = ratingIs(levelChosen(opened({ rating: { service: "租房取钱", reasons: REASONS } }), 1), "sending");
  const talk = rated(sent, { low: true, next_service: "打明细" });
  assert.equal(talk.rating.state, "talk");
  const next = nextAsked(talk);
  assert.deepEqual([next.rating.state, next.rating.service, next.rating.level], ["asking", "打明细", null]);
  const last = rated(ratingIs(levelChosen(next, 5), "sending"), { low: false, next_service: null });
  assert.equal(last.rating.state, "thanks");
});
