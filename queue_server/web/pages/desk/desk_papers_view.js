// The service at hand: its checklist in plain and official words, and beside it what to tell, to watch and to say.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { phrasesFor } from "./desk_guide.js";
import { KEYS } from "./desk_keys.js";

export function drawPapers(state, acts) {
  const { guide, board } = state;
  if (!guide) return nothing;
  const { ticket } = board;
  return html`
    <section class="desk-checklist" aria-label=${t("desk.papers")}>
      <h3 class="desk-papers__head">${t("desk.papers")}${starOf(guide.papers)}</h3>
      <ul class="desk-papers__list" tabindex="0">
        ${guide.papers.map((paper) => paperRow(paper, ticket, state.seen, acts))}
      </ul>
    </section>
    ${drawNotices(state, acts)}
  `;
}

/** What the visitor said to be missing stands out: the counter can ask for that first. */
function paperRow(paper, ticket, seen, acts) {
  const isSeen = seen.has(paper.code);
  const when = paper.required === "must" ? nothing : html` <small class="soft">${paper.when || t("desk.paper_if")}</small>`;
  const official = paper.official_name ? html`<small class="desk-official-name soft" lang="zh-CN">${paper.official_name}</small>` : nothing;
  return html`<li>
    <button type="button" class="desk-paper" aria-pressed=${isSeen ? "true" : "false"} @click=${() => acts.tick(paper.code)}>
      <span class="desk-paper__box" aria-hidden="true">${isSeen ? "☑" : "☐"}</span>
      <span
        >${ticket.missing?.includes(paper.code) && !isSeen
          ? html`<strong class="desk-missing">${t("desk.paper_missing")}</strong> `
          : nothing}${paper.name}${star(paper)}${when}${official}</span
      >
    </button>
  </li>`;
}

/** Risks to tell and mistakes to watch, with the one key that says so was done; then words that help. */
export function drawNotices({ guide, notices, board }, acts) {
  const phrases = phrasesFor(guide, board.ticket);
  const isAsked = notices.open > 0 && ["serving", "held"].includes(board.ticket.stage);
  return html`<section class="desk-notices" aria-label=${t("desk.notices")} tabindex="0">
    ${isAsked ? html`<div class="desk-notices__know">${knowButton(acts)}</div>` : nothing} ${phrases.map((phrase) => html`<p class="desk-phrase">“${board.ticket.language === "en" ? phrase.words.en : phrase.words.zh}”</p>`)}
    ${notices.risks.length ? risksOf(notices.risks) : nothing}
    ${notices.mistakes.length ? mistakesOf(notices.mistakes) : nothing}
  </section>`;
}

export const risksOf = (risks) => html`<h3 class="desk-papers__head">${t("desk.risks")}${starOf(risks)}</h3>
  <ul class="desk-risks">
    ${risks.map((risk) => html`<li data-told=${risk.told ? "yes" : "no"}><span aria-hidden="true">${risk.told ? "✓" : "▲"}</span> ${risk.text}${star(risk)}</li>`)}
  </ul>`;

export const mistakesOf = (mistakes) => html`<h3 class="desk-papers__head">${t("desk.mistakes")}${starOf(mistakes)}</h3>
  <ul class="desk-mistakes">
    ${mistakes.map((one) => html`<li>${one.text}${star(one)}</li>`)}
  </ul>`;

export const knowButton = (acts) => html`<button class="desk-know" type="button" aria-keyshortcuts=${KEYS.know} @click=${() => acts.verb("know")}>
  ${t("desk.know")} <kbd aria-hidden="true">${KEYS.know}</kbd>
</button>`;

/** What the centre has not confirmed carries a star, which the heading explains. */
const star = (said) => (said.confirmed ? nothing : html`<span class="desk-star" aria-hidden="true">*</span>`);

const starOf = (all) =>
  all.every((one) => one.confirmed) ? nothing : html` <small class="desk-star">* ${t("common.notice_unconfirmed")}</small>`;
