// The number on the visitor's paper where it is another one than the ticket's: it was somebody else's when the hall heard of it.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";

export function onPaper(ticket) {
  return ticket.number_on_paper ? html`<span class="on-paper">${t("staff.on_paper", { number: ticket.number_on_paper })}</span>` : nothing;
}
