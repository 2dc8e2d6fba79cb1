// The whole story of a ticket: each step with its minute, how long it took until the next, and who did it.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { serviceName, zoneText } from "../staff/staff_words.js";

/** Today, or any day that is past. */
export const drawDayField = (here) => html`<label>
  <span>${t("supervisor.of_day")}</span>
  <input class="field" type="date" name="day" required max=${here.floor.day} value=${here.floor.day} />
</label>`;

export function drawStoryQuestion(here, acts) {
  const send = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    acts.askStory(given.get("ticket"), given.get("day"));
  };
  return html`<form class="wall__compare wall__compare--day" data-form="story" @submit=${send}>
    <label>
      <span>${t("supervisor.story_ask")}</span>
      <input class="field number" name="ticket" required maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck="false" />
    </label>
    <span></span>
    ${drawDayField(here)}
    <button class="button" type="submit">${t("supervisor.story_show")}</button>
  </form>`;
}

export function drawStory({ panel, here, trouble }, acts) {
  const head = html`<p class="repair__head"><strong class="number">${panel.ticket}</strong> ${panel.past ? html`<span class="soft">${panel.past}</span>` : nothing}
    ${panel.steps && !panel.past
      ? html`<button class="staff-link" type="button" data-act="repair" ?disabled=${here.presses.isBusy("repair")} @click=${() => acts.repairOfStory(panel.ticket)}>
          ${t("supervisor.repair_of_story")}
        </button>`
      : nothing}</p>`;
  if (trouble) return html`${head}<p class="note note--act" role="alert">▲ ${trouble}</p>`;
  if (!panel.steps) return html`${head}<p class="soft" role="status">${t("common.loading")}</p>`;
  return html`${head}
    <div class="wall__scroll" tabindex="0">
      <ol class="wall__story">
        ${panel.steps.map((step, place) => drawStep(step, panel.steps[place + 1], here))}
      </ol>
    </div>`;
}

function drawStep(step, next, here) {
  const minutes = next ? Math.round((Date.parse(next.at) - Date.parse(step.at)) / 60_000) : 0;
  return html`<li data-step=${step.name}>
    <time class="number">${hallTime(step.at)}</time>
    <span>${sayStep(step, here)}</span>
    <span class="soft">${sayWho(step.by)}</span>
    <span class="soft number">${minutes > 0 ? t("supervisor.story_then", { n: minutes }) : nothing}</span>
  </li>`;
}

/** In words of ours; a step that nobody has put into words yet stands by its own name. */
export function sayStep({ name, fields }, here) {
  const values = {
    ...fields,
    service: fields.service ? serviceName(here.services, fields.service) : "",
    zone: fields.zone ? zoneText(zoneOf(here.hall, fields.zone)) : "",
    reason: reasonWord(fields.reason),
    printer: fields.printer ?? "",
    counter: fields.counter ?? "",
    n: fields.value ?? "",
  };
  const key = `supervisor.story_${name === "ticket_called" && fields.attempt > 1 ? "ticket_recalled" : name}`;
  const words = t(key, values);
  return words === key ? name : words;
}

function reasonWord(reason) {
  if (!reason) return t("supervisor.reason_none");
  const words = t(`staff.why_${reason}`);
  return words === `staff.why_${reason}` ? reason : words;
}

function sayWho({ kind, id, name }) {
  const words = t(`supervisor.by_${kind}`, { name: name || id });
  return words === `supervisor.by_${kind}` ? name || id || kind : words;
}
