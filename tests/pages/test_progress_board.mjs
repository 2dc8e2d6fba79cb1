// The phone's page: when it is drawn anew, and what is worth a buzz.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isNear, mustDrawAnew, pictureOf, stateAfter, whatHappened } from "../../queue_server/web/pages/progress/progress_board.js";

const WAITING = {
  ticket: "T0023",
  zone: "special",
  stage: "waiting",
  counter: null,
  calls: 0,
  ahead: 5,
  wait: { low: 14, high: 22, rough: false },
  feedback: null,
  asked_for_help: false,
  presence: "unasked",
};
const CALLED = { ...WAITING, stage: "called", counter: "3", calls: 1, ahead: null, wait: null };

test("fewer people ahead change a number, not the page", () => {
  assert.equal(mustDrawAnew(pictureOf(WAITING), { ...WAITING, ahead: 4, wait: null }), false);
});

test("another zone, counter, call, help or mark draws the page anew", () => {
  for (const change of [{ zone: "care" }, { counter: "5" }, { calls: 2 }, { asked_for_help: true }, { presence: "asked" }, { feedback: 4 }, { stage: "missed" }]) {
    assert.equal(mustDrawAnew(pictureOf(WAITING), { ...WAITING, ...change }), true, JSON.stringify(change));
  }
});

test("the picture is the text that the server writes into the page", () => {
  assert.equal(pictureOf(CALLED), "called|special|3|1||unasked|");
  assert.equal(pictureOf({ ...WAITING, asked_for_help: true }), "waiting|special||0||unasked|help");
});

test("a call buzzes, and each recall again; hearing the same twice does not", () => {
  assert.equal(whatHappened(WAITING, CALLED), "called");
  assert.equal(whatHappened(CALLED, { ...CALLED, calls: 2 }), "called");
  assert.equal(whatHappened(CALLED, CALLED), null);
});

test("opening the page late does not buzz", () => {
  assert.equal(whatHappened(null, CALLED), null);
});

test("nearly one's turn buzzes once, at three ahead", () => {
  const three = { ...WAITING, ahead: 3, wait: { low: 4, high: 8, rough: false } };
  assert.equal(whatHappened(WAITING, three), "near");
  assert.equal(whatHappened(three, { ...three, ahead: 2 }), null);
});

test("three ahead and nobody serving is not nearly one's turn", () => {
  assert.equal(isNear({ ...WAITING, ahead: 1, wait: null }), false);
  assert.equal(isNear({ ...WAITING, ahead: 1, wait: { low: 60, high: 90, rough: true } }), false);
});

test("an event of one's own ticket is known at once, before the page is fetched", () => {
  const after = stateAfter(WAITING, { after: { ticket: { ticket: "T0023", stage: "called", counter: "3", calls: 1 } } });
  assert.equal(whatHappened(WAITING, after), "called");
  assert.equal(after.zone, "special");
});
