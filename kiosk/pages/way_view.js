// Coaching online or the staffed counter: two equal buttons with zone, wait, people waiting and what it means.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { waitText } from "/common/waits.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { pick, t } from "/common/words.js";
import { choicesNow, guidePage, isFree, isIssuing } from "./kiosk_board.js";
import { helpButton, screen } from "./view_parts.js";

export function wayView(board, does) {
  const choices = choicesNow(board);
  const isAllClosed = choices.every((choice) => choice.closed);
  return screen(board, does, {
    name: "way",
    title: t("kiosk.way_question"),
    hint: isAllClosed ? t("kiosk.way_all_closed") : t("kiosk.way_hint"),
    above: isAllClosed ? nothing : advice(board, choices),
    body: html`
      <div class="ways">${choices.map((choice) => wayButton(board, does, choice))}</div>
      ${isAllClosed ? helpButton(board, does, "bighelp") : nothing}
    `,
  });
}

/** Where the catalogue would go, and why. Only words: both buttons stay equal, and the visitor decides. */
function advice(board, choices) {
  const { zone_advice: advised, zone_reason: reason } = guidePage(board) ?? {};
  const choice = choices.find(({ zone }) => zone === advised);
  if (!choice || choice.closed || !reason) return nothing;
  return html`<p class="advice">${t("kiosk.way_advice", { way: t(`kiosk.way_${choice.way}`), reason })}</p>`;
}

function wayButton(board, does, choice) {
  const zone = zoneOf(board.hall, choice.zone);
  return html`
    <button
      class="way"
      data-way=${choice.way}
      data-tone=${zone.tone}
      ?disabled=${choice.closed || isIssuing(board)}
      @click=${() => does.takeNumber(choice.way)}
    >
      <span class="way__zone">${zoneShape(zone)}<span>${pick(zone.name)}</span></span>
      <strong class="way__name">${t(`kiosk.way_${choice.way}`)}</strong>
      <span class="way__means">${t(`kiosk.way_${choice.way}_means`)}</span>
      ${choice.closed
        ? html`<span class="way__closed">${choice.notice || t("kiosk.way_closed")}</span>`
        : html`<span class="way__now">${now(board, choice)}</span>
            ${choice.promise === "certain" ? nothing : html`<span class="way__promise">${t(`kiosk.before_${choice.promise}`)}</span>`}
            <span class="way__verb">${t("kiosk.way_choose")}</span>`}
    </button>
  `;
}

function now(board, choice) {
  if (board.isLineLost) return t("kiosk.wait_old");
  if (isFree(choice)) return html`<strong>${t("kiosk.wait_none")}</strong>`;
  const people = t("kiosk.waiting_people", { n: choice.waiting });
  if (!choice.wait) return html`<strong>${people}</strong>`;
  return html`<strong class="number">${waitText(choice.wait)}</strong><span>${people}</span>`;
}
