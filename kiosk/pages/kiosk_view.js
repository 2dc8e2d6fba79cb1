// Draws the board: the screen the visitor is on, and what lies over it.
import { html, nothing, render } from "/common/vendor/lit-html/lit-html.js";
import { keyed } from "/common/vendor/lit-html/directives/keyed.js";
import { currentLanguage, t } from "/common/words.js";
import { createFit } from "./fit.js";
import { handView } from "./hand_view.js";
import { homeView } from "./home_view.js";
import { placeOf } from "./kiosk_board.js";
import { openingText } from "./opening.js";
import { otherCentreView } from "./other_centre_view.js";
import { overView } from "./over_view.js";
import { ratingView } from "./rating_view.js";
import { searchView } from "./search_view.js";
import { serviceView } from "./service_view.js";
import { categoriesView, categoryView, tileView } from "./services_view.js";
import { ticketView } from "./ticket_view.js";
import { toolsView, toolView } from "./tools_view.js";
import { modesBar } from "./modes_view.js";
import { showWhatIsBelow } from "./view_parts.js";
import { unsureCentreView } from "./unsure_centre_view.js";
import { wayView } from "./way_view.js";

const VIEWS = {
  home: homeView,
  tile: tileView,
  categories: categoriesView,
  category: categoryView,
  search: searchView,
  hand: handView,
  rating: ratingView,
  service: serviceView,
  other_centre: otherCentreView,
  unsure_centre: unsureCentreView,
  way: wayView,
  ticket: ticketView,
  tools: toolsView,
  tool: toolView,
};

const fit = createFit();

/**
 * `idle`: {phase, secondsLeft}; `ticketSecondsLeft` counts a shown ticket down. Says which screen is drawn, so that the
 * page can move the focus when it is another one.
 */
export function draw(root, board, does, { idle, ticketSecondsLeft, isDrumming, canLower }) {
  const place = placeOf(board);
  const over = board.load === "ready" ? overView(board, does, idle) : null;
  const view = board.load === "ready" ? VIEWS[place.screen](board, does, ticketSecondsLeft) : notReady(board);
  const name = board.load === "ready" ? nameOf(place, board) : board.load;
  render(
    html`
      <div class="stage">
        <div class="page" ?inert=${over !== null} aria-hidden=${over ? "true" : nothing}>
          ${keyed(name, html`<div class="page__screen">${view}</div>`)}
        </div>
        ${over ?? nothing}
      </div>
      ${modesBar(board, does, { canLower })}
      <p class="slowly" role="status" ?hidden=${!isDrumming}>${isDrumming ? t("kiosk.slowly") : nothing}</p>
    `,
    root,
  );
  const lies = root.querySelector(".over");
  fit(root, roomKey(root, board, name), lies ? lies.dataset.over + lies.querySelector("#over-text").textContent : "");
  showWhatIsBelow(root);
  return { screen: name, over: lies?.dataset.over ?? "" };
}

/** All that decides how much room the screen's words need. */
function roomKey(root, board, name) {
  const { ticket, modes, guide, card, reader, hand, tools, rating } = board;
  const states = [guide.state, card.seen, card.isDeclined, reader.state, hand.state, tools.state, rating?.level, rating?.message, ticket?.paperNow];
  const told = [openingText(board), root.querySelector(".notices")?.textContent];
  return [name, currentLanguage(), ...Object.values(modes), ...states, ...told, innerWidth, innerHeight].join();
}

function nameOf(place, { tools, rating }) {
  const tool = place.screen === "tool" ? `${place.tool}:${place.answers.length}:${tools.state}` : "";
  const step = place.screen === "rating" ? `${rating.service}:${["asking", "sending"].includes(rating.state) ? "ask" : rating.state}` : tool;
  return [place.screen, place.tile, place.category, place.service, step].filter(Boolean).join(":");
}

/** Before the hall has been read: a calm word, and a person to go to if it lasts. */
function notReady(board) {
  const [title, text] = {
    loading: ["kiosk.first_load", ""],
    away: ["kiosk.first_load_away", "kiosk.first_load_away_text"],
    not_registered: ["kiosk.not_registered", "kiosk.not_registered_text"],
  }[board.load];
  return html`
    <main class="screen screen--notready" data-screen=${board.load}>
      <h1 id="question" tabindex="-1">${t(title)}</h1>
      <p role="status">${text ? t(text) : nothing}</p>
    </main>
  `;
}
