// The phone's page: what is worth a sound, how patient it is; and that phones of 2016 can read its scripts and style.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { parse } from "acorn";

const FOLDER = new URL("../../queue_server/web/pages/progress/", import.meta.url);
const COMMON = new URL("../../queue_server/web/common/", import.meta.url);
const read = (name, folder = FOLDER) => readFileSync(new URL(name, folder), "utf-8");
// the page runs it as a plain script, whose values come from another realm
const board = runInNewContext(`${read("progress_board.js")}; progressBoard`, {});

const WAITING = { stage: "waiting", calls: 0, near: false };
const CALLED = { stage: "called", calls: 1, near: false };

test("a call sounds, and each recall again; hearing the same twice does not", () => {
  assert.equal(board.whatHappened(WAITING, CALLED), "called");
  assert.equal(board.whatHappened(CALLED, { ...CALLED, calls: 2 }), "called");
  assert.equal(board.whatHappened(CALLED, CALLED), null);
});

test("opening the page late does not sound", () => {
  assert.equal(board.whatHappened(null, CALLED), null);
});

test("nearly one's turn sounds once, at three ahead, and not because one came back nearer", () => {
  const near = { ...WAITING, near: true };
  assert.equal(board.whatHappened(WAITING, near), "near");
  assert.equal(board.whatHappened(near, near), null);
  assert.equal(board.whatHappened({ stage: "parked", calls: 0, near: false }, near), null);
});

test("three ahead and nobody serving is not nearly one's turn", () => {
  const soon = { stage: "waiting", ahead: 3, wait: { low: 4, high: 8, rough: false } };
  assert.equal(board.isNear(soon), true);
  assert.equal(board.isNear({ ...soon, ahead: 4 }), false);
  assert.equal(board.isNear({ ...soon, wait: null }), false);
  assert.equal(board.isNear({ ...soon, wait: { low: 60, high: 90, rough: true } }), false);
  assert.equal(board.isNear({ ...soon, stage: "parked" }), false);
});

test("a range is said with both ends, with one when they meet, and as “within” when it is now", () => {
  assert.equal(board.waitParts({ low: 14, high: 22, rough: false }).minutes, "14–22");
  assert.equal(board.waitParts({ low: 5, high: 5, rough: true }).minutes, "5");
  assert.equal(board.waitParts({ low: 0, high: 6, rough: false }).within, true);
  assert.equal(board.waitParts(null), null);
});

test("a phone without an answer asks less and less often, and never gives up", () => {
  const pauses = [0, 1, 2, 3, 50].map((failures) => board.pauseAfter(failures, 10_000));
  assert.deepEqual(pauses, [10_000, 20_000, 40_000, 60_000, 60_000]);
});

// --- old phones: iOS 12, Android 7 (Chrome 51), WeChat's own browser

// Names that came later than those browsers; a list by hand from the compatibility tables of MDN, not a proof.
const TOO_NEW_IN_SCRIPTS =
  /\.(replaceChildren|append|prepend|replaceWith|toggleAttribute|matchAll|replaceAll|at|flat|flatMap|fromEntries|allSettled|structuredClone)\(|\b(fetch|AbortController|ResizeObserver|BigInt|globalThis|queueMicrotask|URLSearchParams)\b/;
const TOO_NEW_IN_STYLES = /:(is|where|has|focus-within)\(|\binset:|\baspect-ratio:|\bclamp\(|\bd[v]h\b|@layer|@container|@supports|color-mix|\brgb\([^,)]* \//;

test("the page's scripts are JavaScript of 2009", () => {
  const scripts = readdirSync(FOLDER).filter((name) => /^progress_.*\.js$/.test(name));
  assert.ok(scripts.length >= 2);
  for (const name of scripts) {
    const text = read(name);
    assert.doesNotThrow(() => parse(text, { ecmaVersion: 5 }), name);
    if (name === "progress_worker.js") continue; // runs only in browsers that have push, which are newer
    assert.equal(text.match(TOO_NEW_IN_SCRIPTS)?.[0], undefined, name);
  }
});

test("the feed's code, as phones get it, is JavaScript of 2009 too", () => {
  assert.doesNotThrow(() => parse(read("vendor/socket.io-client/socket.io.min.js", COMMON), { ecmaVersion: 5 }));
});

test("the check itself finds what those phones cannot read", () => {
  for (const slip of ["a?.b", "a ?? b", "let a = 1", "(a) => a", "`a`", "for (const a of b);", "import a from 'b'", "async function a() {}"]) {
    assert.throws(() => parse(slip, { ecmaVersion: 5 }), slip);
  }
  assert.match("box.replaceChildren(a)", TOO_NEW_IN_SCRIPTS);
  assert.match("fetch('/p')", TOO_NEW_IN_SCRIPTS);
  assert.match("a:is(b)", TOO_NEW_IN_STYLES);
});

// what visitors see on their own phones: the progress page, the poster's, the best times, the tools
const STYLES_OF_PHONES = ["progress.css", "../join/join.css", "../when/when.css", "../tools/tools.css"];

test("the pages' styles have no property that those phones need and do not know", () => {
  for (const name of STYLES_OF_PHONES) assert.equal(read(name).match(TOO_NEW_IN_STYLES)?.[0], undefined, name);
});

test("no flex box of the pages' styles counts on gaps, which iOS 12 does not draw", () => {
  for (const name of STYLES_OF_PHONES) {
    const guilty = read(name).split("}").filter((rule) => /display:\s*(inline-)?flex/.test(rule) && /(^|\s)gap:/.test(rule));
    assert.deepEqual(guilty.map((rule) => rule.trim().split("{")[0].trim()), [], name);
  }
});
