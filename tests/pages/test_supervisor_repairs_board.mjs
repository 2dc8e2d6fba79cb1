// Repairs: how urgent each is, which clock runs, what may be noted next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockStates, stepsNow, urgency } from "../../queue_server/web/pages/supervisor/supervisor_repairs_board.js";

const dayOf = (moment) => moment.slice(0, 10);
const clock = (due, doneAt = null, inTime = null) => ({ due, done_at: doneAt, in_time: inTime });
const repair = (more = {}) => ({
  next_clock: "contact",
  next_due: "2026-11-24T17:00:00+08:00",
  late: false,
  ended_at: null,
  clocks: { contact: clock("2026-11-24T17:00:00+08:00"), fix: clock("2026-11-30T17:00:00+08:00"), follow_up: clock("2026-12-14T17:00:00+08:00") },
  ...more,
});

test("what runs out today stands out, what has run out more", () => {
  assert.equal(urgency(repair(), "2026-11-23", dayOf), "later");
  assert.equal(urgency(repair(), "2026-11-24", dayOf), "today");
  assert.equal(urgency(repair({ late: true }), "2026-11-25", dayOf), "late");
  assert.equal(urgency(repair({ next_due: null }), "2026-11-25", dayOf), "ended");
});

test("one clock runs; one that nobody noted is passed over once the thing is mended", () => {
  const states = (one) => clockStates(one).map(({ state }) => state);
  assert.deepEqual(states(repair()), ["runs", "waits", "waits"]);
  assert.deepEqual(states(repair({ late: true })), ["late", "waits", "waits"]);
  const mended = repair({ next_clock: "follow_up" });
  mended.clocks.fix = clock("2026-11-30T17:00:00+08:00", "2026-11-24T10:00:00+08:00", true);
  assert.deepEqual(states(mended), ["passed", "done", "runs"]);
  assert.deepEqual(states(repair({ next_clock: null, ended_at: "2026-11-24T10:00:00+08:00" })), ["over", "over", "over"]);
});

test("the usual next step comes first, and each is offered once", () => {
  assert.deepEqual(stepsNow(repair()), ["contacted", "tried", "promised", "fixed", "noted"]);
  assert.deepEqual(stepsNow(repair({ next_clock: "fix" })), ["fixed", "promised", "noted"]);
  assert.deepEqual(stepsNow(repair({ next_clock: "follow_up" })), ["followed_up", "tried", "promised", "noted"]);
  assert.deepEqual(stepsNow(repair({ ended_at: "x" })), ["noted", "reopened"]);
});
