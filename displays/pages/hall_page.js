// The hall screen: feed → board → cards → picture → screen, and the voice where it is wanted (`?voice=on`).
import { addCall, arrangeCards, noCards } from "./call_cards.js";
import { callOfTicket } from "./board.js";
import { startCorner } from "./corner.js";
import { displayName, runDisplay } from "./display_page.js";
import { settingsOf } from "./display_settings.js";
import { hallPicture } from "./hall_board.js";
import { drawHall } from "./hall_view.js";
import { drawMessage } from "./parts.js";
import { hallClock } from "/common/clock.js";
import { startVoice } from "./hall_voice.js";

const root = document.getElementById("page");
const wantsVoice = new URLSearchParams(location.search).get("voice") === "on";
let cards = noCards();
let ownSettings = settingsOf([], "");
const corner = startCorner(() => ownSettings);
let voice = null;

runDisplay({
  kind: "hall",
  hasCorner: () => corner.box() !== null,
  drawMessage: (key) => drawMessage(root, key),
  onAnew(state) {
    cards = noCards();
    if (wantsVoice && !settingsOf(state.hall.displays, displayName()).silent) voice ??= startVoice(state.hall);
  },
  onEvent(message, { board }) {
    if (message.name !== "ticket_called") return;
    const call = callOfTicket(board, message.ticket);
    if (call) cards = addCall(cards, call);
    voice?.hear(message);
  },
  draw({ hall, board, now, nowMs, dwell, look }) {
    const { places } = look;
    ownSettings = look.settings;
    cards = arrangeCards(cards, board.calls, { nowMs, ...dwell, places });
    const time = { now, nowMs, ...dwell, timezone: hallClock.timezone };
    drawHall(root, hallPicture({ board, cards, hall, time, places }), hall, now, { ...look, corner: corner.box() });
  },
});
