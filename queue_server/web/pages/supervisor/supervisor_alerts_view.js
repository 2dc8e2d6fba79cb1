// “要您看一眼”: each line says what is so and, in one sentence, what to do about it.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { zoneText } from "../staff/staff_words.js";

const SHAPES = { act: "▲", look: "◆" };

export function drawAlerts(state, acts) {
  const { alerts } = state.board;
  return html`<section class="alerts" aria-labelledby="alerts-head">
    <h2 id="alerts-head">${t("supervisor.alerts")}${alerts.length ? html` <span class="number soft">${alerts.length}</span>` : ""}</h2>
    ${alerts.length
      ? html`<ul class="alerts__list" tabindex="0" aria-labelledby="alerts-head">
          ${alerts.map((alert) => drawAlert(alert, state, acts))}
        </ul>`
      : html`<p class="alerts__none"><span aria-hidden="true">○</span> ${t("supervisor.alerts_none")}</p>`}
  </section>`;
}

function drawAlert(alert, { here }, acts) {
  const { head, todo } = sayAlert(alert, here);
  return html`<li class="alert" data-kind=${alert.kind} data-level=${alert.level}>
    <span class="alert__shape" aria-hidden="true">${alert.kind === "help" ? "♥" : SHAPES[alert.level]}</span>
    <p class="alert__words"><strong>${head}</strong><span>${todo}</span></p>
    ${answerButton(alert, head, here, acts)}
  </li>`;
}

/** Somebody waits for a person: that is answered by going there, and cannot be waved away. */
function answerButton(alert, head, here, acts) {
  const busy = here.presses.isBusy(alert.id);
  if (alert.kind === "help") return button("help_take", head, () => acts.answerHelp(alert), busy);
  if (alert.kind === "wants_talk") return button("talk_take", head, () => acts.answerTalk(alert), busy);
  return button("seen", head, () => acts.dismiss(alert));
}

function button(word, about, act, busy = false) {
  const text = t(`supervisor.${word}`);
  return html`<button class="button" type="button" aria-label=${`${text}: ${about}`} ?disabled=${busy} @click=${act}>${text}</button>`;
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
  return { head: t(`supervisor.${alert.kind}`, values), todo: t(todoKey(alert, here), values) };
}

function todoKey(alert, here) {
  if (alert.kind === "printer") return "supervisor.printer_do";
  const isAboutDesks = ["longest_wait", "too_many_waiting", "nobody_serves"].includes(alert.kind);
  if (isAboutDesks) return alert.spare.length ? `supervisor.${alert.kind}_open` : `supervisor.${alert.kind}_full`;
  if (alert.kind === "help" && alert.place === alert.ticket) return helpKey(here.floor.tickets[alert.ticket]);
  return `supervisor.${alert.kind}_do`;
}

/** A visitor who asks by phone may be anywhere: near a counter only while being served there. */
const helpKey = (ticket) => (ticket?.stage === "serving" || ticket?.stage === "held" ? "supervisor.help_do" : "supervisor.help_phone_do");
