// The officer's desk: what may be done when, by which key, and what it asks of the hall.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deskBoard } from "../../queue_server/web/pages/desk/desk_board.js";
import { choiceFor, keyOf, optionFor, verbFor } from "../../queue_server/web/pages/desk/desk_keys.js";
import { firstOptions, nextValue, panelOf, wishOf, withOption } from "../../queue_server/web/pages/desk/desk_wishes.js";
import { makeFloor } from "../../queue_server/web/pages/staff/staff_floor.js";
import { HALL, NOW, called, desk, floorAnswer, ticket } from "./floor_examples.mjs";

const COUNTER = HALL.counters.find((counter) => counter.id === "3");

function board(tickets = floorAnswer().tickets, { desks = [desk("3")], now = NOW, calls = {}, lastStep = null } = {}) {
  const floor = makeFloor(floorAnswer({ tickets, desks, calls }));
  return deskBoard({ floor, counter: COUNTER, limits: HALL.limits, now, lastStep });
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

test("after the last call nobody is called again, and the button says so", () => {
  const thrice = board([called("T0021", "3", { calls: 3 })], { now: NOW + 60_000 });
  assert.deepEqual([verb(thrice, "recall").enabled, verb(thrice, "recall").calls, verb(thrice, "recall").most], [false, 3, 3]);
});

test("what was ended, parked, missed or sent on can be taken back while the hall allows it and the counter is free", () => {
  const until = new Date(NOW + 4000).toISOString();
  const ended = ticket("T0021", { stage: "served", counter: "3", step_undo_until: until });
  const lastStep = { ticket: "T0021", step: "ended" };
  assert.equal(board([ended], { lastStep }).undo.seconds, 4);
  assert.equal(board([ended], { lastStep, now: NOW + 4000 }).undo, null);
  assert.equal(board([ended, called("T0023", "3")], { lastStep }).undo, null);
  assert.equal(board([ended], { lastStep, desks: [] }).undo, null);

  const moved = ticket("T0021", { zone: "care", undo_until: until });
  assert.equal(board([moved], { lastStep: { ticket: "T0021", step: "transfer" } }).undo.seconds, 4);
});

test("first in the list is whom the hall would call, also from a zone that needs help", () => {
  const helped = board(undefined, { calls: { 3: { ticket: "W0041", rule: "credit" } } });
  assert.deepEqual(helped.next.map((each) => each.ticket), ["W0041", "T0021", "D0004", "T0023"]);

  const alone = board([ticket("W0041", { zone: "smart" })], { calls: { 3: { ticket: "W0041", rule: "credit" } } });
  assert.deepEqual(may(alone), ["next"]);
});

test("kept for an officer who is here, a ticket is no other counter's", () => {
  const kept = ticket("T0021", { for_officer: "wang" });
  const other = desk("6", { officer: "wang" });
  assert.deepEqual(board([kept], { desks: [desk("3"), other] }).next, []);
  assert.equal(board([kept], { desks: [desk("3")] }).next.length, 1);
});

test("while serving one can finish, hold, send aside or on; on hold one can go on or finish", () => {
  const serving = called("T0021", "3", { stage: "serving" });
  assert.deepEqual(may(board([serving])), ["end", "hold", "park", "add", "transfer"]);
  assert.deepEqual(may(board([{ ...serving, stage: "held" }])), ["resume", "end", "park", "add", "transfer"]);
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

test("one key ends and calls the next, but not in the first seconds, when it would be a slip", () => {
  const begun = (seconds) => called("T0021", "3", { stage: "serving", started_at: new Date(NOW - seconds * 1000).toISOString() });
  const tool = (seconds) => board([begun(seconds)]).tools.find((each) => each.id === "end_next");
  assert.deepEqual([tool(9).enabled, tool(10).enabled, tool(10).key], [false, true, "N"]);
  assert.equal(board().tools.find((each) => each.id === "end_next").enabled, false);
});

test("finishing takes E and again E, or the digit of another outcome", () => {
  const options = firstOptions(HALL);
  const panel = panelOf("end", { ticket: ticket("T0021"), options });
  assert.deepEqual(choiceFor("E", panel).wish, { path: "/tickets/T0021/end", body: { outcome: "done", call_next: false, told: [], expected_stage: "waiting" } });
  assert.equal(choiceFor("2", panel).wish.body.outcome, "papers_missing");
  assert.equal(choiceFor("9", panel), null);

  const goesOn = withOption(options, "after", nextValue(optionFor("N", panel)));
  assert.equal(panelOf("end", { ticket: ticket("T0021"), options: goesOn }).choices[0].wish.body.call_next, true);
});

test("somebody parked comes back to anybody, to this counter or to this officer", () => {
  const wishes = ["queue", "counter", "officer"].map(
    (keep) => panelOf("park", { ticket: ticket("T0021"), options: withOption(firstOptions(HALL), "keep", keep) }).choices[0].wish.body,
  );
  assert.deepEqual(wishes.map((body) => body.keep_for), ["queue", "counter", "officer"]);
});

test("any transfer is at most three touches: T, then a zone; or T, counters, a counter", () => {
  const context = {
    hall: HALL,
    floor: makeFloor(floorAnswer()),
    ticket: called("T0021", "3", { stage: "serving" }),
    counter: "3",
    found: [{ id: "DK01" }, { id: "TQ01" }],
    options: firstOptions(HALL),
  };
  const usual = { position: "fair", reason: "wish", expected_stage: "serving" };
  const panel = panelOf("transfer", context);
  assert.deepEqual(choiceFor("1", panel).wish, { path: "/tickets/T0021/transfer", body: { zone: "smart", ...usual } });
  assert.equal(choiceFor("5", panel).opens, "transfer_counter");

  const counters = panelOf("transfer_counter", context).choices;
  assert.deepEqual(counters.map((choice) => [choice.id, choice.enabled]), [["1", true], ["6", false], ["8", true]]);
  const services = panelOf("transfer_service", context).choices;
  assert.deepEqual(services.map((choice) => choice.wish.body), [{ service: "DK01", ...usual }]);
});

test("going first needs a reason, and nothing is sent before one is chosen", () => {
  const context = { hall: HALL, floor: makeFloor(floorAnswer()), ticket: called("T0021", "3"), counter: "3", found: [] };
  const first = withOption(firstOptions(HALL), "position", "first");
  assert.deepEqual(panelOf("transfer", { ...context, options: first }).choices.map((choice) => choice.enabled), Array(6).fill(false));

  const why = withOption(first, "why", "unwell");
  const body = panelOf("transfer", { ...context, options: why }).choices[0].wish.body;
  assert.deepEqual([body.position, body.reason], ["first", "unwell"]);
});

test("a service is added that the visit does not have yet; somebody without a number is served at once", () => {
  const found = [{ id: "DK01" }, { id: "TQ01" }, { id: "TQ02" }];
  const own = called("T0021", "3", { services_to_do: ["TQ02"] });
  const added = panelOf("add", { ticket: own, found }).choices;
  assert.deepEqual(added.map((choice) => choice.wish), [{ path: "/tickets/T0021/services", body: { service: "DK01" } }]);

  const direct = panelOf("direct", { counter: "3", found }).choices[0].wish;
  assert.deepEqual(direct, { path: "/counters/3/serve-directly", body: { service: "DK01" } });
});

test("calling next asks the hall, which alone knows who is first", () => {
  assert.deepEqual(wishOf("next", { counter: "3", ticket: null }), { path: "/counters/3/call-next", body: { if_free: true } });
  assert.equal(wishOf("missed", { counter: "3", ticket: ticket("T0021") }).path, "/tickets/T0021/missed");
});
