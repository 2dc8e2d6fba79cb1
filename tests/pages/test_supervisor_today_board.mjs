import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenAfter, firstChoice, laterBy, momentToday, servicesOfZone } from "../../queue_server/web/pages/supervisor/supervisor_today_board.js";

const HALL = { zones: [{ id: "smart", purpose: "coaching" }, { id: "special", purpose: "counter" }] };
const TODAY = { counters: [{ id: "3", zone: "special", services: null }] };

test("the hall may stay open later the same day, and not into the next", () => {
  assert.equal(laterBy("17:00", 30), "17:30");
  assert.equal(laterBy("23:30", 29), "23:59");
  assert.equal(laterBy("23:30", 30), null);
  assert.equal(laterBy(null, 30), null);
});

test("a time of today is a moment by the hall's own clock, wherever the browser stands", () => {
  const now = Date.parse("2026-11-23T08:10:42Z"); // 16:10 in the hall
  assert.equal(momentToday("17:30", "16:10", now), "2026-11-23T09:30:00.000Z");
});

test("a coaching zone offers what can be done online, another everything", () => {
  const services = { TQ01: { id: "TQ01", coaching: true }, DK01: { id: "DK01", coaching: false } };
  assert.deepEqual(servicesOfZone({ hall: HALL, services }, "smart"), ["TQ01"]);
  assert.deepEqual(servicesOfZone({ hall: HALL, services }, "special"), ["TQ01", "DK01"]);
});

test("a counter that stands somewhere brings its zone; a new number keeps the zone chosen", () => {
  const first = firstChoice(TODAY, HALL);
  assert.deepEqual(chosenAfter(first, { counter: "3" }, TODAY), { counter: "3", zone: "special" });
  assert.deepEqual(chosenAfter(first, { counter: "42" }, TODAY), { counter: "42", zone: "smart" });
});
