// Draws the far wall: each zone's people and longest wait, and the most urgent alerts.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallClock, hallTime } from "/common/clock.js";
import { emergencyBand } from "/common/emergency.js";
import { pick, t } from "/common/words.js";
import { zoneName, zoneOf } from "/common/zones.js";
import { againstTarget, inMinutes } from "./supervisor_zone_view.js";

export function drawWallOpening(trouble) {
  return html`<main class="far__opening" aria-busy="true"><p role="status">${trouble || t("common.loading")}</p></main>`;
}

export function drawWall({ hall, board, trouble }) {
  const { all } = board;
  const danger = emergencyBand(board.notices, hallClock.now());
  return html`
    <header class="far__head ${danger === nothing ? "" : "with-emergency"}">
      ${danger}
      <h1>${pick(hall.name)}</h1>
      <p data-dims>
        <span>${t("supervisor.sum_desks", { open: all.open_desks, counters: all.counters })}</span>
        <span>${t("supervisor.sum_waiting", { n: all.waiting })}</span>
        <span>${t("supervisor.sum_served", { n: all.served })}</span>
      </p>
      <time class="number">${hallTime(hallClock.now())}</time>
    </header>
    <main class="far__zones" data-dims>${board.zones.map((zone) => drawZone(zone, hall))}</main>
    <section class="far__alerts" aria-label=${t("supervisor.alerts")} data-dims>${drawAlerts(board)}</section>
    ${trouble ? html`<p class="far__trouble" role="status">▲ ${trouble}</p>` : nothing}
  `;
}

function drawZone(figures, hall) {
  const zone = zoneOf(hall, figures.zone);
  const small = (name, value) => html`<div><dt>${t(`supervisor.figure_${name}`)}</dt><dd class="number">${value}</dd></div>`;
  return html`<article class="far-zone" data-tone=${zone.tone} data-zone=${zone.id}>
    <h2>${zoneName(zone)}${figures.closed ? html` <span class="far-zone__closed">◆ ${t("supervisor.zone_is_closed")}</span>` : nothing}</h2>
    <dl class="far-zone__heroes">
      <div><dt>${t("supervisor.figure_waiting")}</dt><dd class="far__digits number">${figures.waiting}</dd></div>
      <div data-level=${figures.waitLevel}>
        <dt>${figures.waitLevel === "act" ? "▲ " : ""}${t("supervisor.figure_longest")}</dt>
        <dd class="far__digits number">${inMinutes(figures.longest_wait_minutes)}</dd>
      </div>
    </dl>
    <dl class="far-zone__small">
      ${small("p90", inMinutes(figures.p90_wait_minutes))} ${small("level", againstTarget(figures.within_target, hall.limits))}
      ${small("desks", `${figures.open_desks}/${figures.counters}`)}
    </dl>
  </article>`;
}

function drawAlerts({ shown, more }) {
  if (!shown.length) return html`<p class="far__none">○ ${t("supervisor.alerts_none")}</p>`;
  return html`<ul>
      ${shown.map(
        (alert) => html`<li data-level=${alert.level} data-kind=${alert.kind}>
          <span aria-hidden="true">${alert.level === "act" ? "▲" : "◆"}</span><strong>${pick(alert.text)}</strong>
          <span class="soft">${alert.taken ? t("supervisor.alert_taken") : ""}</span>
        </li>`,
      )}
    </ul>
    ${more ? html`<p class="far__more">${t("supervisor.alerts_more", { n: more })}</p>` : nothing}`;
}
