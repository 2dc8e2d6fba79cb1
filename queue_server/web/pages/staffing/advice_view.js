// What would help, on the supervisor's wall: the way to “what if”.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";

export function drawHelp(_, acts) {
  return html`<button class="staff-link advice__what-if" type="button" data-panel="what_if" @click=${() => acts.openPanel("what_if")}>
    ${t("staffing.what_if")}
  </button>`;
}
