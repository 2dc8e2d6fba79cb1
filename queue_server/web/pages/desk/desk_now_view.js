// Who is at the counter: the number, what staff may know of the visit, the service and its time; or that nobody is here.
import { onPaper } from "../staff/staff_paper.js";
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { reasonText, serviceName } from "../staff/staff_words.js";
import { ticketFlags } from "../staff/ticket_flags.js";
import { waitMark } from "../staff/wait_mark.js";
import { PAUSE_REASONS } from "./desk_board.js";
import { KEYS } from "./desk_keys.js";

const RULES_SAID = new Set(["front", "longest_wait", "delay_limit", "budget"]); // what is not simply the most credit

export function drawNow(state, acts) {
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
      ${onPaper(ticket)}
      <dl class="desk-facts">
        <div><dt>${t("staff.waited")}</dt><dd>${waitMark(ticket, here.hall.limits, calledAt(ticket, here))}</dd></div>
        <div><dt>${t("staff.care")}</dt><dd>${ticket.care ? careYes() : t("desk.care_no")}</dd></div>
        <div class="desk-fact--language"><dt>${t("staff.language")}</dt><dd>${t(`staff.language_${ticket.language}`)}</dd></div>
        <div class="desk-fact--arrived"><dt>${t("desk.arrived")}</dt><dd class="number">${hallTime(ticket.first_arrival_at)}</dd></div>
        ${drawTime(state.time)}
      </dl>
    </div>
    <div class="desk-what">
      <h2 class="desk-service">${serviceName(here.services, ticket.service)}</h2>
      ${drawNote(state.note, acts)}
    </div>
    <p class="desk-official soft">${here.services[ticket.service]?.official_name ?? ""}</p>
    ${drawPlan(state, acts)}
  `;
}

/** For colleagues who see this visitor later today. Kept beside the log, and gone with the day. */
function drawNote(note, acts) {
  if (!note) return nothing;
  return html`<input
    class="field desk-note"
    type="text"
    maxlength="200"
    autocomplete="off"
    aria-label=${t("desk.note")}
    aria-keyshortcuts=${KEYS.note}
    placeholder=${t("desk.note_place", { key: KEYS.note })}
    title=${t("desk.note_place", { key: KEYS.note })}
    .value=${note.words}
    @change=${(event) => acts.note(event.target.value)}
    @keydown=${(event) => event.key === "Enter" && event.target.blur()}
  />`;
}

/** Time against what is usual, softly: a thin bar, and words only when it looks as if “finish” was forgotten. */
function drawTime(time) {
  if (!time) return nothing;
  return html`<div class="desk-time" data-level=${time.level}>
    <dt>${t("desk.time")}</dt>
    <dd>
      <span class="number">${t("desk.minutes", { n: time.minutes })}</span>
      <small class="soft">${t("desk.usual", { n: time.usual })}</small>
      <progress max="100" value=${Math.round(time.share * 100)} aria-label=${t("desk.time")}></progress>
    </dd>
  </div>`;
}

/** What was done on this visit, and what it still wants after this, each with a button that drops it. */
function drawPlan({ board, here }, acts) {
  const { ticket } = board;
  const done = ticket.services_done ?? [];
  if (!ticket.services_to_do?.length && !done.length) return nothing;
  return html`<p class="desk-plan">
    ${done.length
      ? html`<span class="soft">✓ ${t("desk.done_before", { services: done.map((id) => serviceName(here.services, id)).join(t("staff.list_comma")) })}</span>`
      : nothing}
    ${ticket.services_to_do?.length ? html`<span class="soft">${t("desk.then")}</span>` : nothing}
    ${(ticket.services_to_do ?? []).map((service) => {
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
