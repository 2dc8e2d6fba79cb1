// The supervisor's wall: levels, what could be opened, what was seen, the day's chart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFloor } from "../../queue_server/web/pages/staff/staff_floor.js";
import { supervisorBoard, zoneLevel } from "../../queue_server/web/pages/supervisor/supervisor_board.js";
import { heardAnew, soundKey } from "../../queue_server/web/pages/staff/staff_sound.js";
import { chartBoard, clockOf } from "../../queue_server/web/pages/supervisor/supervisor_chart_board.js";
import { HALL, NOW, called, desk, floorAnswer, ticket } from "./floor_examples.mjs";

const FIGURES = { zone: "special", waiting: 4, longest_wait_minutes: 5, open_desks: 2, counters: 2, load: 0.2 };
const ALL_TODAY = { zone: null, shown: 12, known: 3, error_minutes: null };
const ALL_MONTH = { zone: null, shown: 900, known: 700, error_minutes: 4.2 };
const ZONE_TODAY = { ...ALL_TODAY, zone: "special" };
const LONG = { id: "longest_wait:special:T0021", kind: "longest_wait", level: "look", zone: "special", ticket: "T0021", value: 20, limit: 15 };
const HELP = { id: "help:K1", kind: "help", level: "look", zone: null, place: "K1", value: 1, limit: 2 };

function board({ alerts = [], desks = [desk("3")], tickets = floorAnswer().tickets, zones, now = NOW } = {}) {
  const floor = makeFloor(floorAnswer({ desks, tickets, ...(zones ? { zones } : {}) }));
  const measures = {
    all: {},
    zones: [FIGURES],
    alerts,
    feedback: { count: 0, average: null, low: 0 },
    series: { times: [], zones: {} },
    told_waits: { today: [ALL_TODAY, ZONE_TODAY], month: [ALL_MONTH, { ...ZONE_TODAY, shown: 0 }], drifted: false },
  };
  return supervisorBoard({ hall: HALL, floor, measures, now });
}

test("a zone is as bad as the worse of its longest wait and its load", () => {
  assert.equal(zoneLevel(FIGURES, HALL.limits), "good");
  assert.equal(zoneLevel({ ...FIGURES, longest_wait_minutes: 31 }, HALL.limits), "act");
  assert.equal(zoneLevel({ ...FIGURES, longest_wait_minutes: 16 }, HALL.limits), "look");
  assert.equal(zoneLevel({ ...FIGURES, load: 1 }, HALL.limits), "look");
  assert.equal(zoneLevel({ ...FIGURES, load: 0.7 }, HALL.limits), "fair");
});

test("people waiting where nobody serves want a hand, however short they have waited", () => {
  assert.equal(zoneLevel({ ...FIGURES, open_desks: 0, load: 1 }, HALL.limits), "act");
  assert.equal(zoneLevel({ ...FIGURES, waiting: 0, longest_wait_minutes: null, open_desks: 0, load: 0 }, HALL.limits), "good");
});

test("an alert names the counters that could be opened: closed or paused ones of its zone", () => {
  assert.deepEqual(board({ alerts: [LONG] }).alerts[0].spare, ["6"]);
  assert.deepEqual(board({ alerts: [LONG], desks: [desk("3"), desk("6", { paused: true })] }).alerts[0].spare, ["6"]);
});

test("a new alert that wants to be heard is heard once, and what stood already is no news", () => {
  const urgent = { ...HELP, level: "act", sound: true, times: 1 };
  const before = new Set([soundKey(urgent)]);
  assert.deepEqual(heardAnew(null, [urgent]), []);
  assert.deepEqual(heardAnew(before, [urgent, { ...LONG, sound: false, times: 1 }]), []);
  assert.deepEqual(heardAnew(before, [{ ...urgent, times: 2 }]), ["help:K1:act:2"]);
});

test("each desk says who sits there, whom it serves and since when", () => {
  const serving = called("T0023", "3", { stage: "serving", started_at: "2026-11-23T01:34:00+00:00" });
  const idle = desk("1", { zone: "smart", idle_since: "2026-11-23T01:39:00+00:00" });
  const paused = desk("8", { zone: "care", paused: true, pause_reason: "break" });
  const desks = board({ desks: [idle, desk("3"), paused], tickets: [serving, ticket("T0024")] }).desks;
  const seen = desks.map(({ id, state, ticket: number, minutes, reason }) => [id, state, number, minutes, reason]);
  assert.deepEqual(seen, [
    ["1", "idle", null, 3, ""],
    ["3", "serving", "T0023", 8, ""],
    ["6", "closed", null, null, ""],
    ["8", "paused", null, null, "break"],
  ]);
});

test("a closed zone says so and why", () => {
  const zones = [{ zone: "special", waiting: 3, wait: null, open_desks: 1, closed: true, notice: "系统维护" }];
  const [zone] = board({ zones }).zones;
  assert.deepEqual([zone.closed, zone.notice], [true, "系统维护"]);
});

// --- the chart

const HOURS = { today: [["09:00", "12:00"], ["13:00", "17:00"]] };
const timeOf = (iso) => clockOf(((Date.parse(iso) / 60_000 + 8 * 60) % 1440 + 1440) % 1440); // Shanghai

function chart(times, special, hours = HOURS) {
  return chartBoard({ series: { times, zones: { special } }, zones: [HALL.zones[1]], hours, timeOf });
}

test("the axis is the hall's hours, so that the chart stands still while the line moves", () => {
  const early = chart(["2026-11-23T01:00:00+00:00", "2026-11-23T01:05:00+00:00"], [0, 3]);
  assert.deepEqual([early.from, early.until, early.now], [540, 1020, 545]);
  assert.deepEqual(early.lines[0].points, [[540, 0], [545, 3]]);
});

test("a day longer than the hours is not cut off", () => {
  const late = chart(["2026-11-23T00:40:00+00:00", "2026-11-23T09:10:00+00:00"], [1, 2]);
  assert.deepEqual([late.from, late.until], [510, 1050]);
});

test("an empty day, and a day without hours, still have an axis", () => {
  assert.deepEqual([chart([], []).from, chart([], []).now], [540, null]);
  assert.deepEqual([chart([], [], { today: [] }).from, chart([], [], { today: [] }).until], [540, 1020]);
});

test("the axis ends above the highest point, in four whole steps", () => {
  const topOf = (n) => chart(["2026-11-23T01:00:00+00:00"], [n]).top;
  assert.deepEqual([topOf(0), topOf(3), topOf(4), topOf(11), topOf(32)], [4, 4, 8, 12, 40]);
});

test("what was told today stands above the month's, row by row", () => {
  const { rows } = board().told;
  assert.deepEqual(rows[0], { zone: null, today: ALL_TODAY, month: ALL_MONTH });
  assert.deepEqual(rows[1], { zone: "special", today: ZONE_TODAY, month: null });
});

test("what is foreseen stands right of now as a band, and the axis has room for its upper end", () => {
  const times = ["2026-11-23T02:00:00+00:00", "2026-11-23T02:10:00+00:00"];
  const ahead = { times, zones: { special: { p50: [3, 5], p90: [6, 30] } } };
  const hours = { today: [["09:00", "17:00"]] };
  const timeOf = (iso) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(11, 16);
  const { bands, top } = chartBoard({ series: { times: [times[0]], zones: { special: [3] } }, zones: HALL.zones, hours, timeOf, ahead });
  assert.deepEqual(bands.map(({ zone, points }) => [zone.id, points]), [["special", [[600, 3, 6], [610, 5, 30]]]]);
  assert.ok(top >= 30);
});
