// The desk's small questions (how did it end, why, where to) in the place of the verbs, answered by touch or digit.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";
import { drawOrder } from "../staff/order_view.js";
import { knowButton, mistakesOf, risksOf } from "./desk_papers_view.js";

export function drawPanel({ panel, typed, here, board }, acts) {
  const busy = here.presses.isAnyBusy();
  const asks = t(`desk.ask_${panel.kind}`, { ticket: panel.about });
  return html`<div class="desk-panel" data-kind=${panel.kind} role="group" aria-label=${asks}>
    <div class="desk-panel__head">
      <h2>${asks}</h2>
      <button class="staff-tool" type="button" @click=${acts.back}>
        ${panel.back ? t("common.back") : t("common.cancel")} <kbd aria-hidden="true">Esc</kbd>
      </button>
    </div>
    ${panel.options.length
      ? html`<div class="desk-options">${panel.options.map((option) => optionRow(option, acts))}</div>`
      : nothing}
    ${panel.notices ? drawToTell(panel.notices, acts) : nothing}
    ${panel.search ? searchField(panel, typed, acts) : nothing}
    ${panel.explained ? drawOrder(panel.explained) : drawChoices(panel, busy, acts, board.ticket?.language)}
  </div>`;
}

/** Before it can be finished: what is still to be told and read. */
function drawToTell(notices, acts) {
  const open = notices.risks.filter((risk) => !risk.told);
  return html`<div class="desk-totell" role="alert">
    ${open.length ? html`<div>${risksOf(open)}</div>` : nothing}
    ${notices.isRead ? nothing : html`<div>${mistakesOf(notices.mistakes)}</div>`}
    ${knowButton(acts)}
  </div>`;
}

function drawChoices(panel, busy, acts, language) {
  return html`<div class="desk-choices">
    ${panel.choices.map((choice, place) => choiceButton(choice, place, busy, acts, language))}
    ${panel.choices.length ? nothing : html`<p class="soft">${t(panel.search ? "staff.service_not_found" : "desk.no_choice")}</p>`}
  </div>`;
}

/** One of a few, beside the choices: touched, or gone through by its key. */
function optionRow(option, acts) {
  const asks = t(`desk.option_${option.name}`);
  return html`<div class="desk-option" role="group" aria-label=${asks} data-unanswered=${option.chosen === null ? "yes" : "no"}>
    <span class="desk-option__ask">${asks} <kbd aria-hidden="true">${option.key}</kbd></span>
    ${option.values.map(
      (value) => html`<button
        type="button"
        class="desk-option__value"
        data-value=${value}
        aria-pressed=${value === option.chosen ? "true" : "false"}
        @click=${() => acts.option(option.name, value)}
      >
        ${t(`staff.${option.name}_${value}`)}
      </button>`,
    )}
  </div>`;
}

function searchField(panel, typed, acts) {
  const takeFirst = (event) => event.key === "Enter" && typed && panel.choices[0] && acts.choose(panel.choices[0]);
  return html`<input
    class="field"
    type="search"
    autocomplete="off"
    aria-label=${t("staff.search_service")}
    placeholder=${t("staff.search_service")}
    .value=${typed}
    @input=${(event) => acts.search(event.target.value)}
    @keydown=${takeFirst}
  />`;
}

function choiceButton(choice, place, busy, acts, language) {
  return html`<button
    type="button"
    class="choice ${choice.opens ? "choice--deeper" : ""}"
    data-choice=${choice.id}
    data-tone=${choice.zone?.tone ?? nothing}
    ?disabled=${busy || choice.enabled === false}
    @click=${() => acts.choose(choice)}
  >
    ${place < 9 ? html`<kbd aria-hidden="true">${place + 1}</kbd>` : nothing}
    <span class="choice__words">${choiceWords(choice, language)}</span>
  </button>`;
}

function choiceWords(choice, language) {
  if (choice.service) {
    return html`<strong>${choice.service.plain_name}</strong><small>${choice.service.official_name}</small>`;
  }
  if (choice.counterTarget) return counterWords(choice);
  if (choice.officerTarget) return officerWords(choice);
  if (choice.zone) return zoneWords(choice);
  const says = choice.phrase && html`<small>“${language === "en" ? choice.phrase.words.en : choice.phrase.words.zh}”</small>`;
  if (choice.whom) return html`<strong>${t(choice.whom)}</strong><small>${t(choice.label)}</small>`;
  return html`<strong>${t(choice.label)}</strong>${says || nothing}`;
}

function zoneWords({ zone, target }) {
  const state = target.closed
    ? t("common.zone_closed")
    : html`${t("staff.n_waiting", { n: target.waiting })}${target.wait ? html`<br />${waitText(target.wait)}` : nothing}`;
  return html`<strong>${zoneShape(zone)} ${pick(zone.name)}</strong><small>${state}</small>`;
}

function officerWords({ zone, officerTarget: { desk, serves, id } }) {
  const place = html`${zoneShape(zone)} ${t("common.counter", { counter: id })}`;
  return html`<strong>${desk.officer_name}</strong><small>${serves ? place : t("staff.counter_cannot")}</small>`;
}

function counterWords({ zone, counterTarget }) {
  const { desk, serves, id } = counterTarget;
  const state = serves ? (desk ? desk.officer_name : t("staff.counter_not_open")) : t("staff.counter_cannot");
  return html`<strong>${zoneShape(zone)} ${t("common.counter", { counter: id })}</strong><small>${state}</small>`;
}
