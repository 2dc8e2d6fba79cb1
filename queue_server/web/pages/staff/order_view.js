// Draws why one ticket goes before another: the rule that decided it large, then what is known of each.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";

/** `as_of`: of a day that is past, the moment at which the rules spoke. */
export function drawOrder({ first, second, reasons, as_of: asOf = null }) {
  const [decided, ...known] = reasons;
  const of = (number) => known.filter((reason) => reason.details.ticket === number);
  return html`<div class="order" role="status">
    ${asOf ? html`<p class="soft">${t("staff.order_as_of", { time: hallTime(asOf) })}</p>` : nothing}
    <p class="order__decided">${decided.words}</p>
    <div class="order__known">
      ${[first, second].map(
        (number, place) => html`<section>
          <h3><span class="number">${number}</span> <small class="soft">${t(place === 0 ? "staff.goes_first" : "staff.goes_then")}</small></h3>
          <ul>
            ${of(number).map((reason) => html`<li>${reason.words}</li>`)}
          </ul>
        </section>`,
      )}
    </div>
  </div>`;
}
