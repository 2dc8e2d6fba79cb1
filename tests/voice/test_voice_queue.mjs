// Which call the hall display's browser says when.
import assert from "node:assert/strict";
import test from "node:test";

import { applyCall, brokenOff, emptyQueue, mustBreakIn, notSaid, said, sayNext, soundUrl } from "../../displays/voice/static/voice_queue.js";

const NINE = Date.parse("2026-11-23T01:00:00Z");

function called(seq, more = {}) {
  return { seq, day: "2026-11-23", name: "ticket_called", at: "2026-11-23T01:00:00Z", ticket: `T000${seq}`, counter: "3", attempt: 1, ...more };
}

function heard(...events) {
  return events.reduce((queue, event) => applyCall(queue, event, NINE), emptyQueue());
}

test("calls are said one at a time, in the order in which they came", () => {
  let queue = sayNext(heard(called(1), called(2), called(3)), NINE);
  assert.equal(queue.saying.seq, 1);
  assert.equal(sayNext(queue, NINE), queue, "nothing begins while a call is being said");

  queue = sayNext(said(queue), NINE);
  assert.equal(queue.saying.seq, 2);
  queue = sayNext(said(queue), NINE);
  assert.equal(queue.saying.seq, 3);
  assert.equal(sayNext(said(queue), NINE).saying, null);
});

test("a call that the feed repeats after a reconnect is said once, also when it was said long ago", () => {
  const queue = said(sayNext(heard(called(1)), NINE));

  assert.equal(applyCall(queue, called(1), NINE), queue);
  assert.equal(heard(called(4), called(4), called(2), called(4)).waiting.length, 2);
});

test("the same number on another day is another call", () => {
  const queue = applyCall(heard(called(1)), called(1, { day: "2026-11-24", at: "2026-11-24T01:00:00Z" }), NINE);

  assert.deepEqual(queue.waiting.map((call) => call.day), ["2026-11-23", "2026-11-24"]);
});

test("a call that is too old when its turn comes is let go, and counted", () => {
  const queue = heard(called(1), called(2, { at: "2026-11-23T01:00:25Z" }));

  const later = sayNext(queue, NINE + 31_000);

  assert.equal(later.saying.seq, 2);
  assert.equal(later.dropped, 1);
});

test("a call that is already too old when it is heard never waits at all", () => {
  const queue = applyCall(emptyQueue(), called(1), NINE + 31_000);

  assert.deepEqual(queue.waiting, []);
  assert.equal(queue.dropped, 1);
});

test("how old is too old is the hall's setting, and now may be a Date", () => {
  const queue = applyCall(emptyQueue(60), called(1), new Date(NINE + 31_000));

  assert.equal(queue.waiting.length, 1);
});

test("everything that is not a call passes by", () => {
  const queue = emptyQueue();

  for (const event of [{ name: "ticket_issued", seq: 1 }, { name: "clock" }, {}, null, undefined]) {
    assert.equal(applyCall(queue, event, NINE), queue);
  }
});

test("a call that the browser refused to play is the next one again until it is too old", () => {
  const queue = notSaid(sayNext(heard(called(1), called(2)), NINE));

  assert.equal(sayNext(queue, NINE + 1000).saying.seq, 1);
  assert.equal(sayNext(queue, NINE + 31_000).saying, null);
});

test("the sound of a call has its day and number in the address", () => {
  assert.equal(soundUrl(called(17)), "/displays/voice/2026-11-23/17.wav");
});

test("an emergency goes before calls and notices and breaks into what is said, which is said once more", () => {
  const notice = (seq, more) => ({ ...called(seq), name: "notice_put_up", ...more });
  let queue = sayNext(heard(called(1), called(2), notice(3, { speak: true }), notice(4, { speak: false })), NINE);
  assert.deepEqual(queue.waiting.map(({ seq }) => seq), [1, 2], "a spoken notice waits for no call; a silent one is not said");
  queue = sayNext(said(queue), NINE);
  assert.equal(mustBreakIn(queue), false);

  queue = applyCall(queue, notice(5, { emergency: true }), NINE);
  assert.equal(mustBreakIn(queue), true);
  queue = sayNext(brokenOff(queue), NINE);
  assert.equal(queue.saying.seq, 5);
  assert.deepEqual(queue.waiting.map(({ seq }) => seq), [1, 2], "the call that was broken off comes first again");
  assert.equal(mustBreakIn(applyCall(queue, notice(6, { emergency: true }), NINE)), false, "not into another emergency");
  assert.equal(sayNext(said(queue), NINE + 31_000).saying, null, "and what grew old meanwhile is let go");
});
