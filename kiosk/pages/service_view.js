// A service in plain words: what it is, what to bring, what goes wrong, how long; and below it the way to a number.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { careOffer, guidePage, hasTwoWays, isIssuing, placeOf, serviceCard } from "./kiosk_board.js";
import { openingText } from "./opening.js";
import { heart, screen, scroller } from "./view_parts.js";

export function serviceView(board, does) {
  const page = guidePage(board);
  const card = page ?? serviceCard(board, placeOf(board).service);
  const official = card && card.official_name !== card.plain_name ? card.official_name : "";
  return screen(board, does, {
    name: "service",
    title: card?.plain_name ?? "",
    hint: official ? t("kiosk.official_name", { name: official }) : "",
    body: html`
      ${page ? scroller(guide(page), "service", does) : waiting(board)}
      <section class="answers" aria-label=${t("kiosk.take_number")}>${page ? answers(board, does) : nothing}</section>
    `,
  });
}

function waiting(board) {
  return html`<p class="scroller waiting" role="status">
    ${t(board.guide.state === "failed" ? "kiosk.service_failed" : "kiosk.loading_service")}
  </p>`;
}

function guide(page) {
  return html`
    <div class="guide">
      <div class="guide__about">
        <p class="guide__summary">${page.summary}</p>
        <ul class="facts">
          <li>${t(page.minutes_are_estimate ? "kiosk.minutes_estimate" : "kiosk.minutes", { n: page.minutes })}</li>
          ${page.time_limit ? html`<li>${page.time_limit}</li>` : nothing}
          ${page.notice ? html`<li class="facts__notice">${page.notice}</li>` : nothing}
        </ul>
      </div>
      <div class="guide__bring">
        <h2>${t("kiosk.bring")}</h2>
        ${page.materials.length
          ? html`<ul class="materials">${inOrder(page.materials).map(material)}</ul>`
          : html`<p>${t("kiosk.bring_nothing")}</p>`}
      </div>
      ${page.mistakes.length
        ? html`<div class="guide__mistakes">
            <h2>${t("kiosk.mistakes")}</h2>
            <ul class="mistakes">${page.mistakes.map((mistake) => html`<li>${mistake}</li>`)}</ul>
          </div>`
        : nothing}
    </div>
  `;
}

/** What everybody needs first, what depends after it. */
function inOrder(materials) {
  const must = materials.filter((one) => one.required === "must");
  return [...must, ...materials.filter((one) => one.required !== "must")];
}

function material({ name, required, when, note }) {
  const more = [when, note].filter(Boolean).join(" · ");
  return html`<li class="material">
    <span class="mark mark--${required === "must" ? "must" : "if"}">${t(required === "must" ? "kiosk.must" : "kiosk.if")}</span>
    <span><strong>${name}</strong>${more ? html`<span class="soft"> ${more}</span>` : nothing}</span>
  </li>`;
}

/** The one question of this screen: on one's own, or with company. Where the hall has no care zone, just the number. */
function answers(board, does) {
  const opening = openingText(board);
  if (opening) return html`<p class="answers__closed"><strong>${t("kiosk.greeting_closed")}</strong> ${opening}</p>`;
  const isBusy = isIssuing(board);
  const offer = careOffer(board);
  if (offer !== "open") {
    return html`
      ${offer === "closed" ? html`<p class="soft">${t("kiosk.care_closed")}</p>` : nothing}
      <div class="pair">
        <button class="answer answer--main" data-answer="no-care" ?disabled=${isBusy} @click=${() => does.answerCare(false)}>
          <strong>${t("kiosk.take_number")}</strong>
        </button>
      </div>
    `;
  }
  const [no, noHint] = hasTwoWays(board) ? ["care_no", "care_no_way_hint"] : ["care_no", "care_no_hint"];
  return html`
    <p class="answers__question"><strong>${t("kiosk.care_question")}</strong> <span class="soft">${t("kiosk.care_hint")}</span></p>
    <div class="pair">
      <button class="answer answer--main" data-answer="no-care" ?disabled=${isBusy} @click=${() => does.answerCare(false)}>
        <strong>${t(`kiosk.${no}`)}</strong><span>${t(`kiosk.${noHint}`)}</span>
      </button>
      <button class="answer answer--care" data-answer="care" ?disabled=${isBusy} @click=${() => does.answerCare(true)}>
        <strong>${heart} ${t("kiosk.care_yes")}</strong><span>${t("kiosk.care_yes_hint")}</span>
      </button>
    </div>
  `;
}
