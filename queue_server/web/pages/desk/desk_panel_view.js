// The desk's small questions (how did it end, why, where to) in the place of the verbs, answered by touch or digit.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";

export function drawPanel({ panel, typed, here }, acts) {
  const busy = here.presses.isAnyBusy();
  return html`<div class="desk-panel" data-kind=${panel.kind} role="group" aria-label=${t(`desk.ask_${panel.kind}`)}>
    <div class="desk-panel__head">
      <h2>${t(`desk.ask_${panel.kind}`)}</h2>
      <button class="staff-tool" type="button" @click=${acts.back}>
        ${panel.back ? t("common.back") : t("common.cancel")} <kbd aria-hidden="true">Esc</kbd>
      </button>
    </div>
    ${panel.search ? searchField(panel, typed, acts) : nothing}
    <div class="desk-choices">
      ${panel.choices.map((choice, place) => choiceButton(choice, place, busy, acts))}
      ${panel.choices.length ? nothing : html`<p class="soft">${t("staff.service_not_found")}</p>`}
    </div>
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

function choiceButton(choice, place, busy, acts) {
  return html`<button
    type="button"
    class="choice ${choice.opens ? "choice--deeper" : ""}"
    data-choice=${choice.id}
    data-tone=${choice.zone?.tone ?? nothing}
    ?disabled=${busy || choice.enabled === false}
    @click=${() => acts.choose(choice)}
  >
    ${place < 9 ? html`<kbd aria-hidden="true">${place + 1}</kbd>` : nothing}
    <span class="choice__words">${choiceWords(choice)}</span>
  </button>`;
}

function choiceWords(choice) {
  if (choice.service) {
    return html`<strong>${choice.service.plain_name}</strong><small>${choice.service.official_name}</small>`;
  }
  if (choice.counterTarget) return counterWords(choice);
  if (choice.zone) return zoneWords(choice);
  return html`<strong>${t(choice.label)}</strong>`;
}

function zoneWords({ zone, target }) {
  const state = target.closed
    ? t("common.zone_closed")
    : html`${t("staff.n_waiting", { n: target.waiting })}${target.wait ? html`<br />${waitText(target.wait)}` : nothing}`;
  return html`<strong>${zoneShape(zone)} ${pick(zone.name)}</strong><small>${state}</small>`;
}

function counterWords({ zone, counterTarget }) {
  const { desk, serves, id } = counterTarget;
  const state = serves ? (desk ? desk.officer_name : t("staff.counter_not_open")) : t("staff.counter_cannot");
  return html`<strong>${zoneShape(zone)} ${t("common.counter", { counter: id })}</strong><small>${state}</small>`;
}
