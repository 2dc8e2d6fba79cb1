// Draws the guide's tablet: what needs a person now, the zones side by side, and what lies over them.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { repeat } from "/common/vendor/lit-html/directives/repeat.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";
import { drawBookings } from "../staff/bookings_view.js";
import { staffHeader } from "../staff/staff_header.js";
import { drawSoundButton } from "../staff/staff_sound_button.js";
import { serviceName, whereText, zoneText } from "../staff/staff_words.js";
import { ticketCard } from "../staff/ticket_card.js";
import { careMark } from "../staff/ticket_flags.js";
import { drawIssue } from "./guide_issue_view.js";
import { drawSheet } from "./guide_sheet_view.js";
import { drawAttention } from "./guide_attention_view.js";
import { FILTERS } from "./guide_board.js";
import { drawPad } from "./guide_pad_view.js";
import { drawDrop, drawInHand, drawPicked } from "./guide_moving_view.js";

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy="true">
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
  </main>`;
}

export function drawGuide(state, acts) {
  const { here } = state;
  return html`
    ${staffHeader({
      hall: here.hall,
      session: here.session,
      notices: here.floor?.notices,
      place: html`<h1 class="staff-header__title">${t("guide.title")}</h1>
        ${acts.mine ? drawSoundButton(acts.mine.sound, acts.mine.changeSound) : nothing}`,
      tools: drawTools(state, acts),
    })}
    <main class="guide">
      ${drawAttention(state.attention, here, acts)} ${drawFilters(state, acts)}
      <div class="guide-zones" data-dims>${state.zones.map((zone) => drawZone(zone, state, acts))}</div>
      ${drawPicked(state, acts)} ${drawInHand(state)}
      ${state.sheet ? drawSheet(state, acts) : nothing} ${state.issue ? drawIssue(state, acts) : nothing}
      ${state.isPadOpen ? drawPad(state, acts) : nothing} ${state.bookings ? drawBookingsSheet(state, acts) : nothing}
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

function drawTools({ typed, results, here, isPadOpen }, acts) {
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
      ${typed && !isPadOpen ? drawResults(results, here, acts) : nothing}
    </div>
    <button class="button guide-pad" type="button" @click=${acts.openPad}><span class="number">123</span> <span class="only-read">${t("guide.pad")}</span></button>
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

/** Who is shown, in one touch; and picking several. */
function drawFilters({ filter, isPicking }, acts) {
  return html`<div class="guide-filters" role="group" aria-label=${t("guide.filter")}>
    ${Object.keys(FILTERS).map(
      (each) => html`<button type="button" class="guide-filter" data-filter=${each} aria-pressed=${each === filter ? "true" : "false"} @click=${() => acts.filter(each)}>
        ${t(`guide.filter_${each}`)}
      </button>`,
    )}
    <button type="button" class="guide-filter guide-filter--pick" aria-pressed=${isPicking ? "true" : "false"} @click=${isPicking ? acts.stopPicking : acts.startPicking}>
      <span aria-hidden="true">☑</span> ${t("guide.pick_several")}
    </button>
  </div>`;
}

const TABS = ["waiting", "counters", "away"];

function drawZone(column, state, acts) {
  const { zone, now, tab, list } = column;
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
          ${t(`guide.tab_${each}`)} <span class="number">${column[each].length}</span>
        </button>`,
      )}
    </div>
    <div class="guide-zone__list" data-list=${zone.id} @scroll=${(event) => acts.scrolled(zone.id, seenOf(event.currentTarget))}>
      ${list.rows.length ? drawRows(column, state, acts) : html`<p class="guide-empty">${t(state.filter === "all" ? `guide.empty_${tab}` : "guide.empty_filter")}</p>`}
    </div>
    ${state.drag ? drawDrop(zone, state) : nothing}
  </section>`;
}

const seenOf = (list) => ({ top: list.scrollTop, height: list.clientHeight });

function zoneState(now) {
  if (!now) return nothing;
  if (now.closed) return html`<span class="chip chip--look">◆ ${now.notice || t("common.zone_closed")}</span>`;
  return html`<span>${waitText(now.wait)}</span><span>${t("guide.open_desks", { n: now.open_desks })}</span>`;
}

/** The rows in sight. A drawing of the height of the others stands for them, since pages may write no style. */
function drawRows(column, state, acts) {
  const { tab, list } = column;
  const { rows, from, before, after } = list;
  const count = column[tab].length;
  const draw = tab === "waiting" ? drawWaiting : drawElsewhere;
  return html`<ol class="guide-cards">
    ${spaceOf(before)}
    ${repeat(
      rows,
      (ticket) => ticket.ticket,
      (ticket, place) => html`<li class="guide-row" aria-setsize=${count} aria-posinset=${from + place + 1}>${draw(ticket, tab, state, acts)}</li>`,
    )}
    ${spaceOf(after)}
  </ol>`;
}

const spaceOf = (height) => html`<li class="guide-space" aria-hidden="true"><svg width="1" height=${height}></svg></li>`;

function drawWaiting(ticket, _tab, { here, sheet, isPicking, picked, drag }, acts) {
  const chosen = isPicking || drag ? picked.includes(ticket.ticket) : sheet?.ticket === ticket.ticket;
  const { services, hall } = here;
  const card = ticketCard(ticket, { services, limits: hall.limits, now: here.now(), onChoose: acts.touch, chosen, busy: ticket.hoped, canDrag: true });
  if (ticket.presence !== "asked") return card;
  return html`<div class="guide-elsewhere">
    ${card}
    <button
      class="button"
      type="button"
      aria-label="${t("guide.is_here_short")} ${ticket.ticket}"
      ?disabled=${here.presses.isBusy(`here-${ticket.ticket}`)}
      @click=${() => acts.confirmHere(ticket.ticket)}
    >
      ${t("guide.is_here_short")}
    </button>
  </div>`;
}

/** At a counter, or stepped aside: where it is instead of how long it waits. */
function drawElsewhere(ticket, tab, { here, sheet }, acts) {
  return html`<div class="guide-elsewhere">
    <button
      type="button"
      class="ticket-card"
      data-ticket=${ticket.ticket}
      aria-pressed=${sheet?.ticket === ticket.ticket ? "true" : "false"}
      @click=${() => acts.touch(ticket.ticket)}
    >
      <span class="ticket-card__top">
        <span class="ticket-card__number number">${ticket.ticket}</span> ${careMark(ticket)}
      </span>
      <span class="ticket-card__service">${whereText(ticket)}</span>
      <span class="ticket-card__service">${serviceName(here.services, ticket.service)}</span>
    </button>
    ${tab === "away"
      ? html`<button
          class="button"
          type="button"
          aria-label="${t("guide.bring_back")} ${ticket.ticket}"
          ?disabled=${here.presses.isBusy(`return-${ticket.ticket}`)}
          @click=${() => acts.bringBack(ticket.ticket)}
        >
          ${t("guide.bring_back")}
        </button>`
      : nothing}
  </div>`;
}

function drawSays({ here, toast, news, trouble, sheet, issue, bookings }, acts) {
  const { kept } = here.presses;
  if (kept) return html`<div class="toast toast--look">◆ ${t("guide.kept", { n: kept })}</div>`;
  if (trouble && !sheet && !issue && !bookings) return html`<div class="toast toast--act">▲ ${trouble}</div>`;
  return html`${news ? html`<div class="toast">✓ ${news}</div>` : nothing} ${toast ? drawUndo(toast, here, acts) : nothing}`;
}

function drawUndo(toast, here, acts) {
  const place = toast.counter ? t("common.counter", { counter: toast.counter }) : zoneText(toast.zone);
  const ahead = toast.ahead === null ? "" : t("guide.ahead", { n: toast.ahead });
  return html`<div class="toast">
    <p>
      <strong>✓ ${t("guide.moved", { ticket: toast.tickets.join(t("staff.list_comma")), place })}</strong>
      <span>${ahead}${t("guide.keeps_arrival")} · ${t(`staff.why_${toast.why}`)}</span>
    </p>
    <button class="button toast__undo" type="button" ?disabled=${here.presses.isBusy(`undo-${toast.tickets[0]}`)} @click=${acts.undo}>
      ${t("common.undo")} <span class="number" aria-hidden="true">${toast.seconds}</span>
    </button>
  </div>`;
}
