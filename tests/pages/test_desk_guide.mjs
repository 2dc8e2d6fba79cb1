// At the service: what has to be told and read before it can be finished, words that help, and time against what is usual.
import assert from "node:assert/strict";
import { test } from "node:test";
import { noticesOf, phrasesFor, serviceTime } from "../../queue_server/web/pages/desk/desk_guide.js";
import { makeMemory } from "../../queue_server/web/pages/desk/desk_memory.js";
import { firstOptions, panelOf } from "../../queue_server/web/pages/desk/desk_wishes.js";
import { HALL, NOW, ticket } from "./floor_examples.mjs";

const GUIDE = {
  service: "DK06",
  papers: [],
  mistakes: [{ text: "有逾期的，先还逾期。", confirmed: false }],
  risks: [{ code: "undo", step: "end", text: "办成后不能撤销。", confirmed: false }],
  phrases: ["long_wait", "papers_missing", "not_eligible", "arrears"].map((when) => ({ when, words: { zh: when, en: when } })),
  usual_minutes: 12,
};
const serving = ticket("D0001", { service: "DK06", stage: "serving", counter: "3", started_at: "2026-11-23T01:30:00Z" });

function memoryOf(kept = new Map(), day = "today") {
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) };
  return makeMemory(storage, "zhao", () => day);
}

test("“done” waits until the risks are told and the mistakes read; other ends do not", () => {
  const memory = memoryOf();
  const endings = () => {
    const notices = noticesOf(GUIDE, { told: memory.told(serving), isRead: memory.isRead("DK06") });
    return panelOf("end", { ticket: serving, options: firstOptions(HALL), guide: GUIDE, notices });
  };
  assert.deepEqual(endings().choices.map((choice) => choice.enabled), [false, true, true, true]);
  assert.equal(endings().notices.open, 2);

  memory.acknowledge(serving, GUIDE);
  assert.equal(endings().notices, null);
  assert.equal(endings().choices[0].enabled, true);
  assert.deepEqual(endings().choices[0].wish.body.told, ["undo"]);
});

test("risks are told to every visitor, mistakes read once a day", () => {
  const kept = new Map();
  const memory = memoryOf(kept);
  memory.acknowledge(serving, GUIDE);
  const next = { ...serving, ticket: "D0002" };
  const open = (some, one) => noticesOf(GUIDE, { told: some.told(one), isRead: some.isRead("DK06") }).open;
  assert.equal(open(memory, next), 1);
  assert.equal(open(memoryOf(kept), serving), 1); // after a reload
  assert.equal(open(memoryOf(kept, "tomorrow"), serving), 2);
});

test("words that help stand there when they are wanted", () => {
  const said = (changes) => phrasesFor(GUIDE, { ...serving, level: "good", ...changes }).map((phrase) => phrase.when);
  assert.deepEqual(said({}), ["arrears"]);
  assert.deepEqual(said({ level: "act" }), ["long_wait", "arrears"]);
  assert.deepEqual(said({ missing: ["M-ID"] }), ["papers_missing", "arrears"]);
});

test("time runs softly against what is usual; only a very long service looks forgotten", () => {
  const after = (minutes, changes = {}) => serviceTime({ ...serving, ...changes }, 12, Date.parse(serving.started_at) + minutes * 60_000);
  assert.deepEqual(after(6), { minutes: 6, usual: 12, level: "usual", share: 0.5 });
  assert.equal(after(20).level, "longer");
  assert.equal(after(37).level, "forgotten");
  assert.equal(after(37, { stage: "held" }).level, "longer");
  assert.equal(serviceTime(ticket("T0001"), 12, NOW), null);
});
