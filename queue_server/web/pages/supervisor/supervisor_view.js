// Draws the supervisor's wall: the hall in one line, its zones, the day, what wants a glance, the desks.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { currentLanguage, t } from "/common/words.js";
import { zoneName, zoneOf } from "/common/zones.js";
import { staffHeader } from "../staff/staff_header.js";
import { drawHelp } from "../staffing/advice_view.js";
import { drawAlerts } from "./supervisor_alerts_view.js";
import { drawDesks } from "./supervisor_desks_view.js";
import { drawFoot } from "./supervisor_foot_view.js";
import { drawPanel } from "./supervisor_panels_view.js";
import { drawZone, drawZoneQuestion } from "./supervisor_zone_view.js";

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy="true">
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
  </main>`;
}

export function drawSupervisor(state, acts) {
  const { here, board } = state;
  return html`
    ${staffHeader({
      hall: here.hall,
      session: here.session,
      notices: here.floor?.notices,
      place: html`<h1 class="staff-header__title">${t("supervisor.now")}</h1>`,
      tools: html`${drawSums(board, acts)} ${drawTools(board, state, acts)}`,
    })}
    <main class="wall__main">
      <section class="wall__zones" aria-label=${t("supervisor.zones")} data-dims>
        ${board.zones.map((zone) => drawZone(zone, state, acts))}
      </section>
      <section class="wall__day card" aria-labelledby="day-head" data-dims>${drawDay(state)}</section>
      <aside class="wall__side card" data-dims>
        ${drawHelp(state)} ${drawAlerts(state, acts)} ${drawFoot(board, acts)}
      </aside>
      <section class="wall__desks card" aria-label=${t("supervisor.desks")} data-dims>${drawDesks(state, acts)}</section>
    </main>
    <div class="wall__says" role="status" aria-live="polite">${drawSays(state)}</div>
    ${drawZoneQuestion(state, acts)} ${drawPanel(state, acts)}
  `;
}

const AT_HAND = ["today", "notices"]; // acts for a rush; what is read at leisure lies under “more”
const MORE = ["what_if", "services", "bookings", "order", "changes"];

/** Under “more”, but at hand while numbers that kiosks gave alone want a look. */
function kiosksLink(toLookAt) {
  const mark = html` <strong class="wall__new">${toLookAt}<span class="only-read"> ${t("supervisor.tool_kiosks_new")}</span></strong>`;
  return html`<a class="staff-tool" href=${`/supervisor/kiosks?lang=${currentLanguage()}`}>${t("supervisor.tool_kiosks")}${toLookAt ? mark : nothing}</a>`;
}

function drawTools({ isDayOver, keptToLookAt }, { here, advice }, acts) {
  const tool = (panel, mark = "") => html`<button class="staff-tool" type="button" data-panel=${panel} @click=${(event) => openTool(event, panel, acts)}>
    ${t(`supervisor.tool_${panel}`)}${mark}
  </button>`;
  const hanging = here.floor.notices.length;
  const isAdvised = Boolean(advice?.shown.advices?.earlier.length);
  return html`<div class="wall__tools">
    ${AT_HAND.map((panel) => tool(panel, panel === "notices" && hanging ? html` <span class="number">${hanging}</span>` : ""))}
    ${keptToLookAt ? kiosksLink(keptToLookAt) : nothing}
    <details class="wall__more">
      <summary class="staff-tool">${t("supervisor.more")}</summary>
      <div class="wall__more-list">
        ${[...(isAdvised ? ["advice"] : []), ...MORE, isDayOver ? "reopen_day" : "close_day"].map((panel) => tool(panel))}
        <a class="staff-tool" href=${`/staffing?lang=${currentLanguage()}`}>${t("staffing.plan")}</a>
        ${keptToLookAt ? nothing : kiosksLink(0)}
        <a class="staff-tool" href=${`/supervisor/devices?lang=${currentLanguage()}`}>${t("supervisor.tool_devices")}</a>
        <a class="staff-tool" href=${`/by-hand?lang=${currentLanguage()}`}>${t("supervisor.tool_by_hand")}</a>
        <a class="staff-tool" href=${`/supervisor/film?lang=${currentLanguage()}`}>${t("supervisor.tool_film")}</a>
        <a class="staff-tool" href=${`/supervisor/wall?lang=${currentLanguage()}`} target="_blank" rel="noopener">${t("supervisor.wall_open")}</a>
        <a class="staff-tool" href=${`/history?lang=${currentLanguage()}`}>${t("supervisor.tool_history")}</a>
      </div>
    </details>
  </div>`;
}

function openTool({ target }, panel, acts) {
  target.closest("details")?.removeAttribute("open");
  acts.openPanel(panel);
}

function openSum(figure, words, acts) {
  return html`<button class="figure__open" type="button" data-figure=${figure} @click=${() => acts.openFigure(figure, {})}>${words}</button>`;
}

function drawSums({ all }, acts) {
  return html`<ul class="wall__sums" data-dims>
    <li>${t("supervisor.sum_desks", { open: all.open_desks, counters: all.counters })}</li>
    <li>${openSum("waiting", t("supervisor.sum_waiting", { n: all.waiting }), acts)}</li>
    <li>${openSum("served", t("supervisor.sum_served", { n: all.served }), acts)}</li>
  </ul>`;
}

function drawDay({ here, board, chartText }) {
  return html`
    <div class="wall__head">
      <h2 id="day-head">${t("supervisor.day")}</h2>
      <span class="soft">${t(board.isForeseen ? "supervisor.day_and_ahead" : "supervisor.day_more")}</span>
      <span class="wall__legend">${here.hall.zones.map((zone) => zoneName(zone))}</span>
    </div>
    ${board.isEmptyDay ? html`<p class="wall__empty soft">${t("supervisor.day_empty")}</p>` : nothing}
    <div class="wall__chart" id="chart" role="img" aria-label=${chartText}></div>
  `;
}

function drawSays({ here, trouble, measuresTrouble }) {
  if (here.presses.kept) return html`<p class="wall__toast">◆ ${t("staff.press_kept")}</p>`;
  if (trouble) return html`<p class="wall__toast wall__toast--act">▲ ${trouble}</p>`;
  return measuresTrouble ? html`<p class="wall__toast">◆ ${measuresTrouble}</p>` : nothing;
}

/** The chart in a sentence, for who cannot see it. */
export function sayChart(board, hall) {
  if (board.isEmptyDay) return t("supervisor.day_empty");
  const parts = board.zones.map((zone) => `${zoneText(hall, zone.zone)} ${zone.waiting}`);
  const now = t("supervisor.chart_says", { zones: parts.join(t("supervisor.list_comma")) });
  return board.isForeseen ? `${now}${sayAhead(board.ahead, hall)}` : now;
}

/** Array.at is newer than the oldest browser of a hall. */
const last = (values) => values[values.length - 1];

function sayAhead({ times, zones }, hall) {
  const parts = Object.entries(zones).map(([zone, { p50, p90 }]) => `${zoneText(hall, zone)} ${last(p50)}–${last(p90)}`);
  return t("supervisor.chart_ahead", { time: hallTime(last(times)), zones: parts.join(t("supervisor.list_comma")) });
}

function zoneText(hall, id) {
  const { name } = zoneOf(hall, id);
  return document.documentElement.lang === "en" ? name.en : name.zh;
}
