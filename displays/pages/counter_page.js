// The screen above a counter. It may show a call at once: at one counter calls never come on top of each other.
import { noticeNow } from "./board.js";
import { dwellOf } from "./call_cards.js";
import { counterPicture } from "./counter_board.js";
import { drawCounter } from "./counter_view.js";
import { runDisplay } from "./display_page.js";
import { drawMessage } from "./parts.js";

const root = document.getElementById("page");
const { counter } = root.dataset;
let calledMs = -Infinity;

runDisplay({
  kind: "counter",
  drawMessage: (key) => drawMessage(root, key),
  onEvent(message) {
    if (message.name === "ticket_called" && message.counter === counter) calledMs = performance.now();
  },
  draw({ hall, board, now, nowMs, dwell }) {
    const picture = counterPicture({ board, hall, counter });
    const justCalled = picture.state === "called" && nowMs - calledMs < dwellOf(picture, dwell);
    drawCounter(root, { ...picture, justCalled, notice: noticeNow(board, now) }, hall, now);
  },
});
