// How the waits that visitors were told have held, today and over the last working days.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { zoneText } from "../staff/staff_words.js";

const COLUMNS = ["known", "error", "coverage", "certain"];

export function drawTold({ board, here }) {
  const { rows, drifted, bestTimes, closing } = board.told;
  const name = (zone) => (zone ? zoneText(zoneOf(here.hall, zone)) : t("supervisor.told_all"));
  return html`
    ${drifted ? html`<p class="note note--act" role="alert">▲ ${t("supervisor.waits_drifted_do")}</p>` : nothing}
    <table class="wall__told">
      <thead>
        <tr>
          <th scope="col">${t("supervisor.zones")}</th>
          <th scope="col"></th>
          ${COLUMNS.map((column) => html`<th scope="col">${t(`supervisor.told_${column}`)}</th>`)}
        </tr>
      </thead>
      ${rows.map(
        ({ zone, today, month }) => html`<tbody>
          <tr>
            <th scope="rowgroup" rowspan=${month ? 2 : 1}>${name(zone)}</th>
            ${drawFigures("today", today)}
          </tr>
          ${month ? html`<tr>${drawFigures("month", month)}</tr>` : nothing}
        </tbody>`,
      )}
    </table>
    <p class="soft">${t("supervisor.told_means")}</p>
    ${drawClosing(closing)} ${drawBestTimes(bestTimes)}
  `;
}

/** “Certain today” against the risk that the hall states: which it may break, and how often it did. */
function drawClosing({ today, month }) {
  const known = [["today", today], ["month", month]].filter(([, one]) => one && one.certain > 0);
  if (!known.length) return nothing;
  return html`<h3>${t("supervisor.closing")}</h3>
    ${known.map(
      ([span, one]) => html`<p class=${one.too_many ? "wall__low" : ""}>
        ${one.too_many ? "▲ " : ""}${t(`supervisor.told_${span}`)}${t("supervisor.closing_held", {
          certain: one.certain,
          broken: one.broken,
          percent: ((100 * one.broken) / one.certain).toFixed(1),
          risk: one.risk_percent,
        })}${one.too_many ? t("supervisor.closing_too_many") : ""}
      </p>`,
    )}`;
}

/** What the public page said of when to come, against what then was; and whether following it saved people time. */
function drawBestTimes(held) {
  return html`<h3>${t("supervisor.best_times")} <a class="staff-link" href="/when" target="_blank" rel="noopener">${t("supervisor.best_times_page")}</a></h3>
    ${held === null
      ? html`<p class="soft">${t("supervisor.best_times_unknown")}</p>`
      : html`<p>
          ${t("supervisor.best_times_error", { n: held.error_minutes, half_hours: held.half_hours, coverage: Math.round(held.p90_coverage * 100) })}
          ${held.advised_minutes === null
            ? nothing
            : t("supervisor.best_times_advice", { advised: held.advised_minutes, otherwise: held.otherwise_minutes })}
        </p>`}`;
}

/** Too few ranges say nothing: a dash, never a figure that looks measured. */
function drawFigures(span, { shown, known, error_minutes: error, p90_coverage: coverage, certain, certain_broken: broken }) {
  return html`
    <th scope="row">${t(`supervisor.told_${span}`)}</th>
    <td class="number">${known} / ${shown}</td>
    <td class="number">${error === null ? "–" : t("supervisor.told_error_value", { n: error })}</td>
    <td class="number">${coverage === null ? "–" : `${Math.round(coverage * 100)} %`}</td>
    <td class="number">${broken} / ${certain}</td>
  `;
}
