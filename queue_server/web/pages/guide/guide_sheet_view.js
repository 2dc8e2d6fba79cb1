// The ticket at hand: who, where, and where to. Zones are one touch away; services and counters one deeper.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneChip, zoneOf, zoneShape } from "/common/zones.js";
import { serviceName, whereText } from "../staff/staff_words.js";
import { careMark, ticketFlags } from "../staff/ticket_flags.js";
import { transferTargets } from "../staff/staff_targets.js";
import { waitMark } from "../staff/wait_mark.js";
import { drawServiceSearch } from "./guide_issue_view.js";
import { drawOrder } from "../staff/order_view.js";
import { MOVE_REASONS, POSITIONS, PUT_FIRST_REASONS } from "../staff/staff_moves.js";
import { onPaper } from "../staff/staff_paper.js";
import { effectOf } from "./guide_moving.js";
import { drawEffect } from "./guide_moving_view.js";
import { drawMaterials } from "./guide_materials_view.js";
import { drawSeats } from "./guide_seats_view.js";
import { secondsUntil } from "../staff/staff_wait.js";
import { mayDo, neighboursOf, wasCalledMeanwhile } from "./guide_board.js";

export function drawSheet(state, acts) {
  const { sheet, here } = state;
  const ticket = sheet.now;
  return html`<section class="sheet" aria-label=${t("guide.ticket_at_hand")}>
    <header class="sheet__head">
      <h2 class="sheet__number number" tabindex="-1">${ticket.ticket} ${onPaper(ticket)}</h2>
      ${ticket.stage === "waiting" ? waitMark(ticket, here.hall.limits, here.now()) : nothing}
      <button class="staff-tool sheet__close" type="button" @click=${acts.closeAll}>${t("common.close")}</button>
    </header>
    <div class="sheet__body">
      ${drawFacts(ticket, here)} ${mayDo(ticket).reprint ? drawSeats(ticket, here, acts) : nothing} ${drawNotice(state)}
      ${mayDo(ticket).move ? LEVELS[sheet.level](state, acts) : nothing}
    </div>
  </section>`;
}

function drawFacts(ticket, here) {
  return html`
    <p class="sheet__where">${zoneChip(zoneOf(here.hall, ticket.zone))} <strong>${whereText(ticket)}</strong> ${careMark(ticket, true)}</p>
    <p>${serviceName(here.services, ticket.service)}</p>
    <p class="soft">
      ${t("guide.arrived", { time: hallTime(ticket.first_arrival_at) })}${aheadText(ticket, here)}
    </p>
    ${ticketFlags(ticket)} ${drawPlan(ticket, here)}
  `;
}

/** What the visit wants after this, and how long all of it is likely to take in waiting. */
function drawPlan(ticket, here) {
  if (!ticket.services_to_do?.length) return nothing;
  const names = ticket.services_to_do.map((service) => serviceName(here.services, service)).join(t("staff.list_comma"));
  const total = here.floor.waits[ticket.ticket]?.total;
  return html`<p>${t("staff.then", { services: names })}${total ? html`<br /><span class="soft">${t("staff.total_wait")} ${waitText(total)}</span>` : nothing}</p>`;
}

function aheadText(ticket, here) {
  const wait = here.floor.waits[ticket.ticket];
  if (ticket.stage !== "waiting" || !wait) return "";
  return ` · ${t("guide.ahead_now", { n: wait.ahead })} · ${waitText(wait.wait)}`;
}

/** Kindly: a call came between opening the sheet and choosing; or the hall refused. */
function drawNotice({ sheet, trouble }) {
  if (trouble) return html`<p class="note note--act" role="alert">▲ ${trouble}</p>`;
  if (!wasCalledMeanwhile(sheet.stage, sheet.now)) return nothing;
  return html`<p class="note note--look" role="alert">
    ◆ ${t("guide.called_meanwhile", { ticket: sheet.ticket, counter: sheet.now.counter })}
  </p>`;
}

const LEVELS = {
  zones: (state, acts) => drawZones(state, acts),
  services: ({ sheet, here, prospects }, acts) => html`
    <h3 class="sheet__ask">${t("staff.change_service")}</h3>
    ${drawServiceSearch(sheet, here, (service) => acts.moveOne({ service: service.id }), acts, sheet.now.service, ({ id }) =>
      drawEffect(effectOf(prospects, { service: id })),
    )}
    ${backButton(acts)}
  `,
  counters: (state, acts) => drawCounters(state, acts),
  officers: (state, acts) => drawOfficers(state, acts),
  add: ({ sheet, here }, acts) => html`
    <h3 class="sheet__ask">${t("guide.add_what")}</h3>
    ${drawServiceSearch(sheet, here, acts.addService, acts, sheet.now.service)} ${backButton(acts)}
  `,
  materials: (state, acts) => drawMaterials(state, acts),
  why: (state, acts) => drawWhy(state, acts),
  printers: (state, acts) => drawPrinters(state, acts),
  leave: ({ sheet, here }, acts) => html`
    <h3 class="sheet__ask">${t("guide.leave_sure", { ticket: sheet.ticket })}</h3>
    <button class="button button--warn" type="button" ?disabled=${here.presses.isBusy(`leave-${sheet.ticket}`)} @click=${() => acts.leave(sheet.ticket)}>
      ${t("guide.leave_yes")}
    </button>
    ${backButton(acts)}
  `,
};

const backButton = (acts) =>
  html`<button class="button button--quiet" type="button" @click=${() => acts.level("zones")}>${t("common.back")}</button>`;

function drawZones({ sheet, here, prospects }, acts) {
  const ticket = sheet.now;
  const may = mayDo(ticket);
  const busy = here.presses.isAnyBusy();
  return html`
    ${may.bringBack
      ? html`<button class="button button--main" type="button" ?disabled=${busy} @click=${() => acts.bringBack(ticket.ticket)}>
          ${t("guide.bring_back_long")}
        </button>`
      : nothing}
    ${may.callAgain ? drawCallAgain(ticket, here, acts) : nothing}
    <h3 class="sheet__ask">${t("guide.move_to")}</h3>
    ${drawHow(sheet.how, acts)}
    <div class="sheet__targets">
      ${transferTargets({ hall: here.hall, floor: here.floor, ticket }).zones.map((target) =>
        zoneTarget(target, busy || sheet.how.why === null, prospects, acts),
      )}
    </div>
    <div class="sheet__more">
      <button class="button button--quiet" type="button" @click=${() => acts.level("counters")}>${t("staff.change_counter")}</button>
      <button class="button button--quiet" type="button" @click=${() => acts.level("services")}>${t("staff.change_service")}</button>
      <button class="button button--quiet" type="button" @click=${() => acts.level("officers")}>${t("staff.change_officer")}</button>
      ${may.addService
        ? html`<button class="button button--quiet" type="button" @click=${() => acts.level("add")}>${t("guide.add")}</button>`
        : nothing}
      <button class="button button--quiet" type="button" @click=${() => acts.level("printers")}>${t("guide.reprint")}</button>
      <button class="button button--quiet" type="button" @click=${() => acts.openMaterials()}>${t("guide.materials")}</button>
      ${may.minutes
        ? html`<button class="button button--quiet" type="button" ?disabled=${busy} @click=${() => acts.giveMinutes(ticket.ticket)}>${t("guide.minutes")}</button>`
        : nothing}
      ${may.isHere
        ? html`<button class="button button--quiet" type="button" ?disabled=${busy} @click=${() => acts.confirmHere(ticket.ticket)}>
            ${t("guide.here")}
          </button>`
        : nothing}
      ${may.why
        ? html`<button class="button button--quiet" type="button" @click=${() => acts.why()}>${t("staff.why_order")}</button>`
        : nothing}
      ${may.leave
        ? html`<button class="button button--quiet" type="button" @click=${() => acts.level("leave")}>${t("guide.leave")}</button>`
        : nothing}
    </div>
  `;
}

/** A lost visitor: the number once more, on screens and by voice, as soon as somebody could have crossed the hall. */
function drawCallAgain(ticket, here, acts) {
  const seconds = secondsUntil(ticket.recall_from, here.now());
  return html`<button
    class="button button--main"
    type="button"
    ?disabled=${seconds > 0 || here.presses.isBusy(`recall-${ticket.ticket}`)}
    @click=${() => acts.callAgain(ticket.ticket)}
  >
    ${t("guide.call_again")} ${seconds > 0 ? html`<span class="number">${t("guide.in_seconds", { n: seconds })}</span>` : nothing}
  </button>`;
}

/** Why, in one touch, what is usual chosen already; and where in line, which unfolds. Going first needs a reason of its own. */
function drawHow(how, acts) {
  const reasons = how.position === "first" ? PUT_FIRST_REASONS : MOVE_REASONS;
  return html`
    ${optionsRow("why", reasons, how.why, (why) => acts.how({ why }))}
    ${how.why === null ? html`<p class="sheet__hint">◆ ${t("guide.first_needs_reason")}</p>` : nothing}
    ${how.isOpen
      ? optionsRow("position", POSITIONS, how.position, (position) => acts.how({ position }))
      : html`<p class="sheet__how">
          <span>${t("guide.keeps_arrival_short")}</span>
          <button class="staff-link" type="button" @click=${() => acts.how({ isOpen: true })}>${t("guide.change_how")}</button>
        </p>`}
  `;
}

function optionsRow(name, values, chosen, choose) {
  return html`<div class="options__row options__row--small ${name === "why" ? "sheet__whys" : ""}" role="group" aria-label=${t(`guide.how_${name}`)}>
    ${values.map(
      (value) => html`<button
        type="button"
        class="option option--small"
        data-value=${value}
        aria-pressed=${value === chosen ? "true" : "false"}
        @click=${() => choose(value)}
      >
        ${t(`staff.${name}_${value}`)}
      </button>`,
    )}
  </div>`;
}

function drawWhy({ sheet, here }, acts) {
  const others = neighboursOf(here.floor, sheet.now);
  return html`
    <h3 class="sheet__ask">${t("staff.why_order")}</h3>
    ${others.length
      ? html`<div class="options__row options__row--small" role="group" aria-label=${t("guide.compare_with")}>
          ${others.map(
            (other) => html`<button
              type="button"
              class="option option--small number"
              aria-pressed=${other === sheet.compared && sheet.explained ? "true" : "false"}
              @click=${() => acts.why(other)}
            >
              ${other}
            </button>`,
          )}
        </div>`
      : html`<p class="soft">${t("guide.nobody_to_compare")}</p>`}
    ${sheet.explained ? drawOrder(sheet.explained) : nothing} ${backButton(acts)}
  `;
}

function drawOfficers({ sheet, here }, acts) {
  const busy = here.presses.isAnyBusy();
  const { counters } = transferTargets({ hall: here.hall, floor: here.floor, ticket: sheet.now });
  const present = counters.filter((target) => target.desk);
  return html`
    <h3 class="sheet__ask">${t("staff.change_officer")}</h3>
    <div class="sheet__counters">
      ${present.map(
        (target) => html`<button
          type="button"
          class="target target--small"
          data-tone=${target.zone?.tone ?? ""}
          data-target=${target.desk.officer}
          ?disabled=${busy || !target.serves || sheet.now.for_officer === target.desk.officer}
          @click=${() => acts.moveOne({ officer: target.desk.officer })}
        >
          <strong>${target.desk.officer_name}</strong>
          <small>${target.serves ? t("common.counter", { counter: target.id }) : t("staff.counter_cannot")}</small>
        </button>`,
      )}
    </div>
    ${present.length ? nothing : html`<p class="soft">${t("guide.nobody_at_desks")}</p>`} ${backButton(acts)}
  `;
}

function zoneTarget(target, busy, prospects, acts) {
  const effect = effectOf(prospects, { zone: target.id });
  const isShut = effect ? !effect.ahead : target.here || target.closed;
  return html`<button
    type="button"
    class="target"
    data-tone=${target.zone.tone}
    data-target=${target.id}
    ?disabled=${busy || isShut}
    @click=${() => acts.moveOne({ zone: target.id })}
  >
    <strong>${zoneShape(target.zone)} ${pick(target.zone.name)}</strong>${effect ? drawEffect(effect) : html`<small>${zoneNow(target)}</small>`}
  </button>`;
}

/** Until the hall has said what a move would do: what is known of the zone anyway. */
function zoneNow(target) {
  if (target.closed) return t("common.zone_closed");
  if (target.here) return t("guide.is_here");
  return `${t("staff.n_waiting", { n: target.waiting })} · ${waitText(target.wait)}`;
}

function drawCounters({ sheet, here, prospects }, acts) {
  const busy = here.presses.isAnyBusy();
  const { counters } = transferTargets({ hall: here.hall, floor: here.floor, ticket: sheet.now });
  return html`
    <h3 class="sheet__ask">${t("staff.change_counter")}</h3>
    <div class="sheet__counters">
      ${counters.map(
        (target) => html`<button
          type="button"
          class="target target--small"
          data-tone=${target.zone?.tone ?? ""}
          data-target=${target.id}
          ?disabled=${busy || target.here || !target.serves}
          @click=${() => acts.moveOne({ counter: target.id })}
        >
          <strong>${target.zone ? zoneShape(target.zone) : ""} ${t("common.counter", { counter: target.id })}</strong>
          <small>${counterState(target)}</small>${target.serves && !target.here ? drawEffect(effectOf(prospects, { counter: target.id })) : nothing}
        </button>`,
      )}
    </div>
    ${backButton(acts)}
  `;
}

function counterState({ desk, serves, here }) {
  if (here) return t("guide.is_here");
  if (!serves) return t("staff.counter_cannot");
  return desk ? desk.officer_name : t("staff.counter_not_open");
}

function drawPrinters({ sheet, here }, acts) {
  const busy = here.presses.isAnyBusy();
  const { printers } = here.floor;
  return html`
    <h3 class="sheet__ask">${t("guide.reprint_where")}</h3>
    ${printers.length
      ? printers.map(
          (each) => html`<button
            type="button"
            class="target target--small"
            ?disabled=${busy}
            @click=${() => acts.reprint(sheet.ticket, each.printer)}
          >
            <strong>▤ ${each.printer}</strong><small>${t(`guide.printer_${each.state}`)}</small>
          </button>`,
        )
      : html`<p class="soft">${t("guide.no_printer")}</p>`}
    ${backButton(acts)}
  `;
}
