// The hall screen of the film.
import { noCards } from "/displays/pages/call_cards.js";
import { hallPicture } from "/displays/pages/hall_board.js";
import { drawHall } from "/displays/pages/hall_view.js";
import { cardsAfter, watchDisplay } from "./film_display.js";

const root = document.getElementById("page");
let cards = noCards();

await watchDisplay("hall", ({ hall, board, now, look, time, sought }) => {
  cards = cardsAfter(cards, board.calls, { time, places: look.places, sought });
  drawHall(root, hallPicture({ board, cards, hall, time, places: look.places }), hall, now, look);
});
