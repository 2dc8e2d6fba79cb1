// What lies behind a number: the tickets it counts; and the same figures by service.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { serviceName, zoneText } from "../staff/staff_words.js";
import { inMinutes, inPercent } from "./supervisor_zone_view.js";

const SERVICE_COLUMNS = [
  ["waiting", ({ waiting }) => waiting, "waiting"],
  ["longest", (row) => inMinutes(row.longest_wait_minutes), "waiting"],
  ["average", (row) => inMinutes(row.average_wait_minutes), "called"],
  ["p50", (row) => inMinutes(row.p50_wait_minutes), "called"],
  ["p90", (row) => inMinutes(row.p90_wait_minutes), "called"],
  ["level", (row) => inPercent(row.within_target), "called"],
  ["served", ({ served }) => served, "served"],
  ["abandoned", ({ abandoned }) => abandoned, "abandoned"],
  ["bounced", ({ bounced }) => bounced, "bounced"],
];

/** Every service somebody came for today; each number leads on to its tickets. */
export function drawServices({ board, here }, acts) {
  if (!board.services.length) return html`<p class="soft">${t("supervisor.day_empty")}</p>`;
  const cell = (row, [, value, figure]) => html`<td class="number">
    <button class="figure__open" type="button" @click=${() => acts.openFigure(figure, { service: row.service })}>${value(row)}</button>
  </td>`;
  return html`<div class="wall__scroll" tabindex="0">
    <table class="wall__table">
      <thead>
        <tr>
          <th scope="col">${t("supervisor.service")}</th>
          ${SERVICE_COLUMNS.map(([name]) => html`<th scope="col">${t(`supervisor.figure_${name}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${board.services.map(
          (row) => html`<tr data-service=${row.service}>
            <th scope="row">${serviceName(here.services, row.service)}</th>
            ${SERVICE_COLUMNS.map((column) => cell(row, column))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function drawFigure({ panel, here }, acts) {
  const { tickets, zone, service, figure } = panel;
  const of = zone ? zoneText(zoneOf(here.hall, zone)) : service ? serviceName(here.services, service) : t("supervisor.told_all");
  const what = html`<p class="soft">${t(`supervisor.behind_${figure}`, { of })}</p>`;
  if (!tickets) return html`${what}<p class="soft" role="status">${t("common.loading")}</p>`;
  if (!tickets.length) return html`${what}<p>${t("supervisor.behind_nobody")}</p>`;
  return html`${what}
    <div class="wall__scroll" tabindex="0">
      <ul class="wall__tickets">
        ${tickets.map((ticket) => drawTicket(ticket, here, acts))}
      </ul>
    </div>`;
}

function drawTicket(ticket, here, acts) {
  const zone = zoneOf(here.hall, ticket.zone);
  return html`<li data-ticket=${ticket.ticket} data-tone=${zone.tone}>
    <button class="staff-link number" type="button" @click=${() => acts.openStory(ticket.ticket)}>${ticket.ticket}</button>
    <span>${zoneShape(zone)} ${serviceName(here.services, ticket.service)}</span>
    <span class="number">${t("supervisor.behind_came", { time: hallTime(ticket.arrived_at) })}</span>
    <span class="number">${t("supervisor.behind_waited", { n: Math.round(ticket.wait_minutes) })}</span>
    <span>${t(`supervisor.stage_${ticket.stage}`)}${ticket.counter && ticket.stage !== "waiting" ? html` · ${t("common.counter", { counter: ticket.counter })}` : ""}</span>
    <span>${ticket.level ? t("supervisor.behind_mark", { n: ticket.level }) : ""}</span>
  </li>`;
}
