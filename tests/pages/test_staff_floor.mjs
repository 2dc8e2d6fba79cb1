// The floor as staff see it: what the feed says becomes what the screens show.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyEvent,
  applyWaits,
  findTickets,
  forgetOver,
  makeFloor,
  ticketAt,
  toAccompany,
  waitingFor,
  waitingIn,
} from "../../queue_server/web/pages/staff/staff_floor.js";
import { secondsUntil, waitedMinutes, waitLevel } from "../../queue_server/web/pages/staff/staff_wait.js";
import { HALL, NOW, called, desk, floorAnswer, message, ticket } from "./floor_examples.mjs";

const numbers = (tickets) => tickets.map((each) => each.ticket);
const floor = (changes) => makeFloor(floorAnswer(changes));
const withTicket = (seq, name, changed, fields = {}) => message(seq, name, { ...fields, after: { ticket: changed } });

test("a called ticket leaves its queue at once and stands at its counter", () => {
  const now = applyEvent(floor(), withTicket(18, "ticket_called", called("T0021", "3"), { ticket: "T0021", counter: "3" }));

  assert.deepEqual(numbers(waitingIn(now, "special")), ["D0004", "T0023"]);
  assert.equal(ticketAt(now, "3").ticket, "T0021");
});

test("an event heard twice, or one of another day, changes nothing", () => {
  const before = floor();
  assert.equal(applyEvent(before, withTicket(17, "ticket_called", called("T0021", "3"))), before);
  assert.equal(applyEvent(before, { ...withTicket(18, "ticket_called", called("T0021", "3")), day: "2026-11-24" }), before);
});

test("a transferred ticket takes the place of its first arrival in the other zone until the hall says the order", () => {
  const moved = ticket("W0041", { zone: "special", first_arrival_at: "2026-11-23T01:25:00+00:00" });
  const now = applyEvent(floor(), withTicket(18, "ticket_transferred", moved));

  assert.deepEqual(numbers(waitingIn(now, "special")), ["T0021", "D0004", "W0041", "T0023"]);
  assert.deepEqual(numbers(waitingIn(now, "smart")), []);
});

test("the hall's own order replaces the guess, and an older one does not come back", () => {
  const now = applyWaits(floor(), { seq: 20, queues: { special: ["T0023", "T0021", "D0004"] }, waits: {} });
  const later = applyWaits(now, { seq: 19, queues: { special: ["T0021"] }, waits: {} });

  assert.deepEqual(numbers(waitingIn(later, "special")), ["T0023", "T0021", "D0004"]);
});

test("a counter with its own services sees only those, and a ticket sent to another counter is not for it", () => {
  const loans = HALL.counters.find((counter) => counter.id === "6");
  const all = HALL.counters.find((counter) => counter.id === "3");
  const sent = applyEvent(floor(), withTicket(18, "ticket_transferred", ticket("T0021", { for_counter: "6" })));
  const now = applyEvent(sent, message(19, "desk_opened", { counter: "6", after: { desk: desk("6") } }));

  assert.deepEqual(numbers(waitingFor(now, loans)), ["T0021", "D0004"]);
  assert.deepEqual(numbers(waitingFor(now, all)), ["D0004", "T0023"]);

  const gone = applyEvent(now, message(20, "desk_closed", { counter: "6", after: {} }));
  assert.deepEqual(numbers(waitingFor(gone, all)), ["T0021", "D0004", "T0023"]); // nobody waits for an empty chair
});

test("desks open, pause and close as the feed says", () => {
  const paused = applyEvent(floor(), message(18, "desk_paused", { counter: "3", after: { desks: [desk("3", { paused: true })] } }));
  assert.equal(paused.desks["3"].paused, true);

  const closed = applyEvent(paused, message(19, "desk_closed", { counter: "3", after: {} }));
  assert.equal(closed.desks["3"], undefined);
});

test("only a called visitor who wished for company is to be accompanied", () => {
  const tickets = [
    called("A0007", "8", { care: true, zone: "care" }),
    called("T0021", "3"),
    ticket("A0008", { care: true, zone: "care" }),
    called("A0006", "8", { care: true, zone: "care", stage: "serving" }),
  ];
  assert.deepEqual(numbers(toAccompany(floor({ tickets }))), ["A0007"]);
});

test("a number is found by its digits alone, with or without its letter and noughts", () => {
  const here = floor();
  assert.deepEqual(numbers(findTickets(here, "23")), ["T0023"]);
  assert.deepEqual(numbers(findTickets(here, "t0023")), ["T0023"]);
  assert.deepEqual(numbers(findTickets(here, " T 23 ")), ["T0023"]);
  assert.deepEqual(numbers(findTickets(here, "2")), ["T0021", "T0023"]);
  assert.deepEqual(numbers(findTickets(here, "w")), ["W0041"]);
  assert.deepEqual(findTickets(here, "？"), []);
});

test("and by the number on the paper, where a kiosk that was cut off printed another one", () => {
  const here = floor({ tickets: [ticket("T0002", { number_on_paper: "T0001" }), ticket("T0001")] });
  assert.deepEqual(numbers(findTickets(here, "T0001")), ["T0001", "T0002"]);
});

test("what ended a quarter of an hour ago is forgotten, so that a screen left on does not grow", () => {
  const tickets = [
    ticket("T0001", { stage: "served", ended_at: "2026-11-23T01:20:00+00:00" }),
    ticket("T0002", { stage: "served", ended_at: "2026-11-23T01:30:00+00:00" }),
    ticket("T0003"),
  ];
  assert.deepEqual(Object.keys(forgetOver(floor({ tickets }), NOW).tickets), ["T0002", "T0003"]);
});

test("ten minutes are good, over fifteen are long, over thirty need somebody to act", () => {
  const level = (minutes) => waitLevel(minutes, HALL.limits);
  assert.deepEqual([10, 11, 15, 16, 30, 31].map(level), ["good", "fair", "fair", "look", "look", "act"]);
  assert.equal(waitedMinutes(ticket("T0023"), NOW), 12); // 09:30 -> 09:42
});

test("a countdown counts whole seconds up and ends at nought", () => {
  assert.equal(secondsUntil("2026-11-23T01:42:00.200Z", NOW), 1);
  assert.equal(secondsUntil("2026-11-23T01:41:00Z", NOW), 0);
  assert.equal(secondsUntil(null, NOW), 0);
});
