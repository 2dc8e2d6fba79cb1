// One zone of the wall: its figures, how full it is, and closing it for new numbers.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneName, zoneOf } from "/common/zones.js";
import { WAIT_SHAPES } from "../staff/staff_wait.js";
import { zoneText } from "../staff/staff_words.js";

export function drawZone(figures, { here }, acts) {
  const zone = zoneOf(here.hall, figures.zone);
  const open = (name) => () => acts.openFigure(name, { zone: figures.zone });
  return html`<article class="zone" data-tone=${zone.tone} data-zone=${zone.id} aria-label=${zoneText(zone)}>
    <header class="zone__head">
      <h2>${zoneName(zone)}</h2>
      <span class="zone__desks">${t("supervisor.zone_desks", { open: figures.open_desks, counters: figures.counters })}</span>
      <button class="zone__close" type="button" @click=${() => acts.askZone(figures.zone, !figures.closed)}>
        ${t(figures.closed ? "supervisor.reopen" : "supervisor.close")}
      </button>
    </header>
    ${figures.closed ? html`<p class="zone__closed">◆ ${t("supervisor.closed_now", { notice: figures.notice })}</p>` : nothing}
    <dl class="zone__figures">
      ${figure("waiting", figures.waiting, open("waiting"))}
      ${figure("longest", inMinutes(figures.longest_wait_minutes), open("waiting"), figures.waitLevel)}
      ${figure("forecast", inMinutes(figures.p90_forecast_minutes), open("waiting"))}
      ${figure("bounced", figures.bounced, open("bounced"))}
    </dl>
    ${drawLoad(figures)}
    <dl class="zone__small">
      ${small("average", inMinutes(figures.average_wait_minutes), open("called"))}
      ${small("p50", inMinutes(figures.p50_wait_minutes), open("called"))}
      ${small("p90", inMinutes(figures.p90_wait_minutes), open("called"))}
      ${small("level", againstTarget(figures.within_target, here.hall.limits), open("called"), levelMeans(here.hall.limits))}
      ${["served", "missed", "no_show", "abandoned"].map((name) => small(name, figures[name], open(name)))}
    </dl>
  </article>`;
}

/** `31′`, or a dash where nobody can say. */
export function inMinutes(minutes) {
  return minutes === null ? "–" : `${Math.round(minutes)}′`;
}

/** `80 %`, or a dash where nobody was called. */
export function inPercent(share) {
  return share === null ? "–" : `${Math.round(share * 100)} %`;
}

/** `72/80 %`: how many were called in time, and how many should be; ▼ where it falls short. A dash where nobody was called. */
export function againstTarget(share, { target_percent: target }) {
  if (share === null) return "–";
  const percent = Math.round(share * 100);
  return `${percent < target ? "▼ " : ""}${percent}/${target} %`;
}

const levelMeans = ({ target_wait_minutes: minutes, target_percent: percent }) => t("supervisor.level_means", { minutes, percent });

function figure(name, value, open, level = "good") {
  return html`<div class="figure" data-level=${level} data-figure=${name}>
    <dt>${t(`supervisor.figure_${name}`)}</dt>
    <dd class="number"><button type="button" class="figure__open" @click=${open}>${value}</button>${level === "act" ? html`<span class="figure__shape" aria-hidden="true">▲</span>` : nothing}</dd>
  </div>`;
}

function small(name, value, open, means = "") {
  return html`<div data-figure=${name} title=${means}>
    <dt>${t(`supervisor.figure_${name}`)}</dt>
    <dd class="number"><button type="button" class="figure__open" @click=${open}>${value}</button></dd>
  </div>`;
}

function drawLoad({ level, load }) {
  return html`<div class="load" data-level=${level}>
    <progress class="load__bar" max="100" value=${Math.round(load * 100)} aria-label=${t("supervisor.load")}></progress>
    <span class="load__word"><span aria-hidden="true">${WAIT_SHAPES[level]}</span> ${t(`supervisor.load_${level}`)}</span>
  </div>`;
}

export function drawZoneQuestion({ here, asking }, acts) {
  if (!asking) return nothing;
  const zone = zoneOf(here.hall, asking.zone);
  const send = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    acts.changeZone(given.get("notice")?.trim() ?? "", given.get("move_to") || null);
  };
  return html`<dialog class="wall__dialog" aria-labelledby="zone-question" @close=${acts.stopAsking}>
    <form @submit=${send}>
      <h2 id="zone-question">${t(asking.close ? "supervisor.close_sure" : "supervisor.reopen_sure", { zone: zoneText(zone) })}</h2>
      <p>${t(asking.close ? "supervisor.close_means" : "supervisor.reopen_means")}</p>
      ${asking.close
        ? html`<label>
            <span>${t("supervisor.notice")}</span>
            <input class="field" name="notice" maxlength="200" required autocomplete="off" placeholder=${t("supervisor.notice_like")} />
          </label>`
        : nothing}
      ${asking.close ? drawPeopleInIt(asking.zone, here) : nothing}
      <div class="wall__answers">
        <button class="button button--quiet" type="button" @click=${acts.stopAsking}>${t("common.cancel")}</button>
        <button class="button button--main" type="submit" ?disabled=${here.presses.isBusy("zone")}>
          ${t(asking.close ? "supervisor.close" : "supervisor.reopen")}
        </button>
      </div>
    </form>
  </dialog>`;
}

/** Somebody waits there: what is to become of them is asked, never guessed. */
function drawPeopleInIt(id, here) {
  const waiting = here.floor.queues[id]?.length ?? 0;
  const others = here.hall.zones.filter((zone) => zone.id !== id && !here.floor.zones[zone.id]?.closed);
  if (!waiting || !others.length) return nothing;
  const choice = (value, words, checked) => html`<label class="wall__choice">
    <input type="radio" name="move_to" value=${value} ?checked=${checked} /> <span>${words}</span>
  </label>`;
  return html`<fieldset class="wall__people">
    <legend>${t("supervisor.close_people", { n: waiting })}</legend>
    ${choice("", t("supervisor.close_stay"), true)}
    ${others.map((zone) => choice(zone.id, t("supervisor.close_move", { zone: zoneText(zone) }), false))}
  </fieldset>`;
}
