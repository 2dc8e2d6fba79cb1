// Draws the guide's tablet: what needs a person now, the zones side by side, and what lies over them.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";
import { drawBookings } from "../staff/bookings_view.js";
import { staffHeader } from "../staff/staff_header.js";
import { serviceName, whereText, zoneText } from "../staff/staff_words.js";
import { ticketCard } from "../staff/ticket_card.js";
import { careMark } from "../staff/ticket_flags.js";
import { drawIssue } from "./guide_issue_view.js";
import { drawSheet } from "./guide_sheet_view.js";
import { drawAttention } from "./guide_attention_view.js";

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy="true">
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
  </main>`;
}

export function drawGuide(state, acts) {
  const { here, board } = state;
  return html`
    ${staffHeader({
      hall: here.hall,
      session: here.session,
      place: html`<h1 class="staff-header__title">${t("guide.title")}</h1>`,
      tools: drawTools(state, acts),
    })}
    <main class="guide">
      ${drawAttention(board.attention, here, acts)}
      <div class="guide-zones" data-dims>${board.zones.map((zone) => drawZone(zone, state, acts))}</div>
      ${state.sheet ? drawSheet(state, acts) : nothing} ${state.issue ? drawIssue(state, acts) : nothing}
      ${state.bookings ? drawBookingsSheet(state, acts) : nothing}
      <div class="guide-says" role="status" aria-live="polite">${drawSays(state, acts)}</div>
    </main>
  `;
}

function drawBookingsSheet({ bookings, here }, acts) {
  return html`<section class="sheet" aria-label=${t("staff.bookings")}>
    <header class="sheet__head">
      <h2 class="sheet__title" tabindex="-1">${t("staff.bookings")}</h2>
      <button class="staff-tool sheet__close" type="button" @click=${acts.closeAll}>${t("common.close")}</button>
    </header>
    <div class="sheet__body">${drawBookings(bookings, { here })}</div>
  </section>`;
}

function drawTools({ typed, results, here }, acts) {
  const openFirst = (event) => {
    if (event.key === "Enter" && results.length) acts.open(results[0].ticket);
  };
  return html`
    <div class="guide-search">
      <input
        class="field guide-search__field"
        type="search"
        autocomplete="off"
        aria-label=${t("guide.search")}
        placeholder=${t("guide.search")}
        .value=${typed}
        @input=${(event) => acts.search(event.target.value)}
        @keydown=${openFirst}
      />
      ${typed ? drawResults(results, here, acts) : nothing}
    </div>
    <button class="button guide-bookings" type="button" @click=${acts.openBookings}>${t("staff.bookings")}</button>
    <button class="button button--main guide-issue" type="button" @click=${acts.openIssue}>
      <span aria-hidden="true">＋</span> ${t("guide.issue")}
    </button>
  `;
}

function drawResults(results, here, acts) {
  if (!results.length) return html`<div class="guide-results"><p class="soft">${t("guide.search_nothing")}</p></div>`;
  return html`<ul class="guide-results">
    ${results.map((ticket) => {
      const zone = here.hall.zones.find((each) => each.id === ticket.zone);
      return html`<li>
        <button type="button" class="guide-result" @click=${() => acts.open(ticket.ticket)}>
          <span class="number">${ticket.ticket}</span>
          <span>${serviceName(here.services, ticket.service)}</span>
          <span class="soft">${zone ? zoneText(zone) : ""} · ${whereText(ticket)}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}

const TABS = ["waiting", "counters", "away"];

function drawZone(column, state, acts) {
  const { zone, now } = column;
  const tab = state.tabs[zone.id] ?? "waiting";
  const counts = { waiting: column.waiting, counters: column.atCounters.length, away: column.away.length };
  return html`<section class="guide-zone" data-tone=${zone.tone} aria-label=${pick(zone.name)}>
    <header class="guide-zone__head">
      <h2>${zoneShape(zone)} ${pick(zone.name)}</h2>
      <p class="guide-zone__wait">${zoneState(now)}</p>
    </header>
    <div class="guide-tabs" role="group" aria-label=${pick(zone.name)}>
      ${TABS.map(
        (each) => html`<button
          type="button"
          class="guide-tab"
          aria-pressed=${each === tab ? "true" : "false"}
          @click=${() => acts.tab(zone.id, each)}
        >
          ${t(`guide.tab_${each}`)} <span class="number">${counts[each]}</span>
        </button>`,
      )}
    </div>
    <div class="guide-zone__list">${drawTab(tab, column, state, acts)}</div>
  </section>`;
}

function zoneState(now) {
  if (!now) return nothing;
  if (now.closed) return html`<span class="chip chip--look">◆ ${now.notice || t("common.zone_closed")}</span>`;
  return html`<span>${waitText(now.wait)}</span><span>${t("guide.open_desks", { n: now.open_desks })}</span>`;
}

function drawTab(tab, column, state, acts) {
  if (tab === "waiting") return drawWaiting(column, state, acts);
  const tickets = tab === "away" ? column.away : column.atCounters;
  if (!tickets.length) return html`<p class="guide-empty">${t(`guide.empty_${tab}`)}</p>`;
  return html`<ul class="guide-cards">
    ${tickets.map((ticket) => html`<li>${drawElsewhere(ticket, tab, state, acts)}</li>`)}
  </ul>`;
}

function drawWaiting({ zone, cards, more }, { here, sheet }, acts) {
  if (!cards.length) return html`<p class="guide-empty">${t("guide.empty_waiting")}</p>`;
  const common = { services: here.services, limits: here.hall.limits, now: here.now(), onChoose: acts.open };
  return html`<ol class="guide-cards">
      ${cards.map((ticket) => {
        const chosen = sheet?.ticket === ticket.ticket;
        return html`<li>${ticketCard(ticket, { ...common, chosen, busy: chosen && here.presses.isAnyBusy() })}</li>`;
      })}
    </ol>
    ${more
      ? html`<button class="button button--quiet guide-more" type="button" @click=${() => acts.showMore(zone.id)}>
          ${t("guide.show_more", { n: more })}
        </button>`
      : nothing}`;
}

/** At a counter, or stepped aside: where it is instead of how long it waits. */
function drawElsewhere(ticket, tab, { here, sheet }, acts) {
  return html`<div class="guide-elsewhere">
    <button
      type="button"
      class="ticket-card"
      data-ticket=${ticket.ticket}
      aria-pressed=${sheet?.ticket === ticket.ticket ? "true" : "false"}
      @click=${() => acts.open(ticket.ticket)}
    >
      <span class="ticket-card__top">
        <span class="ticket-card__number number">${ticket.ticket}</span> ${careMark(ticket)}
      </span>
      <span class="ticket-card__service">${whereText(ticket)}</span>
    </button>
    ${tab === "away"
      ? html`<button
          class="button"
          type="button"
          aria-label="${t("guide.bring_back")} ${ticket.ticket}"
          ?disabled=${here.presses.isBusy("return")}
          @click=${() => acts.bringBack(ticket.ticket)}
        >
          ${t("guide.bring_back")}
        </button>`
      : nothing}
  </div>`;
}

function drawSays({ here, toast, news, trouble, sheet, issue, bookings }, acts) {
  if (here.presses.kept) return html`<div class="toast toast--look">◆ ${t("staff.press_kept")}</div>`;
  if (trouble && !sheet && !issue && !bookings) return html`<div class="toast toast--act">▲ ${trouble}</div>`;
  return html`${news ? html`<div class="toast">✓ ${news}</div>` : nothing} ${toast ? drawUndo(toast, here, acts) : nothing}`;
}

function drawUndo(toast, here, acts) {
  const place = toast.counter ? t("common.counter", { counter: toast.counter }) : zoneText(toast.zone);
  const ahead = toast.ahead === null ? "" : t("guide.ahead", { n: toast.ahead });
  return html`<div class="toast">
    <p>
      <strong>✓ ${t("guide.moved", { ticket: toast.ticket, place })}</strong>
      <span>${ahead}${t("guide.keeps_arrival")}</span>
    </p>
    <button class="button toast__undo" type="button" ?disabled=${here.presses.isBusy("undo")} @click=${acts.undo}>
      ${t("common.undo")} <span class="number" aria-hidden="true">${toast.seconds}</span>
    </button>
  </div>`;
}
