// The foot of the side panel: what visitors said, what is being mended, and how the waits told have held. Each opens more.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { clockName, dayOrTime } from "./supervisor_repairs_view.js";

export function drawFoot(board, acts) {
  return html`<div class="wall__foot">
    ${cell("feedback", t("supervisor.feedback"), sayFeedback(board.feedback), () => acts.openFigure(board.feedback.low ? "low" : "feedback", {}))}
    ${cell("repairs", t("supervisor.tool_repairs"), sayRepairs(board.repairs), acts.openRepairs)}
    ${cell("told", t("supervisor.tool_told"), sayTold(board.told), () => acts.openPanel("told"))}
  </div>`;
}

function cell(panel, head, says, open) {
  return html`<button class="wall__cell" type="button" data-panel=${panel} @click=${open}>
    <strong>${head}</strong>
    ${says}
  </button>`;
}

const soft = (words) => html`<span class="soft">${words}</span>`;
const low = (words) => html`<span class="wall__low">▲ ${words}</span>`;

function sayFeedback({ count, average, low: bad }) {
  if (count === 0) return soft(t("supervisor.feedback_none"));
  return html`<span>${t("supervisor.feedback_average", { average: average.toFixed(1) })} <span class="soft">${t("supervisor.feedback_count", { n: count })}</span></span> ${bad ? low(t("supervisor.feedback_low", { n: bad })) : nothing}`;
}

function sayRepairs(repairs) {
  if (!repairs) return soft(t("supervisor.repairs_unknown"));
  const { standing, late, next } = repairs;
  if (standing === 0) return soft(t("supervisor.repairs_none_stand"));
  return html`<span>${t("supervisor.repairs_stand", { n: standing })}</span>
    ${late ? low(t("supervisor.repairs_late", { n: late })) : soft(t("supervisor.repairs_next", { clock: clockName(next.clock), when: dayOrTime(next.due) }))}`;
}

/** Of the whole hall: today, or the last weeks while today has too few. */
function sayTold({ rows: [all] }) {
  const [span, figures] = all.today.error_minutes === null && all.month ? ["month", all.month] : ["today", all.today];
  const { error_minutes: error, p90_coverage: coverage, certain_broken: broken } = figures;
  return html`${error === null
      ? soft(t("supervisor.told_too_few"))
      : html`<span>${t(`supervisor.told_${span}`)} ${t("supervisor.told_error_value", { n: error })}
          <span class="soft">${t("supervisor.told_coverage")} ${Math.round(coverage * 100)} %</span></span>`}
    ${broken ? low(t("supervisor.told_broken", { n: broken })) : nothing}`;
}
