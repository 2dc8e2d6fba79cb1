// Bad experiences being mended: which are due, and one of them with its clocks, what was said, and what was done.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallClock, hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { serviceName } from "../staff/staff_words.js";
import { CLOCKS, NEEDS_NOTE, clockStates, stepsNow, urgency } from "./supervisor_repairs_board.js";

const SHAPES = { late: "▲", today: "◆", later: "○", ended: "✓" };
const CLOCK_SHAPES = { done: "✓", late: "▲", runs: "◆", waits: "○", passed: "–", over: "–" };

export function drawRepairs(state, acts) {
  const { panel, trouble } = state;
  const refused = trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing;
  if (panel.repair) return html`${refused} ${drawRepair(state, acts)}`;
  if (!panel.list) return html`${refused}<p class="soft" role="status">${t("common.loading")}</p>`;
  const { repairs, ended, figures } = panel.list;
  return html`${refused}
    <p class="soft">${t("supervisor.repairs_means")}</p>
    ${repairs.length
      ? html`<ul class="repairs">${repairs.map((repair) => drawRow(repair, state.here, acts))}</ul>`
      : html`<p><span aria-hidden="true">○</span> ${t("supervisor.repairs_nothing")}</p>`}
    ${drawNew(state, acts)}
    ${ended.length
      ? html`<details class="wall__services">
          <summary>${t("supervisor.repairs_ended", { n: ended.length })} · ${CLOCKS.map((clock) => inTime(clock, figures.in_time[clock])).filter(Boolean).join(" · ")}</summary>
          <ul class="repairs">${ended.map((repair) => drawRow(repair, state.here, acts))}</ul>
        </details>`
      : nothing}`;
}

function inTime(clock, { held, known }) {
  return known ? t("supervisor.repairs_in_time", { clock: clockName(clock), held, known }) : "";
}

function drawRow(repair, here, acts) {
  const level = urgency(repair, dayOf(hallClock.now()), dayOf);
  return html`<li class="repairs__row" data-repair=${repair.id} data-urgency=${level}>
    <span class="repairs__shape" aria-hidden="true">${SHAPES[level]}</span>
    <button class="staff-link" type="button" @click=${() => acts.openRepair(repair.id)}>${titleOf(repair, here)}</button>
    <span>${level === "ended" ? stateOf(repair) : html`${clockName(repair.next_clock)} · ${t(`supervisor.repair_due_${level}`, { when: dayAndTime(repair.next_due) })}`}</span>
    <span class="soft">${repair.owner_name || (level === "ended" ? "" : t("supervisor.repair_nobodys"))}</span>
  </li>`;
}

function titleOf({ id, ticket, day, service, level }, here) {
  const what = service ? serviceName(here.services, service) : t("supervisor.repair_by_hand");
  return html`<span class="number">#${id}</span> ${ticket ? html`<span class="number">${ticket}</span>` : nothing} ${what}
    <span class="soft">${shortDay(day)}${level ? ` · ${t("supervisor.behind_mark", { n: level })}` : ""}</span>`;
}

function stateOf({ state, why_closed: why }) {
  return state === "closed" ? t(`supervisor.repair_why_${why}`) : t("supervisor.repair_is_done");
}

function drawNew({ here }, acts) {
  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    if (await acts.newRepair(Object.fromEntries(new FormData(form)))) form.reset();
  };
  return html`<details class="wall__services" data-part="new">
    <summary>${t("supervisor.repair_new")}</summary>
    <form class="wall__form" data-form="repair" @submit=${send}>
      <label><span>${t("supervisor.repair_words")}</span><textarea class="field" name="words" rows="2" maxlength="500"></textarea></label>
      <div class="wall__two">
        <label><span>${t("supervisor.repair_ticket")}</span>
          <input class="field number" name="ticket" maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck="false" /></label>
        <label><span>${t("supervisor.repair_contact")}</span><input class="field" name="contact" maxlength="60" autocomplete="off" /></label>
      </div>
      <div class="wall__answers">
        <button class="button button--main" type="submit" ?disabled=${here.presses.isBusy("repair")}>${t("supervisor.repair_open")}</button>
      </div>
    </form>
  </details>`;
}

function drawRepair({ panel, here }, acts) {
  const { repair } = panel;
  const busy = here.presses.isBusy("repair");
  return html`
    <p class="repair__head">
      <button class="staff-link" type="button" data-act="back" @click=${acts.backToRepairs}>← ${t("supervisor.repairs_all")}</button>
      <strong>${titleOf(repair, here)}</strong>
      ${repair.ticket
        ? html`<button class="staff-link" type="button" data-act="story" @click=${() => acts.openStory(repair.ticket, repair.day)}>${t("supervisor.tool_story")}</button>`
        : nothing}
    </p>
    <ol class="repair__clocks">${clockStates(repair).map(drawClock)}</ol>
    ${repair.words.map((words) => html`<blockquote class="repair__words">${words}</blockquote>`)}
    ${repair.words.length ? nothing : html`<p class="soft">${t("supervisor.repair_no_words")}</p>`}
    ${drawWho(repair, here, busy, acts)} ${drawSteps(repair, here)} ${drawDeeds(repair, busy, acts)}
    <p class="soft">${t("supervisor.repair_deleted", { n: repair.kept_days })}</p>
  `;
}

function drawClock({ clock, due, doneAt, inTime: held, state }) {
  const when = doneAt ? t(held ? "supervisor.repair_held" : "supervisor.repair_not_held", { when: dayAndTime(doneAt) }) : t("supervisor.repair_until", { when: dayAndTime(due) });
  return html`<li data-clock=${clock} data-state=${state}>
    <span aria-hidden="true">${CLOCK_SHAPES[state]}</span> <strong>${clockName(clock)}</strong>
    <span>${state === "over" || state === "passed" ? "–" : when}${state === "late" ? t("supervisor.repair_is_late") : ""}</span>
  </li>`;
}

function drawWho(repair, here, busy, acts) {
  const keep = (event) => {
    event.preventDefault();
    acts.keepContact(new FormData(event.target).get("contact"));
  };
  const isMine = repair.owner === here.session.person;
  const give = ({ target }) => target.value && acts.stepRepair({ what: "taken", person: target.value });
  const take = html`${isMine ? nothing : html`<button class="button" type="button" data-act="take" ?disabled=${busy} @click=${() => acts.stepRepair({ what: "taken" })}>${t("supervisor.take")}</button>`}
    <select class="field repair__give" name="person" aria-label=${t("supervisor.assign")} ?disabled=${busy} @change=${give}>
      <option value="">${t("supervisor.assign")}</option>
      ${repair.people.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
    </select>`;
  return html`<div class="wall__two repair__who">
    <div>
      <span>${t("supervisor.repair_owner")}</span>
      <p class="repair__owner"><strong>${repair.owner_name || t("supervisor.repair_nobodys")}</strong> ${repair.ended_at ? nothing : take}</p>
    </div>
    <form @submit=${keep}>
      <label><span>${t("supervisor.repair_contact")}</span><input class="field" name="contact" maxlength="60" autocomplete="off" .value=${repair.contact} /></label>
      <button class="button" type="submit" data-act="contact" ?disabled=${busy}>${t("supervisor.repair_keep")}</button>
    </form>
  </div>`;
}

function drawSteps({ steps }) {
  if (!steps.length) return nothing;
  return html`<ol class="wall__story">
    ${steps.map(
      (step) => html`<li data-step=${step.what}>
        <time class="number">${dayAndTime(step.at)}</time>
        <span>${t(`supervisor.repair_did_${step.what}`, { person: step.person })}${step.why ? `：${t(`supervisor.repair_why_${step.why}`)}` : ""}
          ${step.note ? html`<span class="repair__note">${step.note}</span>` : nothing}</span>
        <span class="soft">${step.by.name}</span>
      </li>`,
    )}
  </ol>`;
}

function drawDeeds(repair, busy, acts) {
  const now = stepsNow(repair);
  const send = async (event, what, why = "") => {
    const form = event.target.closest("form");
    const note = form.elements.note;
    note.required = NEEDS_NOTE.has(what);
    if (!form.reportValidity()) return;
    if (await acts.stepRepair({ what, note: note.value.trim(), why })) form.reset();
  };
  return html`<form class="wall__form repair__deeds" @submit=${(event) => event.preventDefault()}>
    <label><span>${t("supervisor.repair_note")}</span><textarea class="field" name="note" rows="2" maxlength="500"></textarea></label>
    <div class="wall__deeds">
      ${now.map(
        (what, place) => html`<button class="button ${place === 0 ? "button--main" : ""}" type="button" data-step=${what} ?disabled=${busy} @click=${(event) => send(event, what)}>
          ${t(`supervisor.repair_do_${what}`)}
        </button>`,
      )}
      ${repair.ended_at
        ? nothing
        : html`<select class="field repair__close" name="why" aria-label=${t("supervisor.repair_close")} ?disabled=${busy}
            @change=${(event) => event.target.value && send(event, "closed", event.target.value)}>
            <option value="">${t("supervisor.repair_close")}</option>
            ${["unreachable", "not_wanted", "unfounded"].map((why) => html`<option value=${why}>${t(`supervisor.repair_why_${why}`)}</option>`)}
          </select>`}
    </div>
  </form>`;
}

export const clockName = (clock) => t(`supervisor.clock_${clock}`);
const dayOf = (moment) => new Intl.DateTimeFormat("en-CA", { timeZone: hallClock.timezone }).format(new Date(moment));
const shortDay = (day) => t("supervisor.day_short", { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });

/** "今天 17:00", or "11月24日 17:00" of another day. */
function dayAndTime(moment) {
  return isToday(moment) ? t("supervisor.today_at", { time: hallTime(moment) }) : `${shortDay(dayOf(moment))} ${hallTime(moment)}`;
}

/** Where there is little room: "今天 17:00", or "11月24日" of another day. */
export function dayOrTime(moment) {
  return isToday(moment) ? t("supervisor.today_at", { time: hallTime(moment) }) : shortDay(dayOf(moment));
}

const isToday = (moment) => dayOf(moment) === dayOf(hallClock.now());
