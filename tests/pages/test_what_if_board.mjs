// “What if”: from touches to what is asked, and from the answer to what is said first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, categoriesOf, choiceOf, mainRow, otherZones, resultRows, targets } from "../../queue_server/web/pages/staffing/what_if_board.js";

const HALL = { zones: [{ id: "smart" }, { id: "special" }] };
const LOANS = ["DK01", "DK02"];
const CATEGORIES = [
  { id: "loan", services: LOANS },
  { id: "withdrawal", services: ["TQ01"] },
];
const OPTIONS = {
  counters: [
    { counter: "1", zone: "smart", open: true, reserve: false, services: null, break: null },
    { counter: "3", zone: "special", open: true, reserve: false, services: null, break: { begins_in: 40, ends_in: 100 } },
    { counter: "6", zone: "special", open: false, reserve: false, services: LOANS, break: null },
    { counter: "11", zone: "special", open: false, reserve: true, services: null, break: null },
  ],
};
const with_ = (kind, changes) => ({ ...choiceOf(kind), ...changes });

test("each act can be done to what it fits", () => {
  assert.deepEqual(targets("open", OPTIONS, HALL), ["6", "11"]);
  assert.deepEqual(targets("close", OPTIONS, HALL), ["1", "3"]);
  assert.deepEqual(targets("move_break", OPTIONS, HALL), ["3"]);
  assert.deepEqual(targets("add_people", OPTIONS, HALL), ["smart", "special"]);
});

test("two touches are a question: what, and which counter", () => {
  assert.equal(actOf(choiceOf("open"), OPTIONS, CATEGORIES), null);
  assert.deepEqual(actOf(with_("open", { counter: "11" }), OPTIONS, CATEGORIES), { kind: "open", counter: "11" });
  assert.deepEqual(actOf(with_("move_break", { counter: "3" }), OPTIONS, CATEGORIES), { kind: "move_break", counter: "3", minutes: 30 });
  assert.deepEqual(actOf(with_("add_people", { zone: "smart", n: 2 }), OPTIONS, CATEGORIES), { kind: "add_people", zone: "smart", people: 2 });
});

test("a third touch says for what, and only where there is a choice", () => {
  assert.deepEqual(categoriesOf(with_("open", { counter: "11" }), OPTIONS, CATEGORIES), ["loan", "withdrawal"]);
  assert.deepEqual(categoriesOf(with_("open", { counter: "6" }), OPTIONS, CATEGORIES), []);
  const loans = with_("open", { counter: "11", category: "loan" });
  assert.deepEqual(actOf(loans, OPTIONS, CATEGORIES), { kind: "open", counter: "11", services: LOANS });
});

test("a counter that is to serve something else needs to be told what, or where", () => {
  const three = with_("serve", { counter: "3" });
  assert.equal(actOf(three, OPTIONS, CATEGORIES), null);
  assert.deepEqual(otherZones(three, OPTIONS, HALL), ["smart"]);
  assert.deepEqual(actOf({ ...three, category: "loan" }, OPTIONS, CATEGORIES), { kind: "serve", counter: "3", services: LOANS });
  assert.deepEqual(actOf({ ...three, zone: "smart" }, OPTIONS, CATEGORIES), { kind: "serve", counter: "3", zone: "smart" });
});

const change = (mean, beyond = true) => ({ mean, low: mean - 3, high: mean + 3, beyond_chance: beyond });
const row = (zone, category, longest, people = 5) => ({ zone, category, people, longest_change: longest, average_change: change(0, false) });
const ANSWER = {
  groups: [
    row(null, null, change(-20)),
    row("smart", null, change(-1, false)),
    row("special", null, change(-12)),
    row("special", "loan", change(-17)),
    row("special", "withdrawal", change(-9, false)),
  ],
};

test("first is said where the longest wait changes most, and never what chance could have made", () => {
  assert.equal(mainRow(ANSWER).category, "loan");
  assert.equal(mainRow({ groups: [row(null, null, change(0, false)), row("smart", null, change(-40, false))] }), null);
});

test("the table has the hall, each zone, and of the categories those that change", () => {
  assert.deepEqual(
    resultRows(ANSWER).map(({ zone, category, moved }) => [zone, category, moved]),
    [
      [null, null, true],
      ["smart", null, false],
      ["special", null, true],
      ["special", "loan", true],
    ],
  );
});
