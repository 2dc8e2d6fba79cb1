// Draws the day's bookings: arriving by code, the list, making one, taking over a file.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallDate, hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { bookingSums } from "./bookings_board.js";
import { serviceName } from "./staff_words.js";

const SERVICES_SHOWN = 8;

export function drawBookings(bookings, { here, mayImport = false }) {
  const { shown } = bookings;
  const busy = here.presses.isBusy("booking");
  return html`<div class="bookings">
    ${shown.trouble ? html`<p class="note note--act" role="alert">▲ ${shown.trouble}</p>` : nothing}
    ${shown.news ? html`<p class="note note--good" role="status">✓ ${shown.news}</p>` : nothing}
    ${shown.making ? drawMaking(bookings, here, busy) : drawDay(bookings, here, busy, mayImport)}
  </div>`;
}

function drawDay(bookings, here, busy, mayImport) {
  const { shown } = bookings;
  const arrive = (event) => {
    event.preventDefault();
    bookings.arrive(shown.code);
  };
  return html`
    <form class="bookings__code" @submit=${arrive}>
      <input
        class="field"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        aria-label=${t("staff.booking_code")}
        placeholder=${t("staff.booking_code")}
        .value=${shown.code}
        @input=${(event) => bookings.typeCode(event.target.value)}
      />
      <button class="button button--main" type="submit" ?disabled=${busy || !shown.code.trim()}>${t("staff.booking_arrive")}</button>
    </form>
    ${drawRows(bookings, here, busy)}
    <div class="bookings__foot">
      ${here.hall.bookings
        ? html`<button class="button" type="button" @click=${bookings.make}>＋ ${t("staff.booking_make")}</button>`
        : html`<p class="soft">${t("staff.bookings_none_offered")}</p>`}
      ${mayImport ? drawImport(bookings, busy) : nothing}
    </div>
  `;
}

function drawRows(bookings, here, busy) {
  const { rows } = bookings.shown;
  if (rows === null) return html`<p class="soft" role="status">${t("common.loading")}</p>`;
  if (!rows.length) return html`<p class="soft">${t("staff.bookings_empty")}</p>`;
  return html`
    <p class="soft">${t("staff.bookings_sums", bookingSums(rows))}</p>
    <ul class="bookings__rows">
      ${rows.map((row) => drawRow(row, bookings, here, busy))}
    </ul>
  `;
}

function drawRow(row, bookings, here, busy) {
  const { asking } = bookings.shown;
  const time = row.kind === "promise" ? t("staff.booking_first") : hallTime(row.slot);
  return html`<li class="booking" data-state=${row.state} data-code=${row.code}>
    <strong class="booking__time number">${time}</strong>
    <span class="booking__what">
      <span>${serviceName(here.services, row.service)}${row.people > 1 ? ` · ${t("staff.flag_people", row)}` : nothing}</span>
      <small class="soft number">${row.code}</small>
    </span>
    ${row.state === "here"
      ? html`<span class="chip chip--good">✓ <span class="number">${row.ticket}</span></span>`
      : html`<span class="booking__acts">
          ${row.state === "missed" ? html`<span class="chip">${t("staff.booking_missed")}</span>` : nothing}
          ${asking === row.code
            ? html`<button class="staff-tool booking__sure" type="button" ?disabled=${busy} @click=${() => bookings.cancel(row.code)}>
                ${t("staff.booking_cancel_sure")}
              </button>`
            : html`<button
                class="staff-tool"
                type="button"
                aria-label="${t("staff.booking_cancel")} ${row.code}"
                ?disabled=${busy}
                @click=${() => bookings.ask(row.code)}
              >
                ${t("staff.booking_cancel")}
              </button>`}
          <button
            class="staff-tool"
            type="button"
            aria-label="${t("staff.booking_arrive")} ${row.code}"
            ?disabled=${busy}
            @click=${() => bookings.arrive(row.code)}
          >
            ${t("staff.booking_arrive")}
          </button>
        </span>`}
  </li>`;
}

function drawImport(bookings, busy) {
  const take = (event) => {
    const [file] = event.target.files;
    event.target.value = ""; // the same file, mended, may be chosen again
    if (file) bookings.importFile(file);
  };
  return html`<label class="button bookings__file">
      ${t("staff.csv_take")}
      <input type="file" accept=".csv,text/csv" class="only-read" ?disabled=${busy} @change=${take} />
    </label>
    <p class="soft bookings__how">${t("staff.csv_how")}</p>`;
}

function drawMaking(bookings, here, busy) {
  const { making } = bookings.shown;
  if (making.booking) return drawMade(bookings, here);
  return html`
    ${making.service ? drawSlots(bookings, busy) : drawServices(bookings, here)}
    <button class="button button--quiet" type="button" @click=${bookings.stopMaking}>${t("common.back")}</button>
  `;
}

function drawServices(bookings, here) {
  const { typed, found } = bookings.shown.making;
  const services = found ?? Object.values(here.services);
  return html`
    <input
      class="field"
      type="search"
      autocomplete="off"
      aria-label=${t("staff.search_service")}
      placeholder=${t("staff.search_service")}
      .value=${typed}
      @input=${(event) => bookings.search(event.target.value)}
    />
    <ul class="bookings__services">
      ${services.slice(0, SERVICES_SHOWN).map(
        (service) => html`<li>
          <button class="staff-tool" type="button" data-service=${service.id} @click=${() => bookings.chooseService(service)}>
            ${service.plain_name}
          </button>
        </li>`,
      )}
    </ul>
    ${services.length ? nothing : html`<p class="soft">${t("staff.service_not_found")}</p>`}
  `;
}

function drawSlots(bookings, busy) {
  const { service, day, slots } = bookings.shown.making;
  return html`
    <p><strong>${service.plain_name}</strong></p>
    <label class="bookings__day"
      ><span>${t("staff.booking_day")}</span>
      <input class="field" type="date" required .value=${day} @change=${(event) => event.target.value && bookings.chooseDay(event.target.value)} />
    </label>
    ${slots === null ? html`<p class="soft" role="status">${t("common.loading")}</p>` : nothing}
    ${slots?.length === 0 ? html`<p class="soft">${t("staff.slots_none")}</p>` : nothing}
    <ul class="bookings__slots">
      ${(slots ?? []).map(
        ({ slot, places }) => html`<li>
          <button class="staff-tool" type="button" data-slot=${slot} ?disabled=${busy} @click=${() => bookings.book(slot)}>
            <strong class="number">${hallTime(slot)}</strong> <small class="soft">${t("staff.slot_places", { n: places })}</small>
          </button>
        </li>`,
      )}
    </ul>
  `;
}

function drawMade(bookings, here) {
  const { booking } = bookings.shown.making;
  const date = hallDate(booking.slot, here.lang).date;
  return html`
    <p class="bookings__made number">${booking.code}</p>
    <p><strong>${date} ${hallTime(booking.slot)}</strong> · ${serviceName(here.services, booking.service)}</p>
    <p>${t("staff.booking_tell")}</p>
    <button class="button button--main" type="button" @click=${bookings.stopMaking}>${t("common.done")}</button>
  `;
}
