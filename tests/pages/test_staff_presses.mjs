// What staff pressed is kept until the hall has answered: never lost, never done twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makePresses } from "../../queue_server/web/pages/staff/staff_presses.js";

const away = () => Object.assign(new Error("away"), { status: 0 });
const refused = () => Object.assign(new Error("nobody waits"), { status: 409 });

/** A hall that answers as told, one answer a request; remembers what it was asked. */
function hallAnswering(...answers) {
  const asked = [];
  const waits = [];
  let keys = 0;
  const presses = makePresses({
    post: async (path, body, { key }) => {
      asked.push({ path, key });
      const answer = answers[asked.length - 1];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    newKey: () => `key-${(keys += 1)}`,
    onChange: () => {},
    later: (again) => waits.push(again),
  });
  return { asked, waits, presses };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a press that finds no network is sent again with the same key until it is answered", async () => {
  const { asked, waits, presses } = hallAnswering(away(), away(), { seq: 18 });
  const answer = presses.press("next", "/counters/3/call-next");
  await settle();
  assert.equal(presses.kept, 1);
  waits.pop()();
  await settle();
  waits.pop()();

  assert.deepEqual(await answer, { seq: 18 });
  assert.deepEqual(asked.map((each) => each.key), ["key-1", "key-1", "key-1"]);
  assert.equal(presses.kept, 0);
});

test("pressing again while the first press is unanswered does nothing", async () => {
  const { asked, waits, presses } = hallAnswering(away(), { seq: 18 });
  const first = presses.press("next", "/counters/3/call-next");
  await settle();

  assert.equal(await presses.press("next", "/counters/3/call-next"), undefined);
  assert.ok(presses.isBusy("next"));
  waits.pop()();
  await first;
  assert.equal(asked.length, 2);
  assert.ok(!presses.isAnyBusy());
});

test("a refusal is told at once and not tried again; the next press is a new wish", async () => {
  const { asked, presses } = hallAnswering(refused(), { seq: 18 });

  await assert.rejects(presses.press("next", "/counters/3/call-next"), { status: 409 });
  await presses.press("next", "/counters/3/call-next");
  assert.deepEqual(asked.map((each) => each.key), ["key-1", "key-2"]);
});

test("when the network is back, what was kept is sent without waiting for the next round", async () => {
  const { presses } = hallAnswering(away(), { seq: 18 });
  const answer = presses.press("end", "/tickets/T0023/end");
  await settle();
  presses.tryNow();

  assert.deepEqual(await answer, { seq: 18 });
});

test("a button stays busy until the screen shows what the hall answered", async () => {
  let shown;
  const presses = makePresses({
    post: async () => ({ seq: 18 }),
    newKey: () => "key",
    onChange: () => {},
    seen: () => new Promise((resolve) => (shown = resolve)),
  });
  const answer = presses.press("next", "/counters/3/call-next");
  await settle();
  assert.ok(presses.isBusy("next"));
  shown();
  await answer;
  assert.ok(!presses.isBusy("next"));
});
