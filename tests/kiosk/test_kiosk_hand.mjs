import assert from "node:assert/strict";
import { test } from "node:test";

import { kindOf } from "../../kiosk/pages/code_reader.js";
import { createScanReader } from "../../queue_server/web/common/scan_reader.js";
import { newBoard, placeOf } from "../../kiosk/pages/kiosk_board.js";
import * as hand from "../../kiosk/pages/kiosk_hand.js";
import { meaningOf, stepTo } from "../../kiosk/pages/kiosk_keys.js";
import { lowShare } from "../../kiosk/pages/kiosk_modes.js";

const LINK = "http://192.168.1.10:8000/p/1123-T0023-ABCDEFGHIJKLMNOPQRST";

test("our own codes are known however they are typed", () => {
  for (const code of [LINK, LINK.split("/p/")[1], "T0023", "t 0023", "23", "Ｔ００２３", "ABCDEFGHJK", "13909310000", "139 0931 0000"]) {
    assert.equal(kindOf(code), "ours", code);
  }
});

test("half a scan, codes of others and an identity number are told apart, so that each gets its own kind word", () => {
  const kinds = {
    half: [LINK.slice(0, -5), "http://192.168.1.10:8000/p/", "1123-T0023", "1390931"],
    foreign: ["https://u.alipay.com/pay?x=1", "wxp://f2f0abc", "健康码", "WIFI:S:hall;T:WPA;P:x;;", "6901234567892ABC"],
    poster: ["http://192.168.1.10:8000/join/abcdefghijklmnop"],
    card: ["62010219480101123X"],
    empty: ["", "  "],
  };
  for (const [kind, codes] of Object.entries(kinds)) for (const code of codes) assert.equal(kindOf(code), kind, code);
});

function typed(reader, text, everyMs, startMs = 1000) {
  return [...text].map((key, at) => reader.key({ key: key === "\n" ? "Enter" : key }, startMs + at * everyMs)).filter(Boolean);
}

test("a scanner's burst is told from typing by its speed, and its Enter presses nothing", () => {
  assert.deepEqual(typed(createScanReader(), "T0023\n", 8), [{ scanned: "T0023" }]);
  assert.deepEqual(typed(createScanReader(), "T0023\n", 180), []);
});

test("a scanner without Enter at the end is heard too, a short rattle of keys is not", () => {
  const reader = createScanReader();
  typed(reader, "1123-T0023", 8);
  assert.equal(reader.pause(1100), null); // perhaps there is more
  assert.deepEqual(reader.pause(1400), { scanned: "1123-T0023" });
  assert.equal(reader.pause(1500), null);
  typed(reader, "ab", 8, 3000);
  assert.equal(reader.pause(4000), null);
});

test("a scan opens the screen from anywhere and hides what it holds; an identity number is forgotten at once", () => {
  const scanned = hand.handOpened(newBoard(), LINK);
  assert.deepEqual([placeOf(scanned).screen, scanned.hand.isScanned], ["hand", true]);
  assert.equal(hand.handOpened(scanned, LINK).trail.length, 2);
  assert.equal(hand.handSent(scanned).code, LINK);

  const card = hand.handSent(hand.handOpened(newBoard(), "62010219480101123X"));
  assert.deepEqual([card.code, card.board.hand.text, card.board.hand.problem], [null, "", "card"]);
});

test("an answer to an older code is not shown for a newer one", () => {
  const looking = hand.handSent(hand.handTyped(newBoard(), "T0023")).board;
  const found = { kind: "ticket", ticket: "T0023" };
  assert.equal(hand.handFound(looking, "T0023", found).hand.state, "ticket");
  assert.equal(hand.handFound(hand.handTyped(looking, "T0024"), "T0023", found).hand.found, null);
});

test("arrows, a number pad and function keys mean the same; in a field the pad writes its digits", () => {
  assert.equal(meaningOf({ key: "ArrowDown" }), "next");
  assert.equal(meaningOf({ key: "2", code: "Numpad2" }, false), "next");
  assert.equal(meaningOf({ key: "2", code: "Numpad2" }, true), "");
  assert.equal(meaningOf({ key: "ArrowLeft" }, true), "");
  assert.equal(meaningOf({ key: "F1" }, true), "help");
  assert.equal(meaningOf({ key: "F4", altKey: true }, false), "");
});

test("the keys go round and round", () => {
  assert.deepEqual([stepTo(-1, 3, true), stepTo(2, 3, true), stepTo(0, 3, false), stepTo(-1, 3, false), stepTo(0, 0, true)], [0, 0, 2, 2, -1]);
});

test("within reach is what lies at most 1,220 mm high: an upright screen is lowered, one that lies low enough is not", () => {
  const kiosk = { longSideMm: "598", lowerEdgeMm: "850" };
  assert.equal(lowShare(kiosk, { innerWidth: 1080, innerHeight: 1920 }).toFixed(3), "0.619"); // 370 of 598 mm
  assert.equal(lowShare(kiosk, { innerWidth: 1920, innerHeight: 1080 }), 1); // 336 mm high, its top at 1,186
  assert.equal(lowShare({ longSideMm: "", lowerEdgeMm: "" }, { innerWidth: 1080, innerHeight: 1920 }), 1);
});
