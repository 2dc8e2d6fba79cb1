// All counters in one row: who sits there and what they do now.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { PAUSE_REASONS } from "../desk/desk_board.js";
import { reasonText } from "../staff/staff_words.js";

const SHAPES = { closed: "–", reserve: "⊘", paused: "‖", idle: "○", called: "◔", serving: "●", held: "◐" };

export function drawDesks({ here, board }, acts) {
  const busy = here.presses.isBusy("reserve");
  return html`<ul class="desks">
    ${board.desks.map((desk) => drawDesk(desk, zoneOf(here.hall, desk.zone), busy, acts))}
  </ul>`;
}

function drawDesk(desk, zone, busy, acts) {
  return html`<li class="desk-tile" data-tone=${zone.tone} data-state=${desk.state} data-counter=${desk.id}>
    <p class="desk-tile__top">
      <strong class="number">${desk.id}</strong><span class="only-read">${t("common.counter", { counter: desk.id })}</span>
      ${zoneShape(zone)}
      <span class="desk-tile__officer">${desk.officer}</span>
      ${desk.reserve ? drawReserve(desk, busy, acts) : nothing}
    </p>
    <p class="desk-tile__now">
      <span aria-hidden="true">${SHAPES[desk.state]}</span>
      <span class=${desk.state === "serving" ? "only-read" : "desk-tile__state"}>${stateWord(desk.state)}</span>
      ${desk.ticket ? html`<span class="number">${desk.ticket}</span>` : nothing}
      ${desk.minutes === null || desk.state === "called" ? nothing : html`<span>${desk.minutes}′</span>`}
      ${desk.reason ? html`<span>${reasonText(desk.reason, PAUSE_REASONS)}</span>` : nothing}
    </p>
  </li>`;
}

/** A reserve counter: nobody can sit down there until it is opened; shut again, whoever sits there goes on. */
function drawReserve({ id, reserve }, busy, acts) {
  const opens = reserve === "shut";
  const word = t(opens ? "supervisor.reserve_open" : "supervisor.reserve_shut");
  return html`<button
    type="button"
    class="desk-tile__reserve"
    aria-label=${`${word} ${t("common.counter", { counter: id })}`}
    ?disabled=${busy}
    @click=${() => acts.changeReserve(id, opens)}
  >
    ${word}
  </button>`;
}

const stateWord = (state) => t(state === "idle" ? "supervisor.desk_idle_now" : `supervisor.desk_${state}`);
