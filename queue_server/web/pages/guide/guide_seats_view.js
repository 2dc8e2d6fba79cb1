// Where a visitor sits, in the hall's own words: noted in one touch, seen by staff alone.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";

/** The reader's word for what is noted; the log has the hall's Chinese one. */
export function seatName(hall, place) {
  const seat = hall.seats.find((each) => each.zh === place);
  return seat ? pick(seat) : place;
}

/** The hall's words as buttons; a second touch on one takes it back. */
export function drawSeats(ticket, here, acts) {
  const { seats } = here.hall;
  if (!seats.length) return nothing;
  return html`<div class="seats" role="group" aria-label=${t("guide.sits_where")}>
    <span class="soft">${t("guide.sits_where")}</span>
    ${seats.map(
      (seat) => html`<button
        type="button"
        class="guide-filter"
        aria-pressed=${ticket.place === seat.zh ? "true" : "false"}
        ?disabled=${here.presses.isBusy(`place-${ticket.ticket}`)}
        @click=${() => acts.notePlace(ticket.ticket, ticket.place === seat.zh ? "" : seat.zh)}
      >
        ${pick(seat)}
      </button>`,
    )}
  </div>`;
}
