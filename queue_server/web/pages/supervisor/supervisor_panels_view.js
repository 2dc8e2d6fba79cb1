// What lies over the wall: bookings, why one number goes before another, what people decided, closing the day.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { drawBookings } from "../staff/bookings_view.js";
import { drawOrder } from "../staff/order_view.js";
import { serviceName } from "../staff/staff_words.js";
import { drawEarlier } from "../staffing/advice_view.js";
import { drawWhatIf } from "../staffing/what_if_view.js";
import { drawAlertsToday, drawOneAlert } from "./supervisor_alerts_view.js";
import { drawFigure, drawServices } from "./supervisor_figures_view.js";
import { drawNotices } from "./supervisor_notices_view.js";
import { drawRepairs } from "./supervisor_repairs_view.js";
import { drawDayField, drawStory, drawStoryQuestion } from "./supervisor_story_view.js";
import { drawToday } from "./supervisor_today_view.js";
import { drawTold } from "./supervisor_told_view.js";

export function drawPanel(state, acts) {
  const { panel } = state;
  if (!panel) return nothing;
  return html`<dialog class="wall__dialog wall__dialog--wide" data-panel=${panel.kind} aria-labelledby="panel-head" @close=${acts.closePanel}>
    <header class="wall__panel-head">
      <h2 id="panel-head">${t(`supervisor.tool_${panel.kind}`)}</h2>
      <button class="staff-tool" type="button" @click=${acts.closePanel}>${t("common.close")}</button>
    </header>
    ${PANELS[panel.kind](state, acts)}
  </dialog>`;
}

const PANELS = {
  advice: ({ here, advice }) => drawEarlier(advice, { here }),
  what_if: ({ panel, here }) => drawWhatIf(panel.whatIf, { here }),
  bookings: ({ panel, here }) => drawBookings(panel.bookings, { here, mayImport: true }),
  order: (state, acts) => drawCompare(state, acts),
  changes: (state) => drawChanges(state),
  told: (state) => drawTold(state),
  notices: drawNotices,
  today: drawToday,
  services: drawServices,
  figure: drawFigure,
  story: drawStory,
  repairs: drawRepairs,
  alert: drawOneAlert,
  alerts: drawAlertsToday,
  close_day: (state, acts) => drawDayQuestion(state, acts, "close"),
  reopen_day: (state, acts) => drawDayQuestion(state, acts, "reopen"),
};

function drawCompare({ panel, here, trouble }, acts) {
  const send = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    acts.explain(given.get("first"), given.get("second"), given.get("day"));
  };
  const field = (name) => html`<label>
    <span>${t(`supervisor.order_${name}`)}</span>
    <input class="field number" name=${name} required maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck="false" />
  </label>`;
  return html`
    <form class="wall__compare wall__compare--day" @submit=${send}>
      ${field("first")} ${field("second")} ${drawDayField(here)}
      <button class="button button--main" type="submit">${t("supervisor.order_ask")}</button>
    </form>
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    ${panel.explained ? drawOrder(panel.explained) : html`<p class="soft">${t("supervisor.order_hint")}</p>`}
    ${drawStoryQuestion(here, acts)}
  `;
}

function drawChanges({ board, here }) {
  const { bounces, overrides, moves } = board.changes;
  const zone = (id) => pick(zoneOf(here.hall, id).name);
  return html`
    ${drawCounts("bounces", bounces.map(({ service, n }) => [serviceName(here.services, service), n]))}
    ${drawCounts("overrides", overrides.map((each) => [`${t("supervisor.not_to", { zone: zone(each.zone) })} · ${reasonWord(each.reason)}`, each.n]))}
    ${drawCounts("moves", moves.map((each) => [`${t(`staff.position_${each.position}`)} · ${reasonWord(each.reason)}`, each.n]))}
  `;
}

/** In words where it is one of ours; what came by the API stands as it was given. */
function reasonWord(reason) {
  if (!reason) return t("supervisor.reason_none");
  const words = t(`staff.why_${reason}`);
  return words === `staff.why_${reason}` ? reason : words;
}

function drawCounts(name, rows) {
  return html`<section class="wall__counts">
    <h3>${t(`supervisor.changes_${name}`)}</h3>
    ${rows.length
      ? html`<ul>
          ${rows.map(([words, n]) => html`<li><span>${words}</span><strong class="number">${n}</strong></li>`)}
        </ul>`
      : html`<p class="soft">${t("supervisor.changes_none")}</p>`}
  </section>`;
}

function drawDayQuestion({ here, board, trouble }, acts, what) {
  return html`
    <p>${t(`supervisor.${what}_day_means`, { n: board.all.waiting })}</p>
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    <div class="wall__answers">
      <button class="button button--quiet" type="button" @click=${acts.closePanel}>${t("common.cancel")}</button>
      <button
        class="button ${what === "close" ? "button--warn" : "button--main"}"
        type="button"
        data-act=${what}
        ?disabled=${here.presses.isBusy("day")}
        @click=${() => acts.changeDay(what)}
      >
        ${t(`supervisor.tool_${what}_day`)}
      </button>
    </div>
  `;
}
