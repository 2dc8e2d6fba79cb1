// Draws the hall screen from its picture.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { waitParts } from "/common/waits.js";
import { pick, t, tIn } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { both, callList, drawEmergency, noticeBand, openingText, renderScreen, topBar } from "./parts.js";

export function drawHall(root, picture, hall, now, look) {
  if (picture.notice?.emergency) return drawEmergency(root, picture.notice, now);
  renderScreen(
    html`
      ${topBar(pick(hall.name), pick(hall.name, "en"), now)}
      <main class="hall" data-dims data-state=${picture.state}>
        <section class="calls" aria-live="polite" aria-label=${t("displays.calls_now")}>
          ${hasCalls(picture) ? callList(picture.cards, hall, picture.earlier) : calmWords(picture)}
        </section>
        ${look.side ? aside(picture, hall, look) : nothing}
      </main>
      ${picture.notice ? noticeBand(picture.notice) : look.side ? footer(picture, hall, look.settings) : footOfCallsOnly(picture, look.settings)}
    `,
    root,
  );
}

function aside(picture, hall, { corner, waits }) {
  return html`
    <aside class="side" ?data-corner=${Boolean(corner)} aria-label=${t("displays.waiting_now")}>
      ${waits ? html`<ul class="zones">${picture.zones.map((zone) => zonePanel(zone, zoneOf(hall, zone.zone), picture.state))}</ul>` : nothing}
      ${sideLines(picture)} ${corner ?? nothing}
    </aside>
  `;
}

function hasCalls({ state, earlier }) {
  return state === "busy" || (state === "quiet" && earlier.length > 0);
}

/** No call stands: say so, and what that means for the people in the room. */
function calmWords({ state, opening }) {
  const openingLine = (lang) => (state === "closed" || state === "over" ? openingText(opening, lang) : tIn(lang, "displays.take_ticket"));
  return html`
    <div class="calm-words" id="calm-words">
      <p class="calm-words__main">${t(`displays.state_${state}`)}</p>
      <p class="calm-words__next">${openingLine("zh")}</p>
      <p class="calm-words__en" lang="en">${tIn("en", `displays.state_${state}`)} · ${openingLine("en")}</p>
    </div>
  `;
}

function zonePanel(now, zone, state) {
  return html`
    <li class="zone" data-zone=${zone.id} data-tone=${zone.tone} ?data-closed=${now.closed}>
      <h2 class="zone__name">
        ${zoneShape(zone)}<span>${pick(zone.name)}</span><span class="en" lang="en">${pick(zone.name, "en")}</span>
      </h2>
      ${now.closed ? closedLine(now) : waitLine(now, state !== "closed" && state !== "over")}
    </li>
  `;
}

/** Outside opening hours a new ticket's wait means nothing, so it is left out. */
function waitLine(now, withWait) {
  const { prefix, minutes, unit, note } = waitParts(now.wait);
  return html`
    <p class="zone__now">
      <b>${now.waiting}</b><span>${t("common.people_waiting")}</span>
      ${withWait && minutes
        ? html`<span class="zone__wait"><span>${note || prefix}</span> <b>${minutes}</b> <span>${unit}</span></span>`
        : nothing}
      ${withWait && !minutes ? html`<span class="zone__note">${now.open_desks ? note : t("common.no_counter_open")}</span>` : nothing}
    </p>
  `;
}

function closedLine(now) {
  return html`<p class="zone__now"><strong class="zone__closed">${t("common.zone_closed")}</strong><span>${pick(now.notice)}</span></p>`;
}

function sideLines({ stillCalled, recent, missed, missedMore }) {
  return html`
    <div class="lines">
      ${stillCalled.length ? html`<p class="lines__row">${both("displays.still_called")} ${stillCalled.map(callShort)}</p>` : nothing}
      ${missed.length
        ? html`<p class="lines__row" id="missed">
            ${both("displays.missed_see_guide")}
            ${missed.map(({ ticket }) => html`<span class="short"><b>${ticket}</b></span>`)}
            ${missedMore ? html`<span class="short">${t("displays.and_more", { n: missedMore })}</span>` : nothing}
          </p>`
        : nothing}
      ${recent.length ? html`<p class="lines__row" id="recent">${both("displays.recently_called")} ${recent.map(callShort)}</p>` : nothing}
    </div>
  `;
}

function callShort({ ticket, counter }) {
  return html`<span class="short"><b>${ticket}</b> ${t("displays.counter_short", { counter })}</span>`;
}

function footer({ returnRule, errorMinutes, errorOf }, hall, { silent }) {
  const notice = hall.notices?.[0];
  return html`
    <footer class="foot">
      <p>${both("displays.return_rule", returnRule)}</p>
      ${silentWords(silent)}
      ${!silent && errorMinutes !== null
        ? html`<p class="foot__right" id="error-line">${both(errorOf === "month" ? "displays.error_line_month" : "displays.error_line", { n: errorMinutes })}</p>`
        : !silent && notice
          ? html`<p class="foot__right"><span class="zh">${pick(notice)}</span> <span class="en" lang="en">${pick(notice, "en")}</span></p>`
          : nothing}
    </footer>
  `;
}

/** Without a side the foot names who missed a call and who was called before. */
function footOfCallsOnly({ missed, missedMore, recent, returnRule }, { silent }) {
  return html`
    <footer class="foot">
      ${missed.length
        ? html`<p id="missed">
            <span>${t("displays.missed_see_guide")} ${missed.map(({ ticket }) => html`<span class="short"><b>${ticket}</b></span> `)}
            ${missedMore ? t("displays.and_more", { n: missedMore }) : nothing}</span>
            <span class="en" lang="en">${tIn("en", "displays.missed_see_guide")}</span>
          </p>`
        : html`<p>${both("displays.return_rule", returnRule)}</p>`}
      ${silentWords(silent)}
      ${recent.length
        ? html`<p id="recent">
            <span>${t("displays.recently_called")} ${recent.slice(0, 2).map((call) => html`${callShort(call)} `)}</span>
            <span class="en" lang="en">${tIn("en", "displays.recently_called")}</span>
          </p>`
        : nothing}
    </footer>
  `;
}

function silentWords(silent) {
  return silent ? html`<p class="foot__silent" id="silent">${both("displays.silent_here")}</p>` : nothing;
}
