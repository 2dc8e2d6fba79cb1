import assert from "node:assert/strict";
import { test } from "node:test";

import * as idle from "../../kiosk/pages/kiosk_idle.js";
import { takeNumber } from "../../kiosk/pages/take_number.js";

const LIMITS = { kiosk_idle_seconds: 60, kiosk_warning_seconds: 20 };

test("left alone for 60 s the kiosk asks, and 20 s later goes home", () => {
  assert.equal(idle.idlePhase(59.9, LIMITS), "awake");
  assert.equal(idle.idlePhase(60, LIMITS), "warning");
  assert.equal(idle.secondsLeft(60, LIMITS), 20);
  assert.equal(idle.idlePhase(80, LIMITS), "over");
});

test("a hundred touches a second count for nothing, a person's touches all count", () => {
  let presses = [];
  for (let at = 0; at < 1; at += 0.01) presses = idle.pressed(presses, at);
  assert.equal(idle.isDrumming(presses), true);

  presses = [];
  for (let at = 0; at < 20; at += 0.4) {
    presses = idle.pressed(presses, at);
    assert.equal(idle.isDrumming(presses), false);
  }
});

test("after the drumming the hands rest two seconds and the kiosk listens again", () => {
  let presses = [];
  for (let at = 0; at < 1; at += 0.01) presses = idle.pressed(presses, at);
  assert.equal(idle.isDrumming(idle.pressed(presses, 3.5)), false);
});

test("the second half of a double press is not taken for a choice on the next screen", () => {
  const first = { at: 10, x: 300, y: 600, screen: "home" };
  assert.equal(idle.isEcho({ at: 10.2, x: 305, y: 602, screen: "tile" }, first), true);
  assert.equal(idle.isEcho({ at: 11, x: 305, y: 602, screen: "tile" }, first), false);
  assert.equal(idle.isEcho({ at: 10.2, x: 305, y: 602, screen: "home" }, first), false); // typing the same letter twice
  assert.equal(idle.isEcho({ at: 10.2, x: 305, y: 602, screen: "tile" }, null), false);
});

function away(status = 0) {
  return Object.assign(new Error("away"), { status, mayTryAgain: true, details: {} });
}

function scene(answers) {
  let clock = 0;
  const asked = [];
  return {
    asked,
    seconds: () => clock,
    run: (options = {}) =>
      takeNumber({
        wish: { service: "TQ11" },
        key: "key-1",
        now: () => clock,
        wait: async (seconds) => {
          clock += seconds;
        },
        post: async (wish, key) => {
          asked.push(key);
          const answer = answers[Math.min(asked.length - 1, answers.length - 1)];
          if (answer instanceof Error) throw answer;
          return answer;
        },
        ...options,
      }),
  };
}

test("while the server is away the same key is sent until the answer comes", async () => {
  const told = [];
  const hall = scene([away(), away(503), { ticket: "T0023" }]);

  const outcome = await hall.run({ onAway: (error) => told.push(error.status) });

  assert.equal(outcome.answer.ticket, "T0023");
  assert.deepEqual(hall.asked, ["key-1", "key-1", "key-1"]);
  assert.deepEqual(told, [0, 503]);
});

test("after a minute and a half without the server the kiosk gives up and says so", async () => {
  const hall = scene([away()]);
  assert.deepEqual(await hall.run(), { gaveUp: true });
  assert.ok(hall.seconds() <= 90 && hall.seconds() > 80);
});

test("a refusal is not asked again", async () => {
  const no = Object.assign(new Error("no"), { status: 409, code: "hall_closed", mayTryAgain: false, details: {} });
  const hall = scene([no]);
  assert.equal((await hall.run()).refusal.code, "hall_closed");
  assert.equal(hall.asked.length, 1);
});

test("asked for patience, the kiosk waits as long as the server says", async () => {
  const busy = Object.assign(new Error("busy"), { status: 429, mayTryAgain: false, details: { seconds: 7 } });
  const hall = scene([busy, { ticket: "T0023" }]);
  await hall.run();
  assert.equal(hall.seconds(), 7);
});
