// Advice: what is said of its effect, and how it is judged afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOfAct, effectOf, verdictOf } from "../../queue_server/web/pages/staffing/advice_board.js";

const PROMISED = { before: { longest: 48, p90: 40 }, after: { longest: 31, p90: 28 }, left_before: 5, left_after: 1 };
const happened = (longest, not_called = 0) => ({ people: 20, longest, not_called });
const advice = (changes) => ({ trouble: "long_wait", promised: PROMISED, state: "accepted", made: true, happened: happened(33), ...changes });

test("the effect is told as before and after", () => {
  assert.deepEqual(effectOf(advice({})), { key: "effect_longest", values: { before: 48, after: 31 } });
  assert.deepEqual(effectOf(advice({ trouble: "left_over" })), { key: "effect_left", values: { before: 5, after: 1 } });
});

test("who would not have been called at all is told as such", () => {
  const promised = { ...PROMISED, before: { longest: null, p90: 90 } };
  assert.deepEqual(effectOf(advice({ promised })), { key: "effect_called", values: { before: 90, after: 31 } });
});

test("a promise is kept when what then was is nearer to it than to what was feared", () => {
  assert.equal(verdictOf(advice({})), "kept");
  assert.equal(verdictOf(advice({ happened: happened(45) })), "missed");
  assert.equal(verdictOf(advice({ trouble: "left_over", happened: happened(33, 4) })), "missed");
});

test("what was not done keeps no promise, and what is not known is not judged", () => {
  assert.equal(verdictOf(advice({ state: "declined", made: null })), "without");
  assert.equal(verdictOf(advice({ made: false })), "without");
  assert.equal(verdictOf(advice({ happened: null })), "unknown");
});

test("an act reads as a choice of what if", () => {
  const act = { kind: "add_people", counter: "", zone: "smart", services: null, minutes: 0, people: 2, category: null };
  assert.deepEqual(choiceOfAct(act), { kind: "add_people", counter: null, zone: "smart", category: null, n: 2 });
});
