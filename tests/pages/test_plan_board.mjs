// The staffing plan: its table, and the stretches in which the usual roster falls short.
import assert from "node:assert/strict";
import { test } from "node:test";
import { halfHourAfter, planTable, shortStretches } from "../../queue_server/web/pages/staffing/plan_board.js";

const row = (from, short = false, needed = 2) => ({ from, short, needed, usual: 1, arrivals: 3, p50: 1, p90: 9, usual_p50: 8, usual_p90: 30 });
const PLAN = {
  zones: [
    { zone: "special", counters: 2, rows: [row("09:00"), row("09:30", true, 3), row("10:00", true), row("10:30"), row("11:00", true)] },
    { zone: "ghost", counters: 0, rows: [] },
  ],
};

test("half hours in a row that are short are one stretch", () => {
  assert.deepEqual(shortStretches(PLAN), [
    { zone: "special", from: "09:30", until: "10:30" },
    { zone: "special", from: "11:00", until: "11:30" },
  ]);
});

test("a row has a cell for each zone there is, and says when a zone has too few counters at all", () => {
  const table = planTable(PLAN);
  assert.deepEqual(table.zones.map(({ zone }) => zone), ["special"]);
  assert.deepEqual(table.rows.map(({ cells }) => cells[0].tooMany), [false, true, false, false, false]);
});

test("desks of several kinds are told apart, and too few counters of one kind too", () => {
  const desks = [{ needed: 2, usual: 2, short: false }, { needed: 3, usual: 1, short: true }];
  const zone = { zone: "special", counters: 9, desk_kinds: [{ title: "综合", counters: 5 }, { title: "贷款", counters: 2 }], rows: [{ ...row("09:00", false, 5), desks }] };
  const [{ cells }] = planTable({ zones: [zone] }).rows;
  assert.deepEqual(cells[0].split.map(({ title, needed }) => `${title} ${needed}`), ["综合 2", "贷款 3"]);
  assert.equal(cells[0].tooMany, true);
  assert.deepEqual(planTable(PLAN).rows[0].cells[0].split, []);
});

test("half past eleven is followed by twelve", () => assert.equal(halfHourAfter("11:30"), "12:00"));
