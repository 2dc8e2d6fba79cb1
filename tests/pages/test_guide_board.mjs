// The guide's tablet: what is on top, what may be done, and what a move says.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  attentionOf,
  changeMove,
  guideZones,
  mayDo,
  neighboursOf,
  rowsOf,
  undoToast,
  usualMove,
  wasCalledMeanwhile,
} from "../../queue_server/web/pages/guide/guide_board.js";
import { chooseService, issueWish, openIssue, toggleMore, tomorrowWish } from "../../queue_server/web/pages/guide/guide_issue.js";
import { moveWishes } from "../../queue_server/web/pages/guide/guide_moving.js";
import { flagsOf } from "../../queue_server/web/pages/staff/staff_flags.js";
import { makeFloor } from "../../queue_server/web/pages/staff/staff_floor.js";
import { HALL, NOW, called, floorAnswer, ticket } from "./floor_examples.mjs";

test("zones stand side by side in the hall's order, each with its people in calling order", () => {
  const zones = guideZones({ floor: makeFloor(floorAnswer()), hall: HALL, now: NOW });
  assert.deepEqual(zones.map((each) => each.zone.id), ["smart", "special", "care"]);
  assert.deepEqual(zones[1].waiting.map((each) => each.ticket), ["T0021", "D0004", "T0023"]);
});

test("a filter shows who has waited too long, wished for company or came back from coaching", () => {
  const old = ticket("T0001", { first_arrival_at: "2026-11-23T01:00:00+00:00" });
  const tickets = [old, ticket("T0002", { care: true }), ticket("T0003", { bounced: true })];
  const floor = makeFloor(floorAnswer({ tickets, queues: { special: tickets.map((each) => each.ticket) } }));
  const shown = (filter) => guideZones({ floor, hall: HALL, filter, now: NOW })[1].waiting.map((each) => each.ticket);
  assert.deepEqual([shown("long"), shown("care"), shown("bounced"), shown("help")], [["T0001"], ["T0002"], ["T0003"], []]);
});

test("of five thousand people only those in sight are drawn, and the list keeps its height", () => {
  const tickets = Array.from({ length: 5000 }, (_, place) => ticket(`T${place}`));
  for (const top of [0, 37, 5000, 250_000, 500_000 - 600]) {
    const { from, rows, before, after } = rowsOf(tickets, { top, height: 600 }, 100);
    assert.ok(rows.length < 40);
    assert.equal(before + rows.length * 100 + after, 500_000);
    assert.ok(from * 100 <= top && (from + rows.length) * 100 >= Math.min(top + 600, 500_000));
  }
});

test("a list that has become shorter than where it was scrolled to still draws its end", () => {
  const { rows } = rowsOf([ticket("T1"), ticket("T2")], { top: 90_000, height: 600 }, 100);
  assert.ok(rows.length > 0);
});

test("people who asked come first, then those to accompany, then printers", () => {
  const floor = makeFloor(
    floorAnswer({
      tickets: [called("A0007", "8", { care: true, zone: "care" })],
      help: [{ place: "K1", ticket: null, question: "不会用", asked_at: "2026-11-23T01:41:00+00:00" }],
      printers: [
        { printer: "K1", state: "failing", problem: "没纸了", advice: "请换纸" },
        { printer: "K2", state: "ok" },
      ],
    }),
  );
  assert.deepEqual(attentionOf({ floor, hall: HALL, now: NOW }).map((item) => item.id), ["help-K1", "escort-A0007", "printer-K1"]);
});

test("what the hall's rules tell a guide stands in the strip, unless it stands there anyway", () => {
  const floor = makeFloor(floorAnswer({ help: [{ place: "K1", ticket: null, counter: null, question: "", asked_at: "2026-11-23T01:40:00+00:00" }] }));
  const told = [
    { id: "help:K1", kind: "help", level: "act", place: "K1" },
    { id: "kiosk_down:K2", kind: "kiosk_down", level: "act", place: "K2" },
  ];
  const items = attentionOf({ floor, hall: HALL, now: NOW, alerts: told });
  assert.deepEqual(items.map(({ id, kind }) => [id, kind]), [["help-K1", "help"], ["kiosk_down:K2", "alert"], ["long", "long"]]);
});

test("a served ticket can only be looked at; a missed one can be brought back", () => {
  assert.deepEqual(Object.values(mayDo(ticket("T0001", { stage: "served" }))), Array(9).fill(false));
  assert.equal(mayDo(ticket("T0001", { stage: "missed" })).bringBack, true);
  assert.equal(mayDo(ticket("T0001", { stage: "serving" })).leave, false);
});

test("a call that came while the guide was looking is noticed", () => {
  assert.equal(wasCalledMeanwhile("waiting", called("T0023", "3")), true);
  assert.equal(wasCalledMeanwhile("called", called("T0023", "3")), false);
});

test("after a move the toast tells the new place and counts down to the last moment of undoing", () => {
  const moved = ticket("T0023", { zone: "care" });
  const floor = makeFloor(floorAnswer({ tickets: [moved], waits: { T0023: { ahead: 5, wait: null } } }));
  const move = { tickets: ["T0023"], why: "wish", until: "2026-11-23T01:42:10+00:00" };

  const toast = undoToast({ move, floor, hall: HALL, now: NOW });
  assert.deepEqual([toast.zone.id, toast.ahead, toast.seconds], ["care", 5, 10]);
  assert.equal(undoToast({ move, floor, hall: HALL, now: NOW + 10_000 }), null);
});

test("a ticket that was called after the move can no longer be undone from here", () => {
  const floor = makeFloor(floorAnswer({ tickets: [called("T0023", "8", { zone: "care" })] }));
  const move = { tickets: ["T0023"], why: "wish", until: "2026-11-23T01:42:10+00:00" };
  assert.equal(undoToast({ move, floor, hall: HALL, now: NOW }), null);
});

test("marks say what matters, the most urgent first, and coaching that failed is not said twice", () => {
  assert.deepEqual(flagsOf(ticket("T0001", { asked_for_help: true, paper: "failed", came_back: true })), ["help", "paper", "back"]);
  assert.deepEqual(flagsOf(ticket("T0001", { transfers: 1, bounced: true })), ["bounced"]);
  assert.deepEqual(flagsOf(ticket("T0001", { transfers: 1 })), ["transferred"]);
});

test("issuing for somebody begins at the staffed counter and prints where a printer works", () => {
  const issue = openIssue([{ printer: "K1", state: "failing" }, { printer: "K2", state: "ok" }]);
  const chosen = chooseService(issue, { id: "TQ01", coaching: true });
  const { service, way, care, language, printer, services, people } = issueWish(chosen);
  assert.deepEqual([service, way, care, language, printer], ["TQ01", "counter", false, "zh", "K2"]);
  assert.deepEqual([services, people], [[], 1]);
});

test("several services stand on one number, and one taken off is gone", () => {
  const issue = chooseService(openIssue([]), { id: "TQ01" });
  const both = toggleMore(toggleMore(issue, { id: "DK01" }), { id: "TQ05" });
  assert.deepEqual(issueWish(both).services, ["DK01", "TQ05"]);
  assert.deepEqual(issueWish(toggleMore(both, { id: "DK01" })).services, ["TQ05"]);
  assert.deepEqual(tomorrowWish(issue), { service: "TQ01", care: false, language: "zh" });
});

test("a move says where in line and why; what is usual needs no touch, going first needs a reason", () => {
  const usual = usualMove();
  const [wish] = moveWishes(["T0023"], { zone: "care" }, usual, () => "waiting");
  assert.deepEqual(wish.body, { zone: "care", position: "fair", reason: "wish", expected_stage: "waiting" });
  const first = changeMove(usual, { position: "first" });
  assert.equal(first.why, null);
  assert.equal(changeMove(first, { why: "unwell" }).why, "unwell");
  assert.equal(changeMove(first, { position: "fair" }).why, "wish");
});

test("a ticket is compared with those just before it and the one behind", () => {
  const floor = makeFloor(floorAnswer());
  assert.deepEqual(neighboursOf(floor, floor.tickets.D0004), ["T0021", "T0023"]);
  assert.deepEqual(neighboursOf(floor, floor.tickets.W0041), []);
});

test("without a working printer the number is issued without paper", () => {
  const chosen = chooseService(openIssue([]), { id: "TQ01", coaching: false });
  assert.equal("printer" in issueWish(chosen), false);
});
