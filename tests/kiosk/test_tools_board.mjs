// The tools on the kiosk: answers in order, back takes one back, typing errors are put right where they were made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { goBack, newBoard } from "../../kiosk/pages/kiosk_board.js";
import * as on from "../../kiosk/pages/tools_board.js";

const place = (board) => board.trail[board.trail.length - 1];
const principal = { field: "principal", kind: "money" };
const money = (text) => on.withText(newBoard(), text);

test("each answer is a place, so that back takes one answer back", () => {
  let board = on.goTo(newBoard(), on.toolPlace("repayment"));
  board = on.goTo(board, on.toolPlace("repayment", [["principal", ["700000"]]]));

  assert.equal(on.queryOf(place(board), "zh"), "/tools/repayment/steps?principal=700000&lang=zh");
  assert.deepEqual(place(goBack(board)).answers, []);
});

test("an answer left empty is sent as one, and several go by the same name", () => {
  const asked = on.queryOf(on.toolPlace("loan-limit", [["balance", []], ["uplifts", ["group", "green_1"]]]), "en");

  assert.equal(asked, "/tools/loan-limit/steps?balance=&uplifts=group&uplifts=green_1&lang=en");
});

test("a question put again leads back to it with what was typed", () => {
  let board = on.goTo(newBoard(), on.toolPlace("repayment"));
  board = on.goTo(board, on.toolPlace("repayment", [["principal", ["5"]]]));
  board = on.asking(board, "q");
  board = on.pageArrived(board, "q", { problem: "too small", question: principal });

  assert.deepEqual(board.trail.map((one) => one.answers?.length), [undefined, 0]);
  assert.equal(board.tools.text, "5");
});

test("an answer to what was asked before the visitor moved on is not shown", () => {
  const board = on.asking(on.goTo(newBoard(), on.toolPlace("repayment")), "now");

  assert.equal(on.pageArrived(board, "before", { question: principal }), board);
});

test("the pad types one amount: one point, no leading nought, not without end", () => {
  const typed = (signs) => [...signs].reduce(on.typedKey, newBoard()).tools.text;

  assert.equal(typed("0700"), "700");
  assert.equal(typed("1.5.5"), "1.55");
  assert.equal(typed(".5"), "5");
  assert.equal(typed("1".repeat(40)).length, 12);
  assert.equal(on.erasedKey(money("12")).tools.text, "1");
});

test("ten thousands are one touch, and only once", () => {
  assert.equal(on.timesTenThousand(money("70")).tools.text, "700000");
  assert.equal(on.timesTenThousand(money("70.5")).tools.text, "705000");
  assert.equal(on.timesTenThousand(money("700000")).tools.text, "700000");
});

test("years are sent as months and a rate in percent, and read back so", () => {
  assert.deepEqual(on.valueOf({ kind: "years" }, "30"), ["360"]);
  assert.deepEqual(on.valueOf({ kind: "rate" }, "3.5"), ["3.5%"]);
  assert.deepEqual(on.valueOf(principal, ""), []);
  assert.equal(on.shown({ kind: "years" }, "360"), "30");
  assert.equal(on.shown({ kind: "rate" }, "3.5%"), "3.5");
});
