// How long somebody has waited, as a number with colour and shape by the hall's limits.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { WAIT_SHAPES, waitedMinutes, waitLevel } from "./staff_wait.js";

export function waitMark(ticket, limits, now) {
  const minutes = waitedMinutes(ticket, now);
  const level = waitLevel(minutes, limits);
  return html`<span class="wait-mark" data-level=${level} title=${t(`staff.wait_${level}`)}
    ><span aria-hidden="true">${WAIT_SHAPES[level]}</span
    ><span class="only-read">${t("staff.waited")} </span
    ><span class="number">${minutes}</span><small>${t("common.minutes_short")}</small></span
  >`;
}
