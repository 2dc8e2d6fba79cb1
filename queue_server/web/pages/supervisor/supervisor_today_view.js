// Arranged for today alone: longer hours, what a counter serves, one more counter, a visitor called back.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { serviceName, zoneText } from "../staff/staff_words.js";
import { laterBy, servicesOfZone } from "./supervisor_today_board.js";

const WHY = ["rush", "absent", "machine"];
const WHY_BACK = ["sign", "missing_step", "our_mistake", "left_behind"];
const LONGER = [30, 60, 90];

export function drawToday(state, acts) {
  const { panel, trouble } = state;
  if (!panel.today) return html`<p class="soft" role="status">${trouble || t("common.loading")}</p>`;
  return html`
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    ${drawHours(state, acts)} ${drawCounters(state, acts)} ${drawCallBack(state, acts)}
  `;
}

function drawHours({ panel, here }, acts) {
  const { closes, usually } = panel.today;
  const busy = here.presses.isBusy("today");
  const longer = LONGER.map((n) => [n, laterBy(closes, n)]).filter(([, time]) => time);
  return html`<section class="wall__part" data-part="hours">
    <h3>${t("supervisor.hours")}</h3>
    <p>${closes ? t(closes === usually ? "supervisor.hours_usual" : "supervisor.hours_longer", { closes, usually }) : t("supervisor.hours_closed")}</p>
    ${closes
      ? html`<p class="wall__deeds">
          ${longer.map(
            ([n, time]) => html`<button class="button" type="button" data-longer=${n} ?disabled=${busy} @click=${() => acts.extendHours(time)}>
              ${t("supervisor.hours_until", { time })}
            </button>`,
          )}
          ${closes === usually
            ? nothing
            : html`<button class="button button--quiet" type="button" data-act="as_usual" ?disabled=${busy} @click=${() => acts.extendHours(null)}>
                ${t("supervisor.hours_back", { usually })}
              </button>`}
        </p>`
      : nothing}
  </section>`;
}

function drawCounters({ panel, here }, acts) {
  const changed = panel.today.counters.filter((counter) => counter.usually || counter.added);
  const { counter, zone } = panel.chosen;
  const known = panel.today.counters.find((one) => one.id === counter);
  const send = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    acts.arrangeCounter({ zone, services: given.getAll("services"), reason: given.get("reason") }, known ? "change" : "add");
  };
  return html`<section class="wall__part" data-part="counters">
    <h3>${t("supervisor.counters_today")}</h3>
    ${changed.length ? html`<ul class="wall__notices">${changed.map((one) => drawChanged(one, here, acts))}</ul>` : nothing}
    <form class="wall__form" data-form="counter" @submit=${send}>
      <div class="wall__fields">
        <label><span>${t("supervisor.counter_number")}</span>
          <input class="field number" name="counter" required inputmode="numeric" maxlength="2" pattern="[1-9][0-9]?" autocomplete="off" list="counters-here"
            .value=${counter} @input=${(event) => acts.choose({ counter: event.target.value.trim() })} />
          <datalist id="counters-here">${panel.today.counters.map(({ id }) => html`<option value=${id}></option>`)}</datalist></label>
        <label><span>${t("supervisor.counter_zone")}</span>
          <select class="field" name="zone" @change=${(event) => acts.choose({ zone: event.target.value })}>
            ${here.hall.zones.map((one) => html`<option value=${one.id} ?selected=${one.id === zone}>${zoneText(one)}</option>`)}
          </select></label>
        ${drawReason(WHY)}
      </div>
      <details class="wall__services">
        <summary>${t("supervisor.counter_services")}</summary>
        <div class="wall__ticks">
          ${servicesOfZone(here, zone).map(
            (id) => html`<label class="wall__choice"><input type="checkbox" name="services" value=${id} ?checked=${known?.services?.includes(id) ?? false} />
              <span>${serviceName(here.services, id)}</span></label>`,
          )}
        </div>
      </details>
      <div class="wall__answers">
        <button class="button button--main" type="submit" ?disabled=${here.presses.isBusy("today") || !counter}>
          ${t(counterWord(counter, known), { counter })}
        </button>
      </div>
    </form>
  </section>`;
}

function counterWord(counter, known) {
  if (!counter) return "supervisor.counter_do";
  return known ? "supervisor.counter_change" : "supervisor.counter_add";
}

function drawChanged(counter, here, acts) {
  const zone = zoneText(zoneOf(here.hall, counter.zone));
  const services = counter.services ? counter.services.map((id) => serviceName(here.services, id)).join(t("supervisor.list_and")) : t("supervisor.counter_all");
  return html`<li data-changed=${counter.id}>
    <p><strong class="number">${t("common.counter", { counter: counter.id })}</strong> ${zone}：${services}</p>
    <span class="soft">${counter.added ? t("supervisor.counter_added") : ""}</span>
    ${counter.usually
      ? html`<button class="button" type="button" data-act="restore" ?disabled=${here.presses.isBusy("today")} @click=${() => acts.restoreCounter(counter.id)}>
          ${t("supervisor.counter_restore")}
        </button>`
      : nothing}
  </li>`;
}

function drawCallBack({ panel, here }, acts) {
  const open = Object.values(here.floor.desks).filter((desk) => !desk.paused);
  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    if (await acts.callBack(given.get("ticket"), given.get("counter"), given.get("reason"))) form.reset();
  };
  return html`<section class="wall__part" data-part="back">
    <h3>${t("supervisor.back")}</h3>
    <p class="soft">${t("supervisor.back_means")}</p>
    ${panel.calledBack ? html`<p class="note note--good" role="status">○ ${panel.calledBack}</p>` : nothing}
    ${open.length
      ? html`<form class="wall__form" data-form="back" @submit=${send}>
          <div class="wall__fields">
            <label><span>${t("supervisor.back_ticket")}</span>
              <input class="field number" name="ticket" required maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck="false" /></label>
            <label><span>${t("supervisor.back_counter")}</span>
              <select class="field" name="counter">
                ${open.map(({ counter, officer_name: name }) => html`<option value=${counter}>${t("common.counter", { counter })} ${name ?? ""}</option>`)}
              </select></label>
            ${drawReason(WHY_BACK)}
          </div>
          <div class="wall__answers">
            <button class="button button--main" type="submit" ?disabled=${here.presses.isBusy("today")}>${t("supervisor.back_call")}</button>
          </div>
        </form>`
      : html`<p>◆ ${t("supervisor.back_nobody")}</p>`}
  </section>`;
}

function drawReason(codes) {
  return html`<label><span>${t("supervisor.why")}</span>
    <select class="field" name="reason">${codes.map((code) => html`<option value=${code}>${t(`staff.why_${code}`)}</option>`)}</select></label>`;
}
