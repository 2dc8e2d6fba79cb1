// What all screens rely on: events once and in order, hall time, words, waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHallClock, hallDate, hallTime } from "../../queue_server/web/common/clock.js";
import { createInOrder } from "../../queue_server/web/common/in_order.js";
import { waitText } from "../../queue_server/web/common/waits.js";
import { addWords, tIn } from "../../queue_server/web/common/words.js";
import { readFileSync } from "node:fs";

const WORDS = new URL("../../queue_server/web/words/", import.meta.url);
for (const lang of ["zh", "en"]) addWords("common", lang, JSON.parse(readFileSync(new URL(`${lang}/common.json`, WORDS))));

function listening(seq) {
  const heard = [];
  const inOrder = createInOrder({ deliver: (message) => heard.push(message.seq), day: "2026-11-23", seq });
  return { heard, inOrder };
}

test("an event heard twice after a reconnect is handed on once", () => {
  const { heard, inOrder } = listening(17);
  for (const seq of [17, 18, 18, 20]) inOrder.hear({ seq });
  assert.deepEqual(heard, [18, 20]);
});

test("live events wait for the missed ones, and all come in the log's order", () => {
  const { heard, inOrder } = listening(17);
  inOrder.startCatchingUp();
  inOrder.hear({ seq: 21 });
  inOrder.hear({ seq: 20 });
  assert.deepEqual(heard, []);
  inOrder.caughtUp([{ seq: 18 }, { seq: 20 }], 20);
  assert.deepEqual(heard, [18, 20, 21]);
});

test("having caught up counts, even when none of the missed events was for this screen", () => {
  const { heard, inOrder } = listening(17);
  inOrder.startCatchingUp();
  inOrder.caughtUp([], 40);
  assert.equal(inOrder.seq, 40);
  inOrder.hear({ seq: 41 });
  assert.deepEqual(heard, [41]);
});

test("another day, or a log that became shorter, makes the picture void", () => {
  const { inOrder } = listening(17);
  assert.ok(inOrder.isVoid({ day: "2026-11-24", seq: 30 }));
  assert.ok(inOrder.isVoid({ day: "2026-11-23", seq: 3 }));
  assert.ok(!inOrder.isVoid({ day: "2026-11-23", seq: 17 }));
});

test("the hall clock runs at the demo's rate from the server's time", () => {
  let ms = 1000;
  const clock = createHallClock(() => ms);
  assert.equal(clock.isSet, false);
  clock.set({ now: "2026-11-23T01:41:00Z", rate: 60, timezone: "Asia/Shanghai" });
  ms += 1000;
  assert.equal(hallTime(clock.now(), clock.timezone), "09:42");
  clock.set({ now: "2026-11-23T02:00:00Z" });
  assert.equal(clock.rate, 60);
});

test("dates are said in the reader's language and the hall's time zone", () => {
  assert.deepEqual(hallDate("2026-11-22T17:00:00Z", "zh", "Asia/Shanghai"), { weekday: "星期一", date: "11月23日" });
  assert.deepEqual(hallDate("2026-11-22T17:00:00Z", "en", "Asia/Shanghai"), { weekday: "Monday", date: "23 November" });
});

test("a wait is a range, a short one is 'under', a rough one says so, an unknown one is admitted", () => {
  assert.equal(waitText({ low: 14, high: 22, rough: false }, "zh"), "约 14–22 分");
  assert.equal(waitText({ low: 3, high: 3, rough: false }, "zh"), "约 3 分");
  assert.equal(waitText({ low: 0, high: 4, rough: false }, "zh"), "不到 4 分");
  assert.equal(waitText({ low: 10, high: 30, rough: true }, "zh"), "约 10–30 分（粗略）");
  assert.equal(waitText(null, "zh"), "暂时估不准");
  assert.equal(waitText({ low: 14, high: 22, rough: false }, "en"), "about 14–22 min");
});

test("a word without its surface's name and one with it are the same word; Chinese stands in for missing English", () => {
  addWords("desk", "zh", { call_next: "叫下一位（{n}）", "desk.end": "办结" });
  assert.equal(tIn("zh", "desk.call_next", { n: 3 }), "叫下一位（3）");
  assert.equal(tIn("en", "desk.end"), "办结");
});
