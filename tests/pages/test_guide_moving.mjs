// Moving people: what a place would do to their waits, what is shown before the hall answers, and what came of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, outcomeOf, stillWaiting, togglePicked, usualReason } from "../../queue_server/web/pages/guide/guide_moving.js";
import { numberIn } from "../../queue_server/web/pages/guide/guide_search.js";
import { makeFloor, waitingIn } from "../../queue_server/web/pages/staff/staff_floor.js";
import { hopedFloor } from "../../queue_server/web/pages/staff/staff_hoped.js";
import { called, floorAnswer, ticket } from "./floor_examples.mjs";

const wait = (low, high, rough = false) => ({ low, high, rough });
const place = (zone, ahead, range, refused = null) => ({ zone, service: null, counter: null, ahead, wait: range, refused, message: refused && "不行" });
const answer = (...tickets) => ({ seq: 1, tickets });

test("one ticket's new wait stands beside the present one, and which is shorter", () => {
  const told = answer({ ticket: "T0023", ahead: 9, wait: wait(30, 50), places: [place("care", 2, wait(10, 18))] });
  const effect = effectOf(told, { zone: "care" });
  assert.deepEqual([effect.ahead, effect.wait, effect.now, effect.change], [[2, 2], wait(10, 18), wait(30, 50), "shorter"]);
});

test("several spread from the first to the last, and whoever cannot go is named", () => {
  const told = answer(
    { ticket: "T1", ahead: 1, wait: wait(5, 9), places: [place("smart", 0, wait(0, 3))] },
    { ticket: "T2", ahead: 2, wait: wait(9, 16, true), places: [place("smart", 1, wait(6, 12))] },
    { ticket: "D1", ahead: 2, wait: wait(9, 16), places: [place("smart", null, null, "no_coaching")] },
  );
  const effect = effectOf(told, { zone: "smart" });
  assert.deepEqual([effect.ahead, effect.wait, effect.now], [[0, 1], wait(0, 12), wait(5, 16, true)]);
  assert.deepEqual(effect.refused.map((each) => each.ticket), ["D1"]);
});

test("an unknown wait makes no promise, and nothing known is nothing told", () => {
  const told = answer({ ticket: "T1", ahead: 1, wait: wait(5, 9), places: [place("care", 0, null)] });
  assert.deepEqual([effectOf(told, { zone: "care" }).wait, effectOf(told, { zone: "care" }).change], [null, null]);
  assert.equal(effectOf(null, { zone: "care" }), null);
});

test("coming from coaching to a counter is usually because it could not be done online", () => {
  const [smart, special] = [{ purpose: "coaching" }, { purpose: "counter" }];
  assert.deepEqual([usualReason(smart, special), usualReason(special, smart)], ["not_online", "wish"]);
});

test("picked once and picked again is not picked; whoever was called meanwhile stays", () => {
  assert.deepEqual(togglePicked(togglePicked(["T1"], "T2"), "T1"), ["T2"]);
  const floor = makeFloor(floorAnswer({ tickets: [ticket("T1"), called("T2", "3")] }));
  assert.deepEqual(stillWaiting(["T1", "T2", "T3"], floor), ["T1"]);
});

test("a move shows at once, marked, and is gone again when the hall says no", () => {
  const floor = makeFloor(floorAnswer());
  const wish = { path: "/tickets/T0023/transfer", body: { zone: "care" } };
  const hoped = hopedFloor(floor, [wish]);
  assert.deepEqual(waitingIn(hoped, "care").map((each) => [each.ticket, each.hoped]).at(-1), ["T0023", true]);
  assert.ok(!waitingIn(hoped, "special").some((each) => each.ticket === "T0023"));
  assert.equal(hopedFloor(floor, []), floor);
  assert.equal(hopedFloor(floor, [{ path: "/counters/3/call-next", body: {} }]), floor);
});

test("of three moved at once the one called in the same moment is told apart from those that went", () => {
  const wishes = [{ ticket: "T1" }, { ticket: "T2" }, { ticket: "T3" }];
  const outcome = outcomeOf(wishes, [
    { status: "fulfilled", value: { ticket: { undo_until: "2026-11-23T01:42:10+00:00" } } },
    { status: "rejected", reason: { code: "ticket_moved_on" } },
    { status: "fulfilled", value: undefined }, // pressed twice: the first press is under way
  ]);
  assert.deepEqual([outcome.moved, outcome.kept.map((each) => each.ticket)], [["T1"], ["T2"]]);
});

test("a paper's code opens its own ticket today, and a paper of another day says so", () => {
  const floor = makeFloor(floorAnswer());
  const code = (day) => `http://hall.test/p/${day}-T0023-ABCDEFGHIJKLMNOPQRST`;
  assert.deepEqual(numberIn(code(floor.day.slice(5).replace("-", "")), floor), { ticket: "T0023" });
  assert.deepEqual(numberIn(code("0101"), floor), { why: "day" });
  assert.deepEqual(numberIn("Ｔ0023", floor), { ticket: "T0023" });
  assert.deepEqual(numberIn("T9999", floor), { why: "unknown" });
});
