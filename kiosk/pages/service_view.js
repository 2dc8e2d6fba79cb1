// A service in plain words: what it is, what to bring, what goes wrong, how long; and below it the way to a number.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { careOffer, guidePage, hasTwoWays, isIssuing, placeOf, serviceCard } from "./kiosk_board.js";
import { hasAll, missing } from "./kiosk_papers.js";
import { openingText } from "./opening.js";
import { missingAnswers, papersView } from "./papers_view.js";
import { heart, helpButton, screen, scroller } from "./view_parts.js";

export function serviceView(board, does) {
  const page = guidePage(board);
  const card = page ?? serviceCard(board, placeOf(board).service);
  const official = card && card.official_name !== card.plain_name ? card.official_name : "";
  return screen(board, does, {
    name: "service",
    kind: page && isMissing(board, page) ? "screen--missing" : "",
    title: card?.plain_name ?? "",
    hint: official ? t("kiosk.official_name", { name: official }) : "",
    body: html`
      ${page?.other_centre ? whichCentre(page.other_centre, does) : nothing}
      ${page ? scroller(guide(board, does, page), "service", does) : waiting(board)}
      <section class="answers" aria-label=${t("kiosk.take_number")}>${page ? answers(board, does, page) : nothing}</section>
    `,
  });
}

function waiting(board) {
  return html`<p class="scroller waiting" role="status">
    ${t(board.guide.state === "failed" ? "kiosk.service_failed" : "kiosk.loading_service")}
  </p>`;
}

/** The first question of triage. This hall's own centre is taken for granted, so that most people need not touch it. */
function whichCentre({ short, own_short: own }, does) {
  return html`
    <div class="centre" role="group" aria-label=${t("kiosk.centre_question")}>
      <span class="centre__question">${t("kiosk.centre_question")}</span>
      <span class="centre__own" aria-current="true">${own}</span>
      <button class="key" data-action="other-centre" @click=${does.openOtherCentre}>${short}</button>
      <button class="key" data-action="unsure-centre" @click=${does.openUnsureCentre}>${t("kiosk.centre_unsure")}</button>
    </div>
  `;
}

function guide(board, does, page) {
  return html`
    <div class="guide">
      <div class="guide__about">
        <p class="guide__summary">${page.summary}</p>
        <ul class="facts">
          <li>${t(page.minutes_are_estimate ? "kiosk.minutes_estimate" : "kiosk.minutes", { n: page.minutes })}</li>
          ${page.notice ? html`<li class="facts__notice">${page.notice}</li>` : nothing}
          ${page.time_limit ? html`<li>${page.time_limit}</li>` : nothing}
          ${page.left_today === null ? nothing : html`<li class="facts__notice">${leftToday(page.left_today)}</li>`}
        </ul>
        ${page.better_time ? betterTime(page) : nothing}
        ${rather(page.rather ?? [], does)}
      </div>
      <div class="guide__bring">
        <h2>${t("kiosk.bring")}</h2>
        ${papersView(board, does, page.materials)}
      </div>
      ${page.mistakes.length
        ? html`<div class="guide__mistakes">
            <h2>${t("kiosk.mistakes")}</h2>
            <ul class="mistakes">${page.mistakes.map((mistake) => html`<li>${mistake}</li>`)}</ul>
          </div>`
        : nothing}
      ${terms(page.terms ?? [])}
    </div>
  `;
}

/** Only where it saves much waiting: nobody is to be sent away for a few minutes. The code takes the whole week along. */
function betterTime(page) {
  return html`<div class="better">
    <img src="/when/${page.id}/qr.svg" alt="" width="96" height="96" />
    <p><strong>${page.better_time}</strong> <span class="soft">${t("kiosk.better_take_along")}</span></p>
  </div>`;
}

/** Questions of triage that change the way: whoever recognises themselves is one touch from the right service. */
function rather(questions, does) {
  if (!questions.length) return nothing;
  return html`<ul class="rather">
    ${questions.map(
      (one) => html`<li>
        <button class="key" data-rather=${one.service} @click=${() => does.ratherService(one.service)}>
          <span>${one.when}</span><strong>${t("kiosk.rather", { name: one.plain_name })}</strong>
        </button>
      </li>`,
    )}
  </ul>`;
}

function terms(known) {
  if (!known.length) return nothing;
  return html`<div class="terms">
    <h2>${t("kiosk.terms")}</h2>
    ${known.map(
      (one) => html`<details class="term"><summary class="key">${t("kiosk.term_what", { term: one.term })}</summary><p>${one.means}</p></details>`,
    )}
  </div>`;
}

/** Then the answers are others: nobody takes a number that the hall does not give. */
function isMissing(board, page) {
  return !page.not_in_force && !openingText(board) && missing(board).length > 0;
}

/** The one question of this screen: on one's own, or with company. Where the hall has no care zone, just the number. */
function answers(board, does, page) {
  if (page.not_in_force) return html`<p class="answers__closed">${page.not_in_force}</p>${helpButton(board, does, "bighelp")}`;
  const opening = openingText(board);
  if (opening) return html`<p class="answers__closed"><strong>${t("kiosk.greeting_closed")}</strong> ${opening}</p>`;
  if (isMissing(board, page)) return missingAnswers(board, does);
  const isBusy = isIssuing(board);
  const offer = careOffer(board);
  const all = hasAll(board) ? t("kiosk.have_all") : "";
  if (offer !== "open") {
    return html`
      ${offer === "closed" ? html`<p class="soft">${t("kiosk.care_closed")}</p>` : nothing}
      <div class="pair">
        <button class="answer answer--main" data-answer="no-care" ?disabled=${isBusy} @click=${() => does.answerCare(false)}>
          <strong>${t("kiosk.take_number")}</strong>${all ? html`<span>${all}</span>` : nothing}
        </button>
      </div>
    `;
  }
  const hint = hasTwoWays(board) ? "kiosk.care_no_way_hint" : "kiosk.care_no_hint";
  return html`
    <p class="answers__question"><strong>${t("kiosk.care_question")}</strong> <span class="soft">${t("kiosk.care_hint")}</span></p>
    <div class="pair">
      <button class="answer answer--main" data-answer="no-care" ?disabled=${isBusy} @click=${() => does.answerCare(false)}>
        <strong>${t("kiosk.care_no")}</strong><span>${[all, t(hint)].filter(Boolean).join(" · ")}</span>
      </button>
      <button class="answer answer--care" data-answer="care" ?disabled=${isBusy} @click=${() => does.answerCare(true)}>
        <strong>${heart} ${t("kiosk.care_yes")}</strong><span>${t("kiosk.care_yes_hint")}</span>
      </button>
    </div>
  `;
}

/** A quota is said before anybody has chosen. */
function leftToday(left) {
  return left > 0 ? t("kiosk.left_today", { n: left }) : t("kiosk.none_left_today");
}
