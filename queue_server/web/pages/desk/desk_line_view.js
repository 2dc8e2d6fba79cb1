// What the desk says with the network gone: what is noted, what can still be taken back, what the hall refused later.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { troubleText } from "../staff/staff_words.js";
import { KEYS } from "./desk_keys.js";

/** Null when there is nothing to tell. */
export function drawLine({ presses, isDown }, acts) {
  if (presses.wishes.length) return drawKept(presses, acts);
  if (presses.refused) return drawRefused(presses.refused);
  return isDown ? html`<span class="says says--look">◆ ${t("desk.line_down")}</span>` : null;
}

function drawKept({ wishes, mayTakeBack }, acts) {
  return html`<div class="desk-line">
    <span class="says says--look">◆ ${t("desk.line_kept", { n: wishes.length })}</span>
    <ol class="desk-line__list">
      ${wishes.map((wish) => html`<li>${wishText(wish)}</li>`)}
    </ol>
    ${mayTakeBack
      ? html`<button class="staff-tool desk-undo" type="button" aria-keyshortcuts=${KEYS.undo} @click=${acts.undo}>
          ${t("desk.line_take_back")} <kbd aria-hidden="true">${KEYS.undo}</kbd>
        </button>`
      : nothing}
  </div>`;
}

/** Told kindly: what was not done and why, and what was therefore left unsent. */
function drawRefused({ wish, error, unsent }) {
  return html`<span class="says says--act"
    >▲ ${t("desk.line_refused", { wish: wishText(wish) })} ${troubleText(error)}
    ${unsent.length ? t("desk.line_unsent", { wishes: unsent.map(wishText).join(t("staff.list_comma")) }) : nothing}</span
  >`;
}

const wishText = ({ name, ticket }) => t(`desk.kept_${name}`, { ticket: ticket ?? "" }).trim();
