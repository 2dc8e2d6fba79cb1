// Draws the staffing plan: the day, one sentence of what is short, a table by half hour, and how sure it is.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pageLanguage, t } from "/common/words.js";
import { zoneName, zoneOf } from "/common/zones.js";
import { staffHeader } from "../staff/staff_header.js";
import { zoneText } from "../staff/staff_words.js";
import { planTable, shortStretches } from "./plan_board.js";

export function drawPlan(state, acts) {
  const { hall, plan, trouble, reading } = state;
  return html`
    ${staffHeader({
      hall,
      session: state.session,
      place: html`<h1 class="staff-header__title">${t("staffing.plan")}</h1>`,
      tools: plan?.enough
        ? html`<a class="staff-link" href=${`/api/v1/staffing-plan.csv?day=${plan.day}&lang=${pageLanguage()}`}>${t("staffing.plan_csv")}</a>
            <button class="staff-link" type="button" @click=${() => window.print()}>${t("staffing.plan_print")}</button>`
        : nothing,
      showsTime: false,
    })}
    <main class="plan__main" aria-busy=${reading}>
      ${plan ? drawDays(plan, state, acts) : nothing}
      ${trouble
        ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>
            <button class="button" type="button" @click=${acts.again}>${t("staffing.again")}</button>`
        : nothing}
      ${reading ? html`<p class="soft" role="status">${t("staffing.plan_loading")}</p>` : nothing}
      ${plan && !reading && !trouble ? drawDay(plan, hall) : nothing}
    </main>
  `;
}

function drawDays({ days }, { day }, { choose }) {
  return html`<div class="plan__days" role="group" aria-label=${t("staffing.plan")}>
    ${days.map((one) => html`<button class="chip" type="button" aria-pressed=${one === day} @click=${() => choose(one)}>${sayDay(one)}</button>`)}
  </div>`;
}

/** “11月26日 周四”; the date is the hall's own, whatever zone the browser is in. */
export function sayDay(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const options = { month: "short", day: "numeric", weekday: "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(pageLanguage() === "en" ? "en-GB" : "zh-CN", options).format(Date.UTC(year, month - 1, day));
}

function drawDay(plan, hall) {
  if (!plan.enough) {
    return html`<p class="note">◆ ${t("staffing.plan_too_little", { n: plan.learnt_days, least: plan.least_days })}</p>`;
  }
  const short = shortStretches(plan);
  const list = short.map(({ zone, from, until }) => `${zoneText(zoneOf(hall, zone))} ${from}–${until}`).join(t("staffing.list_and"));
  return html`
    <h2 class="plan__day">${sayDay(plan.day)} · ${t("staffing.plan_target", { wait: plan.wait_minutes, late: plan.late_percent })}</h2>
    <p class="plan__short" data-short=${short.length > 0}>
      ${short.length ? html`<span aria-hidden="true">▲</span> ${t("staffing.plan_short", { list })}` : html`<span aria-hidden="true">✓</span> ${t("staffing.plan_short_none")}`}
    </p>
    ${drawTable(plan, hall)} ${drawFoot(plan)}
  `;
}

const COLUMNS = ["arrivals", "needed", "usual", "wait", "usual_wait"];

function drawTable(plan, hall) {
  const { zones, rows } = planTable(plan);
  return html`<div class="plan__scroll" tabindex="0" role="region" aria-label=${t("staffing.plan")}>
    <table class="plan__table">
      <thead>
        <tr>
          <th scope="col" rowspan="2">${t("staffing.plan_from")}</th>
          ${zones.map(
            ({ zone, counters }) => html`<th scope="colgroup" colspan=${COLUMNS.length} data-tone=${zoneOf(hall, zone).tone}>
              ${zoneName(zoneOf(hall, zone))} <span class="soft">${t("staffing.plan_counters", { n: counters })}</span>
            </th>`,
          )}
        </tr>
        <tr>
          ${zones.map(() => COLUMNS.map((name) => html`<th scope="col">${t(`staffing.plan_${name}`)}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ from, cells }) => html`<tr>
            <th scope="row" class="number">${from}</th>
            ${cells.map((cell) => drawCell(cell, plan))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function drawCell(cell, plan) {
  const misses = !plan.holds && cell.p90 !== null && (cell.p90 === "never" || cell.p90 > plan.wait_minutes * 1.5);
  return html`
    <td class="number plan__first">${cell.arrivals ? cell.arrivals.toFixed(1) : nothing}</td>
    <td class="number plan__needed">
      ${cell.needed || nothing}${cell.tooMany ? html`<span title=${t("staffing.plan_more_than_has")}> ＋</span>` : nothing}${cell.split.length
        ? html`<small class="plan__split">${cell.split.map(({ title, needed, short }) => html`<span data-short=${short}>${title} ${needed}</span>`)}</small>`
        : nothing}
    </td>
    <td class="number" data-short=${cell.short}>${cell.needed || cell.usual ? cell.usual : nothing}${cell.short ? " ▲" : nothing}</td>
    <td class="number soft">${range(cell.p50, cell.p90)}${misses ? " ▲" : nothing}</td>
    <td class="number soft" data-short=${cell.short}>${range(cell.usual_p50, cell.usual_p90)}</td>
  `;
}

const minutes = (value) => (value === "never" ? t("staffing.never_short") : `${value}′`);
const range = (p50, p90) => (p50 === null ? nothing : p50 === "never" ? minutes(p50) : `${p50}–${minutes(p90)}`);

function drawFoot(plan) {
  const few = plan.learnt_of_weekday < 2;
  return html`<ul class="plan__foot soft">
    <li>${t(plan.holds ? "staffing.plan_holds" : "staffing.plan_holds_not")}</li>
    <li>${t("staffing.plan_left", { planned: plan.left_over.planned, usual: plan.left_over.usual })}</li>
    <li>${t("staffing.plan_learnt", { n: plan.learnt_days, m: plan.learnt_of_weekday })}</li>
    ${few ? html`<li>◆ ${t("staffing.plan_few_of_weekday", { n: plan.learnt_of_weekday })}</li>` : nothing}
  </ul>`;
}
