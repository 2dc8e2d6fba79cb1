// “要您看一眼”: each line says what is so, in one sentence what to do about it, and who sees to it.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { currentLanguage, pick, t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { drawSoundButton } from "../staff/staff_sound_button.js";
import { adviceOf, failingPrinters, lowPrinters } from "../staff/staff_floor.js";
import { zoneText } from "../staff/staff_words.js";

const SHAPES = { act: "▲", look: "◆" };

export function drawAlerts(state, acts) {
  const { alerts } = state.board;
  return html`<section class="alerts" aria-labelledby="alerts-head">
    <div class="alerts__head">
      <h2 id="alerts-head">${t("supervisor.alerts")}${alerts.length ? html` <span class="number soft">${alerts.length}</span>` : ""}</h2>
      <button class="staff-link" type="button" data-panel="alerts" @click=${() => acts.openPanel("alerts")}>${t("supervisor.alerts_today")}</button>
      ${drawSoundButton(state.sound, acts.changeSound)}
    </div>
    ${alerts.length
      ? html`<ul class="alerts__list" tabindex="0" aria-labelledby="alerts-head">
          ${alerts.map((alert) => drawAlert(alert, state, acts))}
        </ul>`
      : html`<p class="alerts__none"><span aria-hidden="true">○</span> ${t(state.board.alertsOfOthers ? "supervisor.alerts_none_mine" : "supervisor.alerts_none")}</p>`}
    ${state.board.alertsOfOthers
      ? html`<button class="staff-link alerts__others" type="button" @click=${() => acts.openPanel("alerts")}>
          ${t("supervisor.alerts_others", { n: state.board.alertsOfOthers })}
        </button>`
      : nothing}
    ${lowPrinters(state.here.floor).map((printer) => html`<p class="soft" data-printer=${printer.printer}>▤ ${adviceOf(printer, currentLanguage())}</p>`)}
  </section>`;
}

function drawAlert(alert, { here }, acts) {
  const { head, todo } = sayAlert(alert, here);
  return html`<li class="alert" data-kind=${alert.kind} data-level=${alert.level} data-alert=${alert.id}>
    <span class="alert__shape" aria-hidden="true">${alert.kind === "help" ? "♥" : SHAPES[alert.level]}</span>
    <p class="alert__words">
      <strong>${head}</strong><span>${alert.taken_by ? t("supervisor.taken_by", { name: alert.taken_by }) : todo}</span>
    </p>
    ${drawButtons(alert, head, here, acts)}
  </li>`;
}

/** Somebody waits for a person: that is answered by going there. Everything else is taken, and closed with what was done. */
function drawButtons(alert, head, here, acts) {
  const busy = here.presses.isBusy(alert.id);
  if (alert.kind === "help") return button("help_take", head, () => acts.answerHelp(alert), busy);
  if (alert.kind === "wants_talk") return button("talk_take", head, () => acts.answerTalk(alert), busy);
  return html`<span class="alert__buttons">
    ${alert.taken_by ? nothing : button("take", head, () => acts.takeAlert(alert), busy)}
    ${button("done", head, () => acts.openAlert(alert), busy)}
  </span>`;
}

function button(word, about, act, busy = false) {
  const text = t(`supervisor.${word}`);
  return html`<button class="button" type="button" data-act=${word} aria-label=${`${text}: ${about}`} ?disabled=${busy} @click=${act}>
    ${text}
  </button>`;
}

/** One alert: what was done, in one touch or a sentence; or whose it is from now on. */
export function drawOneAlert({ here, panel, trouble }, acts) {
  const { head, todo } = sayAlert({ spare: [], ...panel.alert }, here);
  const busy = here.presses.isBusy(panel.alert.id);
  const deed = (code) => html`<button class="button" type="button" data-deed=${code} ?disabled=${busy} @click=${() => acts.closeAlert(code)}>
    ${t(`staff.deed_${code}`)}
  </button>`;
  const say = (event) => {
    event.preventDefault();
    acts.closeAlert(new FormData(event.target).get("done").trim());
  };
  return html`
    <p><strong>${head}</strong><br /><span class="soft">${todo}</span></p>
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    <h3>${t("supervisor.what_was_done")}</h3>
    <div class="wall__deeds">${panel.deeds.map(deed)}</div>
    <form class="wall__compare" @submit=${say}>
      <label><span>${t("supervisor.deed_other")}</span><input class="field" name="done" required maxlength="120" autocomplete="off" /></label>
      <button class="button button--main" type="submit" ?disabled=${busy}>${t("supervisor.done")}</button>
    </form>
    <label class="wall__assign">
      <span>${t("supervisor.assign")}</span>
      <select class="field" name="person" ?disabled=${busy} @change=${(event) => acts.assignAlert(event.target.value)}>
        <option value="">${t("supervisor.assign_nobody")}</option>
        ${panel.people.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </select>
    </label>
  `;
}

/** What stands and was told to others alone; then what was over or closed today, the latest first. */
export function drawAlertsToday(state) {
  const { board, here, panel } = state;
  if (!panel.over) return html`<p class="soft" role="status">${t("common.loading")}</p>`;
  const own = new Set(board.alerts.map(({ id }) => id));
  const others = panel.alerts.filter(({ id }) => !own.has(id));
  if (!others.length) return drawOver(state);
  return html`
    <h3>${t("supervisor.alerts_now_others")}</h3>
    <ul class="wall__over">
      ${others.map(
        (alert) => html`<li>
          <span class="number">${hallTime(alert.since)}</span>
          <span>${sayAlert({ spare: [], ...alert }, here).head}</span>
          <span class="soft">${t("supervisor.alerts_told", { who: toldText(alert) })}${alert.taken_by ? html`<br />${t("supervisor.taken_by", { name: alert.taken_by })}` : nothing}</span>
        </li>`,
      )}
    </ul>
    <h3>${t("supervisor.alerts_over")}</h3>
    ${drawOver(state)}
  `;
}

function toldText({ tells, people }) {
  const names = [...tells.map((role) => t(`staff.role_${role}`)), ...people];
  return names.join(t("staff.list_comma")) || t("supervisor.alerts_webhook");
}

function drawOver({ here, panel: { over } }) {
  if (!over.length) return html`<p class="soft">${t("supervisor.alerts_today_none")}</p>`;
  return html`<ul class="wall__over">
    ${over.map(
      (alert) => html`<li>
        <span class="number">${hallTime(alert.raised_at)}</span>
        <span>${sayAlert({ spare: [], ...alert }, here).head}</span>
        <span class="soft">${endOf(alert)}</span>
      </li>`,
    )}
  </ul>`;
}

function endOf({ taken_by: taken, closed_by: closed, done }) {
  if (done) return t("supervisor.closed_by", { name: closed, done: deedText(done) });
  return taken ? t("supervisor.over_taken", { name: taken }) : t("supervisor.over_alone");
}

function deedText(done) {
  const words = t(`staff.deed_${done}`);
  return words === `staff.deed_${done}` ? done : words;
}

/** What is so, and what to do. `here` knows names; the rest is in the alert. */
export function sayAlert(alert, here) {
  const values = {
    zone: alert.zone ? zoneText(zoneOf(here.hall, alert.zone)) : "",
    ticket: alert.ticket ?? "",
    counter: alert.counter ?? "",
    place: alert.place ?? "",
    n: alert.value === null ? "" : Math.round(alert.value),
    limit: alert.limit ?? "",
    officer: here.floor.desks[alert.counter]?.officer_name ?? "",
    counters: alert.spare.join(t("supervisor.list_and")),
  };
  const todo = alert.propose ? pick(alert.propose) : printerTodo(alert, here) || t(todoKey(alert, here), values);
  const isFromDesk = alert.kind === "help" && alert.counter;
  return { head: t(isFromDesk ? "supervisor.help_counter" : `supervisor.${alert.kind}`, values), todo: isFromDesk ? deskCall(alert, here) : todo };
}

/** What that printer itself says is to be done. */
function printerTodo(alert, here) {
  if (alert.kind !== "printer") return "";
  const printer = failingPrinters(here.floor).find((one) => one.printer === alert.place);
  return printer ? adviceOf(printer, currentLanguage()) : "";
}

/** An officer called silently: for whom and what for. */
function deskCall({ place, value }, here) {
  const call = here.floor.help.find((one) => one.place === place);
  const why = call?.question ? t(`staff.call_${call.question}`) : "";
  return t(`supervisor.help_counter_${call?.wanted ?? "guide"}`, { n: Math.round(value ?? 0), why });
}

function todoKey(alert, here) {
  const isAboutDesks = ["longest_wait", "too_many_waiting", "nobody_serves", "misses_closing"].includes(alert.kind);
  if (isAboutDesks) return alert.spare.length ? `supervisor.${alert.kind}_open` : `supervisor.${alert.kind}_full`;
  if (alert.kind === "help" && alert.place === alert.ticket) return helpKey(here.floor.tickets[alert.ticket]);
  return `supervisor.${alert.kind}_do`;
}

/** A visitor who asks by phone may be anywhere: near a counter only while being served there. */
const helpKey = (ticket) => (ticket?.stage === "serving" || ticket?.stage === "held" ? "supervisor.help_do" : "supervisor.help_phone_do");
