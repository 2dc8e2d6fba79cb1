// The day's bookings as staff see them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bookingRows, bookingSums, codeOf } from "../../queue_server/web/pages/staff/bookings_board.js";

test("each booking says whether its visitor is to come, here, or did not come", () => {
  const rows = bookingRows([
    { code: "A", ticket: null, missed: false },
    { code: "B", ticket: "T0001", missed: false },
    { code: "C", ticket: null, missed: true },
    { code: "D", ticket: "T0002", missed: true }, // came after all
  ]);
  assert.deepEqual(rows.map((row) => row.state), ["coming", "here", "missed", "here"]);
  assert.deepEqual(bookingSums(rows), { coming: 1, here: 2, missed: 1 });
});

test("a code may be typed in small letters, with spaces and dashes", () => {
  assert.equal(codeOf(" abcd-efgh 23 "), "ABCDEFGH23");
});
