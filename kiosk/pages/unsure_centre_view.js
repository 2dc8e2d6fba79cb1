// “说不清”: how to find out which of the two centres holds the account, and what to do when nothing of it helps.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { guidePage, serviceCard } from "./kiosk_board.js";
import { scroller, screen } from "./view_parts.js";

/** An account that the counter finds by the ID card is one of this centre. */
const LOOK_IT_UP = "CX01";

export function unsureCentreView(board, does) {
  const centre = guidePage(board)?.other_centre;
  const ways = [centre?.who, ...(centre?.how_to_tell ?? [])].filter(Boolean);
  return screen(board, does, {
    name: "unsure-centre",
    title: t("kiosk.unsure_title"),
    hint: t("kiosk.unsure_hint"),
    body: html`
      ${scroller(
        html`<ol class="waysto">
            ${ways.map((way) => html`<li>${way}</li>`)}
          </ol>
          <p class="soft">${t("kiosk.by_notice")}</p>`,
        "unsure-centre",
        does,
      )}
      <section class="answers" aria-label=${t("kiosk.centre_question")}>
        <div class="four">
          <button class="answer answer--main" data-answer="own-centre" @click=${does.chooseOwnCentre}>
            <strong>${t("kiosk.unsure_own", { name: centre?.own_short ?? "" })}</strong><span>${t("kiosk.centre_own_hint")}</span>
          </button>
          <button class="answer" data-answer="other-centre" @click=${does.openOtherCentre}>
            <strong>${t("kiosk.unsure_other", { name: centre?.short ?? "" })}</strong><span>${t("kiosk.unsure_other_hint")}</span>
          </button>
          ${lookItUp(board, does)}
        </div>
      </section>
    `,
  });
}

function lookItUp(board, does) {
  if (!serviceCard(board, LOOK_IT_UP)) return nothing;
  return html`<button class="answer four__last" data-answer="look-it-up" @click=${() => does.ratherService(LOOK_IT_UP)}>
    <strong>${t("kiosk.unsure_look")}</strong><span>${t("kiosk.unsure_look_hint")}</span>
  </button>`;
}
