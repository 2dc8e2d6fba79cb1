// Beside the counter: who comes next, who stepped aside or was missed, and the officer's own day.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { flagsOf } from "../staff/staff_flags.js";
import { reasonText, serviceName } from "../staff/staff_words.js";
import { careMark } from "../staff/ticket_flags.js";
import { waitMark } from "../staff/wait_mark.js";
import { PARK_REASONS } from "./desk_board.js";

const MARKS_OF_ORDER = ["first", "law", "booked"];

/** The one before it in the list, or after it for the first: whom "why here?" compares it with. */
const neighbourOf = (next, place) => (place > 0 ? next[place - 1] : next[1])?.ticket ?? null;

export function drawNext({ board, here, counter }, acts) {
  return html`<section class="desk-list">
    <h2 class="desk-list__head">${t("desk.next_head")} <span class="number">${t("desk.people", { n: board.waiting })}</span></h2>
    ${board.next.length
      ? html`<ol class="desk-rows">
          ${board.next.map(
            (ticket, place) => html`<li>
              <button
                type="button"
                class="desk-row"
                data-first=${place === 0 ? "yes" : "no"}
                data-row=${ticket.ticket}
                @click=${() => acts.openRow(ticket.ticket, neighbourOf(board.next, place))}
              >
                <span class="desk-row__number number">${ticket.ticket}</span>
                ${careMark(ticket)} ${ticket.zone === counter.zone ? nothing : zoneShape(zoneOf(here.hall, ticket.zone))}
                ${rowMark(ticket, counter, here)}
                <span class="desk-row__service">${serviceName(here.services, ticket.service)}</span>
                ${waitMark(ticket, here.hall.limits, here.now())}
              </button>
            </li>`,
          )}
        </ol>`
      : html`<p class="desk-list__empty soft">${t("desk.next_empty")}</p>`}
  </section>`;
}

/** The one mark that says why somebody stands where they stand; whoever is kept for this desk comes before all others. */
function rowMark(ticket, counter, here) {
  if (isMine(ticket, counter, here.session)) return html`<span class="desk-row__mark desk-row__mark--mine">${t("desk.for_me")}</span>`;
  const mark = MARKS_OF_ORDER.find((flag) => flagsOf(ticket).includes(flag));
  return mark ? html`<span class="desk-row__mark">${t(`staff.flag_${mark}`, { time: hallTime(ticket.slot) })}</span>` : nothing;
}

/** Asked to come back to this counter, or to this officer wherever they sit. */
export const isMine = (ticket, counter, { person }) => ticket.for_counter === counter.id || ticket.for_officer === person;

export function drawAway({ board, here, counter }, acts) {
  if (!board.away.length) return nothing;
  const busy = here.presses.isAnyBusy() || board.stage !== "free";
  return html`<section class="desk-list">
    <h2 class="desk-list__head">${t("desk.away_head")} <span class="number">${t("desk.people", { n: board.away.length })}</span></h2>
    <ul class="desk-rows">
      ${board.away.map(
        (ticket) => html`<li class="desk-row">
          <span class="desk-row__number number">${ticket.ticket}</span>
          ${careMark(ticket)} ${isMine(ticket, counter, here.session) ? html`<span class="desk-row__mark desk-row__mark--mine">${t("desk.for_me")}</span>` : nothing}
          <span class="desk-row__service desk-row__service--whole">${t(`common.stage_${ticket.stage}`)}${awayWhy(ticket)}</span>
          <button
            class="staff-tool"
            type="button"
            aria-label="${t("desk.call_back")} ${ticket.ticket}"
            ?disabled=${busy}
            @click=${() => acts.callBack(ticket.ticket)}
          >
            ${t("desk.call_back")}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** Booked for about now and not here yet: half hour by half hour, no names and no codes. */
export function drawDue({ due, here }) {
  if (!due.length) return nothing;
  const many = due.reduce((sum, { bookings }) => sum + bookings, 0);
  return html`<section class="desk-list">
    <h2 class="desk-list__head">${t("desk.due_head")} <span class="number">${t("desk.people", { n: many })}</span></h2>
    <ul class="desk-rows">
      ${due.map(
        ({ slot, service, bookings }) => html`<li class="desk-row">
          <span class="desk-row__number number">${hallTime(slot)}</span>
          <span class="desk-row__service">${serviceName(here.services, service)}</span>
          <span class="number">${t("desk.people", { n: bookings })}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function awayWhy(ticket) {
  if (ticket.stage === "parked" && ticket.reason) return ` · ${reasonText(ticket.reason, [...PARK_REASONS, "minutes"])}`;
  return ticket.missed_at ? ` · ${hallTime(ticket.missed_at)}` : "";
}

/** Own marks of whole weeks, in sum; below the hall's least number it says only that. */
export function drawMarks({ marks }) {
  if (!marks) return nothing;
  const { now, before, least } = marks;
  if (now.count === null) return html`<p class="desk-marks soft">${t("desk.marks_few", { n: least })}</p>`;
  const earlier = before.count === null ? nothing : html` · ${t("desk.marks_before", { average: before.average })}`;
  const thanks = now.levels?.[5] ? html`<br />♥ ${t("desk.thanks", { n: now.levels[5] })}` : nothing;
  return html`<p class="desk-marks soft">${t("desk.marks", { average: now.average, n: now.count })}${earlier}${thanks}</p>`;
}

export function drawDay({ day }) {
  if (!day) return nothing;
  const average = day.average_service_minutes;
  return html`<p class="desk-day soft">
    ${t("desk.day_served", { n: day.served })}${average ? ` · ${t("desk.day_average", { n: average })}` : nothing}
    ${day.average_wait_minutes === null
      ? nothing
      : html`<br />${t("desk.day_waits", { n: Math.round(day.average_wait_minutes), most: Math.round(day.longest_wait_minutes) })}`}
  </p>`;
}
