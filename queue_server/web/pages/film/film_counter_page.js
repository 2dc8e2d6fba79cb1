// A counter's screen of the film.
import { noticeNow } from "/displays/pages/board.js";
import { counterPicture } from "/displays/pages/counter_board.js";
import { drawCounter } from "/displays/pages/counter_view.js";
import { DWELL_MS, watchDisplay } from "./film_display.js";

const root = document.getElementById("page");
const { counter } = root.dataset;
let called = { ticket: null, sinceMs: -Infinity };

await watchDisplay("counter", ({ hall, board, now, time, sought }) => {
  const picture = counterPicture({ board, hall, counter });
  const ticket = picture.state === "called" ? picture.ticket : null;
  if (ticket !== called.ticket) called = { ticket, sinceMs: sought ? -Infinity : time.nowMs };
  const justCalled = ticket !== null && time.nowMs - called.sinceMs < DWELL_MS;
  drawCounter(root, { ...picture, justCalled, notice: noticeNow(board, now) }, hall, now);
});
