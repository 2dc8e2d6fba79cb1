// One waiting ticket as a card that can be touched: number, wait, service, need, marks. Used by guide and supervisor.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { serviceName } from "./staff_words.js";
import { careMark, ticketFlags } from "./ticket_flags.js";
import { waitMark } from "./wait_mark.js";

export function ticketCard(ticket, { services, limits, now, chosen = false, busy = false, canDrag = false, onChoose }) {
  return html`
    <button
      type="button"
      class="ticket-card"
      data-ticket=${ticket.ticket}
      data-drag=${canDrag ? ticket.ticket : nothing}
      aria-pressed=${chosen ? "true" : "false"}
      aria-busy=${busy ? "true" : "false"}
      @click=${() => onChoose(ticket.ticket)}
    >
      <span class="ticket-card__top">
        <span class="ticket-card__number number">${ticket.ticket}</span>
        ${careMark(ticket)} ${waitMark(ticket, limits, now)}
      </span>
      <span class="ticket-card__service">${serviceName(services, ticket.service)}</span>
      ${ticketFlags(ticket)}
    </button>
  `;
}
