// The officer's desk: what may be done when, by which key, and what it asks of the hall.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deskBoard } from "../../queue_server/web/pages/desk/desk_board.js";
import { choiceFor, keyOf, verbFor } from "../../queue_server/web/pages/desk/desk_keys.js";
import { panelOf, wishOf } from "../../queue_server/web/pages/desk/desk_wishes.js";
import { makeFloor } from "../../queue_server/web/pages/staff/staff_floor.js";
import { HALL, NOW, called, desk, floorAnswer, ticket } from "./floor_examples.mjs";

const COUNTER = HALL.counters.find((counter) => counter.id === "3");

function board(tickets = floorAnswer().tickets, { desks = [desk("3")], now = NOW } = {}) {
  return deskBoard({ floor: makeFloor(floorAnswer({ tickets, desks })), counter: COUNTER, limits: HALL.limits, now });
}

const may = (view) => view.verbs.filter((verb) => verb.enabled).map((verb) => verb.id);
const verb = (view, id) => view.verbs.find((each) => each.id === id);

test("at a free counter the next one is the one thing to do", () => {
  assert.deepEqual(may(board()), ["next"]);
});

test("with nobody waiting there is nothing to call", () => {
  assert.deepEqual(may(board([])), []);
});

test("a closed or paused desk can only be opened", () => {
  assert.deepEqual(may(board(undefined, { desks: [] })), ["open"]);
  assert.deepEqual(may(board(undefined, { desks: [desk("3", { paused: true })] })), ["open"]);
});

test("recall counts down until the visitor could have crossed the hall", () => {
  const view = board([called("T0021", "3")]); // may be called again at 09:42:15
  assert.equal(verb(view, "recall").enabled, false);
  assert.equal(verb(view, "recall").seconds, 15);

  const later = board([called("T0021", "3")], { now: NOW + 15_000 });
  assert.equal(verb(later, "recall").enabled, true);
});

test("missed comes only after all calls, and says how many are left", () => {
  const once = board([called("T0021", "3")], { now: NOW + 15_000 });
  assert.deepEqual([verb(once, "missed").enabled, verb(once, "missed").toCall], [false, 2]);

  const thrice = board([called("T0021", "3", { calls: 3 })], { now: NOW + 15_000 });
  assert.equal(verb(thrice, "missed").enabled, true);
});

test("while serving one can finish, hold, send aside or on; on hold one can go on or finish", () => {
  const serving = called("T0021", "3", { stage: "serving" });
  assert.deepEqual(may(board([serving])), ["end", "hold", "park", "transfer"]);
  assert.deepEqual(may(board([{ ...serving, stage: "held" }])), ["resume", "end", "park", "transfer"]);
});

test("each verb that may be pressed has a key of its own", () => {
  for (const stage of ["called", "serving", "held"]) {
    const keys = board([called("T0021", "3", { stage, calls: 3 })], { now: NOW + 60_000 })
      .verbs.filter((each) => each.enabled)
      .map((each) => each.key);
    assert.equal(new Set(keys).size, keys.length);
  }
});

test("eight are shown as next in calling order, with how many wait in all", () => {
  const many = Array.from({ length: 11 }, (_, place) => ticket(`T00${10 + place}`));
  const answer = floorAnswer({ tickets: many, queues: { special: many.map((each) => each.ticket) } });
  const view = deskBoard({ floor: makeFloor(answer), counter: COUNTER, limits: HALL.limits, now: NOW });

  assert.equal(view.next.length, 8);
  assert.equal(view.next[0].ticket, "T0010");
  assert.equal(view.waiting, 11);
});

test("those who stepped aside or were missed in my zone can be called back", () => {
  const view = board([
    ticket("T0001", { stage: "parked", counter: "3" }),
    ticket("T0002", { stage: "missed", counter: "3" }),
    ticket("W0003", { stage: "missed", zone: "smart" }),
  ]);
  assert.deepEqual(view.away.map((each) => each.ticket).sort(), ["T0001", "T0002"]);
});

test("keys leave typing, shortcuts and held-down keys alone", () => {
  const n = { key: "n", code: "KeyN", target: { tagName: "BODY" } };
  assert.equal(keyOf(n), "N");
  assert.equal(keyOf({ ...n, key: "Process" }), "N"); // a Chinese input method hides the letter
  assert.equal(keyOf({ ...n, target: { tagName: "INPUT", type: "search" } }), null);
  assert.equal(keyOf({ ...n, ctrlKey: true }), null);
  assert.equal(keyOf({ ...n, repeat: true }), null);
  assert.equal(keyOf({ ...n, isComposing: true }), null);
});

test("a key stands only for a verb that may be pressed now", () => {
  assert.equal(verbFor("N", board().verbs).id, "next");
  assert.equal(verbFor("N", board([called("T0021", "3")]).verbs), null);
});

test("finishing takes E and again E, or the digit of another outcome", () => {
  const panel = panelOf("end", { ticket: ticket("T0021") });
  assert.deepEqual(choiceFor("E", panel).wish, { path: "/tickets/T0021/end", body: { outcome: "done" } });
  assert.equal(choiceFor("2", panel).wish.body.outcome, "papers_missing");
  assert.equal(choiceFor("9", panel), null);
});

test("any transfer is at most three touches: T, then a zone; or T, counters, a counter", () => {
  const context = {
    hall: HALL,
    floor: makeFloor(floorAnswer()),
    ticket: called("T0021", "3", { stage: "serving" }),
    counter: "3",
    found: [{ id: "DK01" }, { id: "TQ01" }],
  };
  const panel = panelOf("transfer", context);
  assert.deepEqual(choiceFor("1", panel).wish, { path: "/tickets/T0021/transfer", body: { zone: "smart" } });
  assert.equal(choiceFor("5", panel).opens, "transfer_counter");

  const counters = panelOf("transfer_counter", context).choices;
  assert.deepEqual(counters.map((choice) => [choice.id, choice.enabled]), [["1", true], ["6", false], ["8", true]]);
  const services = panelOf("transfer_service", context).choices;
  assert.deepEqual(services.map((choice) => choice.wish.body), [{ service: "DK01" }]);
});

test("calling next asks the hall, which alone knows who is first", () => {
  assert.deepEqual(wishOf("next", { counter: "3", ticket: null }), { path: "/counters/3/call-next", body: {} });
  assert.equal(wishOf("missed", { counter: "3", ticket: ticket("T0021") }).path, "/tickets/T0021/missed");
});
