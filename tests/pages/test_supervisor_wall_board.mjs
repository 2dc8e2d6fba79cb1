// How large the far wall's digits must be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alertsShown, capitalHeight, digitSize, wallBoard } from "../../queue_server/web/pages/supervisor/supervisor_wall_board.js";

test("a digit read at five metres is 61 millimetres high, at ten 122", () => {
  assert.equal(Math.round(capitalHeight(5000)), 61);
  assert.equal(Math.round(capitalHeight(10_000)), 122);
});

test("on a screen of 55 inches the font is so large that its digits have that height, and larger on a smaller one", () => {
  const millimetresPerUnit = 1210 / 1920;
  assert.ok(digitSize(1210) * 0.73 * millimetresPerUnit >= capitalHeight());
  assert.ok(digitSize(1210) * 0.73 * millimetresPerUnit < capitalHeight() + 1);
  assert.ok(digitSize(950) > digitSize(1210));
});

test("three alerts have room, the others are counted", () => {
  assert.deepEqual(alertsShown([1, 2, 3, 4, 5]), { shown: [1, 2, 3], more: 2 });
  assert.deepEqual(alertsShown([]), { shown: [], more: 0 });
});

test("a zone's wait is coloured by the hall's own limits, and the most urgent alerts are shown", () => {
  const limits = { wait_good_minutes: 10, wait_look_minutes: 15, wait_act_minutes: 30 };
  const wall = { all: { waiting: 3 }, zones: [{ zone: "special", longest_wait_minutes: 31 }, { zone: "care", longest_wait_minutes: null }], alerts: [1, 2, 3, 4] };
  const board = wallBoard(wall, limits);
  assert.deepEqual(board.zones.map(({ waitLevel }) => waitLevel), ["act", "good"]);
  assert.deepEqual([board.shown, board.more, board.all.waiting], [[1, 2, 3], 1, 3]);
});
