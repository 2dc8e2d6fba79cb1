// A zone's screen of the film.
import { noticeNow } from "/displays/pages/board.js";
import { isJustCalled, noCards } from "/displays/pages/call_cards.js";
import { callsOfZone, zonePicture } from "/displays/pages/zone_board.js";
import { drawZone } from "/displays/pages/zone_view.js";
import { cardsAfter, watchDisplay } from "./film_display.js";

const root = document.getElementById("page");
const { zone } = root.dataset;
let cards = noCards();

await watchDisplay("zone", ({ hall, board, now, look, time, sought }) => {
  cards = cardsAfter(cards, callsOfZone(board, zone), { time, places: look.places, sought });
  const picture = zonePicture({ board, cards, zone, isJustCalled: (card) => isJustCalled(card, time) });
  drawZone(root, { ...picture, notice: noticeNow(board, now) }, hall, now);
});
