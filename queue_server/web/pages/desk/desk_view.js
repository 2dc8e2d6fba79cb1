// Draws the desk. Who is here, what can be done, who is next.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { zoneChip, zoneOf, zoneShape } from "/common/zones.js";
import { flagsOf } from "../staff/staff_flags.js";
import { staffHeader } from "../staff/staff_header.js";
import { reasonText, serviceName } from "../staff/staff_words.js";
import { careMark, ticketFlags } from "../staff/ticket_flags.js";
import { waitMark } from "../staff/wait_mark.js";
import { PARK_REASONS, PAUSE_REASONS } from "./desk_board.js";
import { drawLine } from "./desk_line_view.js";
import { drawPanel } from "./desk_panel_view.js";

const MARKS_OF_ORDER = ["first", "law", "booked"];
const RULES_SAID = new Set(["front", "longest_wait", "delay_limit", "budget"]); // what is not simply the most credit

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy="true">
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
  </main>`;
}

export function drawWithoutCounter(here) {
  return html`${staffHeader({ hall: here.hall, session: here.session, place: nothing })}
    <main class="staff-opening">
      <h1 class="staff-opening__words">${t("desk.no_counter")}</h1>
      <a class="button button--main" href="/sign-in?next=/desk">${t("desk.choose_counter")}</a>
    </main>`;
}

export function drawDesk(state, acts) {
  const { here, board, counter, panel } = state;
  const zone = zoneOf(here.hall, counter.zone);
  const hasPapers = board.ticket && !panel?.kind.startsWith("transfer"); // a move needs the room, and no papers
  const place = html`<h1 class="staff-header__title">${t("common.counter", { counter: counter.id })}</h1>
    ${zoneChip(zone)}`;
  return html`
    ${staffHeader({ hall: here.hall, session: here.session, place, tools: deskTools(state, acts) })}
    <main class="desk" data-stage=${board.stage} data-tone=${zone.tone} data-papers=${hasPapers ? "yes" : "no"}>
      <section class="desk-now" aria-label=${t("desk.at_my_counter")} data-dims>${drawNow(state, acts)}</section>
      ${hasPapers ? html`<section class="desk-papers" data-dims>${drawPapers(state.guide, state.board.ticket?.missing ?? [])}</section>` : nothing}
      <section class="desk-acts" aria-label=${t("desk.verbs")}>
        ${panel ? drawPanel(state, acts) : drawVerbs(state, acts)}
        <div class="desk-says" role="status" aria-live="polite">${drawSays(state, acts)}</div>
      </section>
      <aside class="desk-side" data-dims>
        ${drawNext(state, acts)} ${drawAway(state, acts)} ${drawDay(state)} ${drawMarks(state)}
      </aside>
    </main>
  `;
}

function deskTools({ board, here }, acts) {
  if (board.stage === "closed") return nothing;
  const busy = here.presses.isAnyBusy();
  const mayLeave = board.stage === "free" || board.stage === "paused";
  const [direct] = board.tools;
  return html`
    <button
      class="staff-tool"
      type="button"
      aria-keyshortcuts=${direct.key}
      ?disabled=${busy || !direct.enabled}
      @click=${() => acts.verb("direct")}
    >
      ${t("desk.direct")} <kbd aria-hidden="true">${direct.key}</kbd>
    </button>
    ${board.stage === "paused"
      ? nothing
      : html`<button class="staff-tool" type="button" ?disabled=${busy || board.stage !== "free"} @click=${() => acts.verb("pause")}>
          ${t("desk.pause")}
        </button>`}
    <button class="staff-tool" type="button" ?disabled=${busy || !mayLeave} @click=${() => acts.verb("close")}>
      ${t("desk.close")}
    </button>
  `;
}

function drawNow(state, acts) {
  const { board } = state;
  return board.ticket ? drawTicket(state, acts) : drawNobody(state, acts);
}

/** What was just done, and the button that takes it back while it may be. */
function drawLast({ board, here, lastEnded }, acts) {
  const { undo } = board;
  const ended = lastEnded && !board.ticket ? lastEnded : null;
  if (!undo && !ended) return nothing;
  const words = undo ? t(`desk.just_${undo.step}`, { ticket: undo.ticket }) : t("desk.just_ended", { ticket: ended });
  return html`<span class="chip chip--good">✓ ${words}</span>
    ${undo
      ? html`<button
          class="staff-tool desk-undo"
          type="button"
          aria-keyshortcuts=${undo.key}
          ?disabled=${here.presses.isAnyBusy()}
          @click=${acts.undo}
        >
          ${t("common.undo")} <kbd aria-hidden="true">${undo.key}</kbd> <span class="number" aria-hidden="true">${undo.seconds}</span>
        </button>`
      : nothing}`;
}

function drawNobody(state, acts) {
  const { board, here } = state;
  const first = board.next[0];
  const head = {
    closed: t("desk.closed_head"),
    paused: t("desk.paused_head"),
    free: first ? t("desk.free_head") : t("desk.empty_head"),
    unknown: t("desk.unknown_head"),
  }[board.stage];
  const words = {
    closed: t("desk.closed_words"),
    paused: board.desk?.pause_reason ? reasonText(board.desk.pause_reason, PAUSE_REASONS) : t("desk.paused_words"),
    free: first
      ? t("desk.free_words", { ticket: first.ticket, service: serviceName(here.services, first.service), n: first.minutes })
      : t("desk.empty_words"),
    unknown: t("desk.unknown_words"),
  }[board.stage];
  return html`
    <p class="desk-now__status">${drawLast(state, acts)}</p>
    <div class="desk-nobody">
      <h2 class="desk-nobody__head">${head}</h2>
      <p class="desk-nobody__words">${words}</p>
      ${board.stage === "free" && first && RULES_SAID.has(board.firstBy)
        ? html`<p class="chip">◆ ${t("desk.first_by", { rule: t(`staff.rule_${board.firstBy}`) })}</p>`
        : nothing}
      ${board.isDayOver ? html`<p class="chip chip--look">◆ ${t("desk.day_over")}</p>` : nothing}
      ${board.zoneIsClosed ? html`<p class="chip chip--look">◆ ${t("desk.zone_closed")}</p>` : nothing}
    </div>
  `;
}

function drawTicket(state, acts) {
  const { board, here } = state;
  const { ticket } = board;
  return html`
    <p class="desk-now__status">
      <span class="desk-stage" data-stage=${ticket.stage}>${stageText(ticket, here.presses)}</span>
      ${ticketFlags(ticket)} ${drawLast(state, acts)}
    </p>
    <div class="desk-now__who">
      <p class="desk-number number">${ticket.ticket}</p>
      <dl class="desk-facts">
        <div><dt>${t("staff.waited")}</dt><dd>${waitMark(ticket, here.hall.limits, calledAt(ticket, here))}</dd></div>
        <div><dt>${t("staff.care")}</dt><dd>${ticket.care ? careYes() : t("desk.care_no")}</dd></div>
        <div><dt>${t("staff.language")}</dt><dd>${t(`staff.language_${ticket.language}`)}</dd></div>
        <div><dt>${t("desk.arrived")}</dt><dd class="number">${hallTime(ticket.first_arrival_at)}</dd></div>
      </dl>
    </div>
    <h2 class="desk-service">${serviceName(here.services, ticket.service)}</h2>
    <p class="desk-official soft">${here.services[ticket.service]?.official_name ?? ""}</p>
    ${drawPlan(state, acts)}
  `;
}

/** What the visit still wants after this, each with a button that drops it. */
function drawPlan({ board, here }, acts) {
  const { ticket } = board;
  if (!ticket.services_to_do?.length) return nothing;
  return html`<p class="desk-plan">
    <span class="soft">${t("desk.then")}</span>
    ${ticket.services_to_do.map((service) => {
      const name = serviceName(here.services, service);
      return html`<span class="desk-plan__one">
        ${name}
        <button
          type="button"
          aria-label=${t("desk.drop", { service: name })}
          ?disabled=${here.presses.isAnyBusy()}
          @click=${() => acts.drop(service)}
        >
          ×
        </button>
      </span>`;
    })}
  </p>`;
}

const careYes = () => html`<span class="care-mark"><span aria-hidden="true">♥</span><span>${t("desk.care_yes")}</span></span>`;

/** The wait ends with the call: what follows is walking and service. */
function calledAt(ticket, here) {
  return ticket.called_at ? Date.parse(ticket.called_at) : here.now();
}

function stageText(ticket, presses) {
  if (presses.wishes.some((wish) => wish.ticket === ticket.ticket)) return t(`desk.foreseen_${ticket.stage}`);
  if (ticket.stage === "called") return t("desk.stage_called", { n: ticket.calls, time: hallTime(ticket.called_at) });
  if (ticket.stage === "held") return t("desk.stage_held", { time: hallTime(ticket.held_at) });
  return t("desk.stage_serving", { time: hallTime(ticket.started_at) });
}

/** What the visitor said to be missing stands out: the counter can ask for that first. */
function drawPapers(guide, missing) {
  if (!guide?.materials?.length) return nothing;
  return html`
    <h3 class="desk-papers__head">${t("desk.papers")}</h3>
    <ul class="desk-papers__list" tabindex="0" aria-label=${t("desk.papers")}>
      ${guide.materials.map(
        (paper) => html`<li>
          <span>${missing.includes(paper.code) ? html`<strong class="desk-missing">${t("desk.paper_missing")}</strong> ` : nothing}${paper.name}</span>
          ${paper.required === "must" ? nothing : html`<small class="soft">${paper.when || t("desk.paper_if")}</small>`}
        </li>`,
      )}
    </ul>
  `;
}

function drawVerbs({ board, here }, acts) {
  const busy = here.presses.isAnyBusy();
  const [main, ...others] = board.verbs;
  return html`<div class="desk-verbs">
    ${verbButton(main, here, busy, acts)}
    <div class="desk-verbs__others">${others.map((verb) => verbButton(verb, here, busy, acts))}</div>
  </div>`;
}

function verbButton(verb, here, busy, acts) {
  const waits = here.presses.isBusy(verb.id);
  return html`<button
    type="button"
    class="verb ${verb.main ? "verb--main" : ""}"
    data-verb=${verb.id}
    aria-busy=${waits ? "true" : "false"}
    aria-keyshortcuts=${verb.key}
    ?disabled=${!verb.enabled || busy}
    @click=${() => acts.verb(verb.id)}
  >
    <span class="verb__word">${t(`desk.verb_${verb.word}`)}</span>
    <kbd aria-hidden="true">${verb.key}</kbd>
    <span class="verb__why">${whyNot(verb)}</span>
  </button>`;
}

function whyNot(verb) {
  if (verb.seconds > 0) return t("desk.in_seconds", { n: verb.seconds });
  if (verb.toCall > 0) return t("desk.calls_left", { n: verb.toCall });
  if (verb.calls > 0) return t(verb.calls < verb.most ? "desk.calls_of" : "desk.calls_all", { n: verb.calls, most: verb.most });
  return "";
}

function drawSays({ here, trouble }, acts) {
  const line = drawLine(here, acts);
  if (line) return line;
  if (trouble) return html`<span class="says says--act">▲ ${trouble}</span>`;
  return nothing;
}

/** The one before it in the list, or after it for the first: whom "why here?" compares it with. */
const neighbourOf = (next, place) => (place > 0 ? next[place - 1] : next[1])?.ticket ?? null;

function drawNext({ board, here, counter }, acts) {
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
                ${rowMark(ticket)}
                <span class="desk-row__service">${serviceName(here.services, ticket.service)}</span>
                ${waitMark(ticket, here.hall.limits, here.now())}
              </button>
            </li>`,
          )}
        </ol>`
      : html`<p class="desk-list__empty soft">${t("desk.next_empty")}</p>`}
  </section>`;
}

/** The one mark that says why somebody stands where they stand. */
function rowMark(ticket) {
  const mark = MARKS_OF_ORDER.find((flag) => flagsOf(ticket).includes(flag));
  return mark ? html`<span class="desk-row__mark">${t(`staff.flag_${mark}`, { time: hallTime(ticket.slot) })}</span>` : nothing;
}

function drawAway({ board, here }, acts) {
  if (!board.away.length) return nothing;
  const busy = here.presses.isAnyBusy() || board.stage !== "free";
  return html`<section class="desk-list">
    <h2 class="desk-list__head">${t("desk.away_head")} <span class="number">${t("desk.people", { n: board.away.length })}</span></h2>
    <ul class="desk-rows">
      ${board.away.map(
        (ticket) => html`<li class="desk-row">
          <span class="desk-row__number number">${ticket.ticket}</span>
          ${careMark(ticket)}
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

function awayWhy(ticket) {
  if (ticket.stage === "parked" && ticket.reason) return ` · ${reasonText(ticket.reason, [...PARK_REASONS, "minutes"])}`;
  return ticket.missed_at ? ` · ${hallTime(ticket.missed_at)}` : "";
}

/** Own marks of whole weeks, in sum; below the hall's least number it says only that. */
function drawMarks({ marks }) {
  if (!marks) return nothing;
  const { now, before, least } = marks;
  if (now.count === null) return html`<p class="desk-marks soft">${t("desk.marks_few", { n: least })}</p>`;
  const earlier = before.count === null ? nothing : html` · ${t("desk.marks_before", { average: before.average })}`;
  return html`<p class="desk-marks soft">${t("desk.marks", { average: now.average, n: now.count })}${earlier}</p>`;
}

function drawDay({ day }) {
  if (!day) return nothing;
  const average = day.average_service_minutes;
  return html`<p class="desk-day soft">
    ${t("desk.day_served", { n: day.served })}${average ? ` · ${t("desk.day_average", { n: average })}` : nothing}
  </p>`;
}
