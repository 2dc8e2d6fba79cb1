// What hall, zone and counter screens show, judged as a hall manager would.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvent, applyWaits, boardFrom, callOfTicket, noticeNow } from "../../displays/pages/board.js";
import { addCall, arrangeCards, callsWithoutPlace, isJustCalled, noCards } from "../../displays/pages/call_cards.js";
import { counterPicture } from "../../displays/pages/counter_board.js";
import { hallPicture } from "../../displays/pages/hall_board.js";
import { dayOfOpening, openingAt } from "../../displays/pages/hall_times.js";
import { callsOfZone, zonePicture } from "../../displays/pages/zone_board.js";

const ZONES = ["smart", "special"].map((zone) => ({ zone, waiting: 2, wait: null, open_desks: 1, closed: false, notice: "" }));
const OPEN = { open_now: true, opens_at: null, closes_at: "2026-11-23T09:00:00Z" };
const HALL = {
  hours: OPEN,
  limits: { return_within_numbers: 10, return_within_minutes: 30 },
  counters: [{ id: "3", zone: "special" }, { id: "4", zone: "special" }],
};
const NOON = Date.parse("2026-11-23T04:00:00Z");
const DWELL = { dwellMs: 5000, places: 3 };

const emptyBoard = (more = {}) =>
  boardFrom({ day: "2026-11-23", seq: 0, calls: [], recent: [], missed: [], zones: ZONES, error_minutes: null, ...more });

/** A board on which things happen one after another: [event name, ticket, stage, counter]. */
function happens(board, ...things) {
  return things.reduce((now, [name, ticket, stage, counter, calls = 1]) => {
    const seq = now.seq + 1;
    const called_at = new Date(NOON + seq * 1000).toISOString();
    const view = { ticket, zone: "special", stage, counter, calls, called_at };
    return applyEvent(now, { seq, name, ticket, counter, after: { ticket: view } });
  }, board);
}

const isCalled = (ticket, counter, attempt = 1) => ["ticket_called", ticket, "called", counter, attempt];
const tickets = (list) => list.map((each) => each.ticket);

function picture(board, cards = noCards(), hall = HALL, now = NOON) {
  return hallPicture({ board, cards, hall, time: { now, nowMs: 0, dwellMs: 5000, timezone: "Asia/Shanghai" } });
}

test("the newest call is first, and a recalled ticket comes first again", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"), isCalled("T0002", "4"), isCalled("T0001", "3", 2));
  assert.deepEqual(tickets(board.calls), ["T0001", "T0002"]);
  assert.equal(board.calls[0].attempt, 2);
});

test("who has reached the counter is no longer called, and is named with the counter among the recent calls", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"), ["service_started", "T0001", "serving", "3"]);
  assert.deepEqual(board.calls, []);
  assert.deepEqual([board.recent[0].ticket, board.recent[0].counter], ["T0001", "3"]);
});

test("who missed the call is told to see a guide until back in the queue, and is not among the recent calls", () => {
  const missed = happens(emptyBoard(), isCalled("T0001", "3"), ["ticket_missed", "T0001", "missed", "3"]);
  assert.deepEqual(missed.missed, [{ ticket: "T0001", zone: "special" }]);
  assert.deepEqual(missed.recent, []);
  assert.deepEqual(happens(missed, ["ticket_returned", "T0001", "waiting", null]).missed, []);
  assert.deepEqual(happens(missed, ["ticket_no_show", "T0001", "no_show", "3"]).missed, []);
});

test("an event heard twice changes nothing", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"));
  assert.equal(applyEvent(board, { seq: 1, name: "ticket_called", after: {} }), board);
});

test("a call taken back by an undone transfer stands where its time puts it, not as a new call", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"), isCalled("T0002", "4"));
  const away = happens(board, ["ticket_transferred", "T0001", "waiting", null]);
  const view = { ...callOfTicket(board, "T0001"), stage: "called", calls: 1, called_at: callOfTicket(board, "T0001").calledAt };
  const back = applyEvent(away, { seq: 9, name: "transfer_undone", ticket: "T0001", after: { ticket: view } });
  assert.deepEqual(tickets(back.calls), ["T0002", "T0001"]);
});

test("a closed zone says so with its notice; waits replace what stood there", () => {
  const closed = applyEvent(emptyBoard(), {
    seq: 1, name: "zone_closed", after: { zone: { zone: "smart", closed: true, notice: "设备检修" } },
  });
  assert.deepEqual([closed.zones[0].closed, closed.zones[0].notice], [true, "设备检修"]);
  assert.equal(applyWaits(closed, { zones: ZONES, next: { special: ["T0009"] } }).next.special[0], "T0009");
});

test("in a burst every call stands large for the dwell time, whatever the number of places", () => {
  const names = Array.from({ length: 8 }, (_, i) => `T00${10 + i}`);
  let board = emptyBoard();
  let cards = noCards();
  for (const name of names) {
    board = happens(board, isCalled(name, "3"));
    cards = addCall(cards, board.calls[0]);
  }
  const stood = new Map();
  for (let nowMs = 0; nowMs <= 60_000; nowMs += 500) {
    cards = arrangeCards(cards, board.calls, { ...DWELL, nowMs });
    assert.ok(cards.shown.length <= DWELL.places);
    for (const { ticket } of cards.shown) stood.set(ticket, (stood.get(ticket) ?? 0) + 500);
  }
  assert.deepEqual([...stood.keys()].sort(), names);
  for (const [ticket, ms] of stood) assert.ok(ms >= DWELL.dwellMs, `${ticket} stood ${ms} ms`);
  assert.deepEqual(tickets(cards.shown), ["T0017", "T0016", "T0015"]);
  assert.equal(callsWithoutPlace(cards, board.calls).length, 5);
});

test("a call keeps its place for the dwell time even when the visitor is quick, then leaves", () => {
  const called = happens(emptyBoard(), isCalled("T0001", "3"));
  let cards = arrangeCards(addCall(noCards(), called.calls[0]), called.calls, { ...DWELL, nowMs: 0 });
  assert.ok(isJustCalled(cards.shown[0], { ...DWELL, nowMs: 4999 }));
  cards = arrangeCards(cards, [], { ...DWELL, nowMs: 4999 });
  assert.deepEqual(tickets(cards.shown), ["T0001"]);
  assert.deepEqual(arrangeCards(cards, [], { ...DWELL, nowMs: 5000 }).shown, []);
});

test("a ticket called to another counter never stands with the old one", () => {
  const first = happens(emptyBoard(), isCalled("T0001", "3"));
  let cards = arrangeCards(addCall(noCards(), first.calls[0]), first.calls, { ...DWELL, nowMs: 0 });
  const second = happens(first, isCalled("T0001", "4"));
  cards = arrangeCards(addCall(cards, second.calls[0]), second.calls, { ...DWELL, nowMs: 100 });
  assert.deepEqual(cards.shown.map((card) => card.counter), ["4"]);
});

test("calls that stand when the screen is switched on are shown, without the ring of a new call", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"));
  const cards = arrangeCards(noCards(), board.calls, { ...DWELL, nowMs: 100_000 });
  assert.deepEqual(picture(board, cards).cards.map((card) => [card.ticket, card.justCalled]), [["T0001", false]]);
});

test("the hall screen tells apart: nobody called yet, nobody just now, busy, not open, done for today", () => {
  const shut = { ...HALL, hours: { open_now: false, opens_at: "2026-11-24T01:00:00Z", closes_at: null } };
  const nobody = emptyBoard({ zones: ZONES.map((zone) => ({ ...zone, waiting: 0 })) });
  const served = happens(nobody, isCalled("T0001", "3"), ["service_started", "T0001", "serving", "3"]);
  const ended = happens(served, ["service_ended", "T0001", "served", "3"]);
  assert.equal(picture(nobody).state, "empty");
  assert.equal(picture(served).state, "quiet");
  assert.equal(picture(served, { shown: [{ ticket: "T0001", counter: "3", sinceMs: 0 }], coming: [] }).state, "busy");
  assert.equal(picture(nobody, noCards(), shut).state, "closed");
  assert.equal(picture(served, noCards(), shut).state, "quiet", "someone is still being served");
  assert.equal(picture(ended, noCards(), shut).state, "over");
});

test("opening and closing happen by the hall clock, also between two readings of the hours", () => {
  assert.equal(openingAt(OPEN, NOON).isOpen, true);
  assert.equal(openingAt(OPEN, Date.parse("2026-11-23T09:00:00Z")).isOpen, false);
  const shut = { open_now: false, opens_at: "2026-11-24T01:00:00Z", closes_at: null };
  assert.equal(openingAt(shut, Date.parse("2026-11-24T01:00:00Z")).isOpen, true);
  assert.equal(dayOfOpening("2026-11-24T01:00:00Z", NOON, "Asia/Shanghai"), "tomorrow");
  assert.equal(dayOfOpening("2026-11-23T17:00:00Z", NOON, "Asia/Shanghai"), "tomorrow", "1 in the morning, hall time");
  assert.equal(dayOfOpening("2026-11-23T05:00:00Z", NOON, "Asia/Shanghai"), "today");
  assert.equal(dayOfOpening("2026-11-27T01:00:00Z", NOON, "Asia/Shanghai"), "later");
});

test("a zone screen shows its own calls and who comes next, by number only", () => {
  const board = happens(emptyBoard({ next: { special: ["T0005", "T0006"] } }), isCalled("T0001", "3"));
  assert.deepEqual(tickets(callsOfZone(board, "special")), ["T0001"]);
  assert.deepEqual(callsOfZone(board, "smart"), []);
  const shown = zonePicture({ board, cards: noCards(), zone: "special", isJustCalled: () => false });
  assert.deepEqual([shown.state, shown.next], ["quiet", ["T0005", "T0006"]]);
  assert.equal(zonePicture({ board, cards: noCards(), zone: "attic", isJustCalled: () => false }).state, "unknown");
});

test("a counter screen says: come here, being served, please wait, paused, not open", () => {
  const at = (board, counter = "3") => counterPicture({ board, hall: HALL, counter });
  const desk = (board, name) => applyEvent(board, { seq: board.seq + 1, name, counter: "3" });
  const shut = emptyBoard({ desks: [] });
  const open = desk(shut, "desk_opened");
  const called = happens(open, isCalled("T0001", "3"));
  const serving = happens(called, ["service_started", "T0001", "serving", "3"]);
  assert.equal(at(shut).state, "closed");
  assert.equal(at(open).state, "free");
  assert.deepEqual([at(called).state, at(called).ticket], ["called", "T0001"]);
  assert.deepEqual([at(serving).state, at(serving).ticket], ["serving", "T0001"]);
  assert.equal(at(happens(serving, ["service_ended", "T0001", "served", "3"])).state, "free");
  assert.equal(at(desk(open, "desk_paused")).state, "paused");
  assert.equal(at(desk(desk(open, "desk_paused"), "desk_opened")).state, "free");
  assert.equal(at(desk(open, "desk_closed")).state, "closed");
  assert.equal(at(open, "99").state, "unknown");
});

test("when the day is closed, nothing is called and nobody is missing any more", () => {
  const board = happens(emptyBoard(), isCalled("T0001", "3"));
  const over = applyEvent(board, { seq: 2, name: "day_closed" });
  assert.deepEqual([over.calls, over.missed, picture(over).state], [[], [], "over"]);
});

test("places that no call needs show who was called in the last ten minutes, and the side names the others", () => {
  const things = ["1", "2", "3", "4"].flatMap((n) => [isCalled(`T000${n}`, "3"), ["service_started", `T000${n}`, "serving", "3"]]);
  const board = happens(emptyBoard(), ...things, isCalled("T0005", "4"));
  const cards = arrangeCards(addCall(noCards(), board.calls[0]), board.calls, { nowMs: 0, ...DWELL });
  const at = (now) => hallPicture({ board, cards, hall: HALL, places: 3, time: { now, nowMs: 0, dwellMs: 5000, timezone: "Asia/Shanghai" } });
  const soon = at(NOON + 60_000);
  assert.deepEqual(tickets(soon.cards), ["T0005"]);
  assert.deepEqual(tickets(soon.earlier), ["T0004", "T0003"]);
  assert.deepEqual(tickets(soon.recent), ["T0002", "T0001"]);
  assert.deepEqual(at(NOON + 11 * 60_000).earlier, []);
});

test("a supervisor's notice hangs on every screen until taken down or its time is over, the newest first", () => {
  const notice = (id, until) => ({ notice: id, zh: `通知${id}`, en: "", until: new Date(NOON + until).toISOString() });
  const board = emptyBoard({ notices: [notice("1", 60_000)] });
  assert.equal(noticeNow(board, NOON).notice, "1");
  assert.equal(noticeNow(board, NOON + 60_000), null);

  const two = [notice("2", 5000), notice("1", 60_000)];
  const second = applyEvent(board, { seq: 1, name: "notice_put_up", after: { notices: two } });
  assert.equal(picture(second).notice.notice, "2");
  assert.equal(noticeNow(second, NOON + 5000).notice, "1");
  assert.equal(noticeNow(applyEvent(second, { seq: 2, name: "notice_taken_down", after: { notices: [] } }), NOON), null);
  assert.equal(noticeNow(emptyBoard(), NOON), null); // a server of before
});
