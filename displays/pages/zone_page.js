// A zone's screen: the calls of that zone behind each other, and the numbers that come next.
import { addCall, arrangeCards, isJustCalled, noCards } from "./call_cards.js";
import { callOfTicket, noticeNow } from "./board.js";
import { startCorner } from "./corner.js";
import { runDisplay } from "./display_page.js";
import { settingsOf } from "./display_settings.js";
import { drawMessage } from "./parts.js";
import { callsOfZone, zonePicture } from "./zone_board.js";
import { drawZone } from "./zone_view.js";

const root = document.getElementById("page");
const zone = root.dataset.zone;
let cards = noCards();
let ownSettings = settingsOf([], "");
const corner = startCorner(() => ownSettings);

runDisplay({
  kind: "zone",
  hasCorner: () => corner.box() !== null,
  drawMessage: (key) => drawMessage(root, key),
  onAnew() {
    cards = noCards();
  },
  onEvent(message, { board }) {
    if (message.name !== "ticket_called") return;
    const call = callOfTicket(board, message.ticket);
    if (call?.zone === zone) cards = addCall(cards, call);
  },
  draw({ hall, board, now, nowMs, dwell, look }) {
    ownSettings = look.settings;
    cards = arrangeCards(cards, callsOfZone(board, zone), { nowMs, ...dwell, places: look.places });
    const picture = zonePicture({ board, cards, zone, isJustCalled: (card) => isJustCalled(card, { nowMs, ...dwell }) });
    drawZone(root, { ...picture, notice: noticeNow(board, now) }, hall, now, { ...look, corner: corner.box() });
  },
});
