// The desk with the network gone: what is pressed waits in line, goes in order, once, and a refusal takes the rest along.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deskBoard } from "../../queue_server/web/pages/desk/desk_board.js";
import { foresee } from "../../queue_server/web/pages/desk/desk_foreseen.js";
import { makeLine } from "../../queue_server/web/pages/desk/desk_line.js";
import { makeFloor } from "../../queue_server/web/pages/staff/staff_floor.js";
import { HALL, NOW, called, desk, floorAnswer } from "./floor_examples.mjs";

const COUNTER = HALL.counters.find((counter) => counter.id === "3");
const fault = (status, message = "") => Object.assign(new Error(message), { status });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A hall that grants each key once, however often it is asked; `network` is what stands between. */
function hallAndDesk({ kept = [], refuse = {} } = {}) {
  const network = { gone: false, loseAnswers: false, asked: [], done: [] };
  const memory = new Map(kept.map((wish) => [wish.key, wish]));
  const store = { read: () => [...memory.values()], keep: (wish) => memory.set(wish.key, wish), drop: (wish) => memory.delete(wish.key) };
  const rounds = [];
  let keys = 0;
  const line = makeLine({
    post: async (path, body, { key }) => {
      network.asked.push(path);
      if (network.gone) throw fault(0);
      if (refuse[path]) throw refuse[path];
      if (!network.done.some((one) => one.key === key)) network.done.push({ key, path });
      if (network.loseAnswers) throw fault(0);
      return { seq: network.done.length };
    },
    newKey: () => `key-${(keys += 1)}`,
    onChange: () => {},
    store,
    later: (again) => rounds.push(again),
    now: () => 0,
  });
  const nextRound = async () => {
    rounds.splice(0).forEach((again) => again());
    await settle();
  };
  return { line, network, nextRound, memory, paths: () => network.done.map((one) => one.path) };
}

test("presses without network wait in line and go out in the order of pressing", async () => {
  const { line, network, nextRound, paths } = hallAndDesk();
  network.gone = true;
  line.press("start", "/start", {}, "T0021");
  await settle();
  line.press("end", "/end", {}, "T0021");
  line.press("next", "/next");
  await nextRound();
  assert.deepEqual(line.wishes.map((wish) => wish.name), ["start", "end", "next"]);
  assert.deepEqual(paths(), []);

  network.gone = false;
  await nextRound();
  await settle();
  assert.deepEqual(paths(), ["/start", "/end", "/next"]);
  assert.deepEqual(line.wishes, []);
});

test("an answer that was lost is asked for again with the same key: done once", async () => {
  const { line, network, nextRound, paths } = hallAndDesk();
  network.loseAnswers = true;
  const answer = line.press("next", "/next");
  await settle();
  await nextRound();
  network.loseAnswers = false;
  await nextRound();

  assert.deepEqual(await answer, { seq: 1 });
  assert.deepEqual(paths(), ["/next"]);
  assert.equal(network.asked.length, 3);
});

test("while an answer is on its way a second press is none", async () => {
  const { line, paths } = hallAndDesk();
  const first = line.press("next", "/next");
  assert.equal(await line.press("next", "/next"), undefined);
  await first;
  assert.deepEqual(paths(), ["/next"]);
});

test("a refusal tells what was not done and leaves what was pressed after it unsent", async () => {
  const { line, network, nextRound, paths } = hallAndDesk({ refuse: { "/end": fault(409, "moved on") } });
  network.gone = true;
  line.press("start", "/start", {}, "T0021");
  await settle();
  const ended = line.press("end", "/end", {}, "T0021");
  const next = line.press("next", "/next");
  network.gone = false;
  nextRound();

  await assert.rejects(ended, { status: 409 });
  assert.equal(await next, undefined);
  assert.deepEqual(paths(), ["/start"]);
  assert.equal(line.refused.wish.name, "end");
  assert.deepEqual(line.refused.unsent.map((wish) => wish.name), ["next"]);
  line.press("next", "/next");
  assert.equal(line.refused, null);
});

test("what was never sent can be taken off the line; what may have arrived cannot", async () => {
  const { line, network, nextRound, paths } = hallAndDesk();
  network.gone = true;
  line.press("end", "/end", {}, "T0021");
  await settle();
  assert.equal(line.mayTakeBack, false);
  line.press("next", "/next");
  assert.equal(line.mayTakeBack, true);
  line.takeBack();
  network.gone = false;
  await nextRound();

  assert.deepEqual(paths(), ["/end"]);
});

test("a reload finds the line again and sends it with the keys it had", async () => {
  const kept = [{ name: "next", path: "/next", body: {}, ticket: null, key: "old-key", at: 0, tried: true }];
  const { network, memory, nextRound } = hallAndDesk({ kept });
  await nextRound();
  assert.deepEqual(network.done, [{ key: "old-key", path: "/next" }]);
  assert.equal(memory.size, 0);
});

test("who was signed out meanwhile keeps the line until signed in again", async () => {
  const { line, memory } = hallAndDesk({ refuse: { "/next": fault(401) } });
  await assert.rejects(line.press("next", "/next"), { status: 401 });
  assert.deepEqual([...memory.values()].map((wish) => wish.name), ["next"]);
});

test("the desk goes on as if what it noted were done, as far as it can know", () => {
  const floor = makeFloor(floorAnswer({ tickets: [called("T0021", "3"), ...floorAnswer().tickets.slice(1)], desks: [desk("3")] }));
  const boardAfter = (...wishes) => {
    const seen = foresee(floor, COUNTER, wishes);
    return deskBoard({ floor: seen.floor, isUnknown: seen.isUnknown, counter: COUNTER, limits: HALL.limits, now: NOW });
  };
  const wish = (name, ticket = "T0021", body = {}) => ({ name, ticket, body });

  assert.equal(boardAfter(wish("start")).stage, "serving");
  assert.equal(boardAfter(wish("start"), wish("hold")).stage, "held");
  const free = boardAfter(wish("start"), wish("end"));
  assert.deepEqual([free.stage, free.next[0].ticket], ["free", "D0004"]);
  assert.equal(boardAfter(wish("start"), wish("end"), wish("row", "D0004")).ticket.ticket, "D0004");
  const asked = boardAfter(wish("start"), wish("end"), wish("next", null));
  assert.deepEqual([asked.stage, asked.ticket, asked.verbs.filter((verb) => verb.enabled)], ["unknown", null, []]);
  assert.equal(boardAfter(wish("start"), wish("end", "T0021", { call_next: true })).stage, "unknown");
  assert.equal(boardAfter(wish("park"), wish("pause", null, { reason: "break" })).stage, "paused");
});
