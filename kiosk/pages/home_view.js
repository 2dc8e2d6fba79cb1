// The first screen: what people come for, how long it takes today, and a person to ask.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { waitParts } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";
import { pick, t, tIn } from "/common/words.js";
import { allTile, homeTiles, isFree, mostAsked, printerTrouble, servicesOf } from "./kiosk_board.js";
import { openingText } from "./opening.js";
import { helpButton, icons, screen } from "./view_parts.js";

const MOST_NOTICES = 3; // more push the tiles off the screen

export function homeView(board, does) {
  const opening = openingText(board);
  return screen(board, does, {
    name: "home",
    kind: notices(board) === nothing ? "" : "screen--noticed",
    title: opening ? t("kiosk.greeting_closed") : t("kiosk.greeting"),
    hint: opening ? `${opening} ${t("kiosk.closed_hint")}` : t("kiosk.greeting_hint"),
    above: html`${notices(board)}${board.modes.low ? waits(board) : nothing}`,
    body: html`
      <button class="searchfield" data-action="search" @click=${does.openSearch}>
        ${icons.search}<span>${t("kiosk.search_placeholder")}</span>
      </button>
      ${mostAskedView(board, does)}
      <ul class="tiles">
        ${homeTiles(board).map((tile) => tileView(tile, does))} ${allTileView(board, does)}
      </ul>
      <div class="shortcuts">
        <button class="key" data-action="tools" @click=${does.openTools}>${icons.sums}<span>${t("kiosk.tools_open")}</span></button>
        <button class="key" data-action="hand" @click=${does.openHand}>${icons.ticket}<span>${t("kiosk.hand_open")}</span></button>
      </div>
      ${board.modes.low ? nothing : waits(board)}
    `,
    foot: html`
      <nav class="homefoot" aria-label=${t("kiosk.help")}>${helpButton(board, does, "bighelp")}</nav>
    `,
  });
}

/** Three touches to a number for what most people come for: this one, the page, the way. */
function mostAskedView(board, does) {
  const { of, cards } = mostAsked(board);
  if (!cards.length) return nothing;
  return html`<div class="mostasked">
    <p class="soft">${t(`kiosk.most_asked_${of}`)}</p>
    ${cards.slice(0, 3).map(
      (card) => html`<button class="key" data-most=${card.id} @click=${() => does.openService(card.id)}>${card.plain_name}</button>`,
    )}
  </div>`;
}

function tileView(tile, does) {
  return html`<li>
    <button class="choice" data-tile=${tile.id} @click=${() => does.openTile(tile.id)}>
      <strong>${tile.title}</strong><span class="choice__hint">${tile.hint}</span>
    </button>
  </li>`;
}

function allTileView(board, does) {
  const tile = allTile(board) ?? {
    id: "all",
    title: t("kiosk.all_services"),
    hint: t("kiosk.all_services_hint", { n: servicesOf(board).services.length }),
  };
  return tileView(tile, does);
}

function notices(board) {
  // what the foot of the screen says anyway is not said twice
  const usual = (board.hall.notices ?? []).filter((notice) => !isSaidBelow(notice));
  const others = [...board.notices, ...usual].slice(0, MOST_NOTICES); // a supervisor's of this hour first
  const trouble = printerTrouble(board);
  if (others.length === 0 && !trouble) return nothing;
  return html`<ul class="notices">${trouble
    ? html`<li data-printer=${board.printer.problem}><strong>${t("kiosk.printer_failing")}</strong> <span class="soft">${t("kiosk.printer_staff", { advice: trouble })}</span></li>`
    : nothing}${others.map((notice) => html`<li>${pick(notice)}</li>`)}</ul>`;
}

function isSaidBelow(notice) {
  const letters = (words) => words.replace(/[\s\p{P}]/gu, "");
  return letters(pick(notice, "zh")) === letters(tIn("zh", "kiosk.free_of_charge"));
}

/** A closed hall has no waits: when it opens stands above. */
function waits(board) {
  if (openingText(board)) return nothing;
  return html`
    <section aria-label=${t("kiosk.waits_title")}>
      <ul class="waits" data-count=${board.hall.zones.length}>
        ${board.hall.zones.map(
          (zone) => html`<li class="wait" data-tone=${zone.tone} data-zone=${zone.id}>
            <p class="wait__zone">${zoneShape(zone)}<span>${pick(zone.name)}</span></p>
            <p class="wait__time">${waitNow(board, board.zones[zone.id])}</p>
          </li>`,
        )}
      </ul>
      ${board.error?.minutes && !board.isLineLost
        ? html`<p class="waits__error soft">${t(`kiosk.wait_error_${board.error.of}`, { n: board.error.minutes })}</p>`
        : nothing}
    </section>
  `;
}

/** What can honestly be said of a zone's wait: a range, how many wait where no range holds, or nothing. */
export function waitNow(board, zone) {
  if (board.isLineLost || !zone) return t("kiosk.wait_old");
  if (zone.closed) return zone.notice || t("kiosk.zone_closed");
  if (openingText(board)) return t("kiosk.zone_closed");
  if (isFree(zone)) return t("kiosk.wait_none");
  if (!zone.wait && !zone.open_desks && !zone.waiting) return t("common.no_counter_open");
  if (!zone.wait) return t("kiosk.wait_people", { n: zone.waiting });
  const { prefix, minutes, unit } = waitParts(zone.wait);
  const before = zone.wait.low < 1 ? prefix : t("kiosk.wait_now"); // "不到 3 分", "现在等 14–22 分"
  return html`${before} <strong class="number">${minutes}</strong> ${unit}`;
}
