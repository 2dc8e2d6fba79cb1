// Somebody whose account is with the city's other centre would wait here for nothing: what then.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { guidePage, serviceCard, servicesOf } from "./kiosk_board.js";
import { screen } from "./view_parts.js";

/** Services with which somebody may still begin here: ask for advice, or move the account over. */
const FROM_HERE = ["GJ11", "QT01"];

export function otherCentreView(board, does) {
  const centre = guidePage(board)?.other_centre;
  const known = new Set(servicesOf(board).services.map((card) => card.id));
  const from = FROM_HERE.filter((id) => known.has(id)).map((id) => serviceCard(board, id));
  return screen(board, does, {
    name: "other-centre",
    title: t("kiosk.centre_title", { name: centre?.short ?? "" }),
    hint: centre?.who ?? "",
    body: html`
      <div class="othercentre">
        <p class="othercentre__name">${centre?.name}</p>
        <p>${centre?.what_then}</p>
      </div>
      <h2 class="othercentre__head">${t("kiosk.centre_here_too")}</h2>
      <ul class="services">
        <li>
          <button class="choice" data-answer="own-centre" @click=${does.chooseOwnCentre}>
            <strong>${t("kiosk.centre_own", { name: centre?.own_short ?? "" })}</strong>
            <span class="choice__hint">${t("kiosk.centre_own_hint")}</span>
          </button>
        </li>
        ${from.map(
          (card) => html`<li>
            <button class="choice" data-service=${card.id} @click=${() => does.ratherService(card.id)}>
              <strong>${card.plain_name}</strong><span class="choice__hint">${card.hint}</span>
            </button>
          </li>`,
        )}
      </ul>
    `,
  });
}
