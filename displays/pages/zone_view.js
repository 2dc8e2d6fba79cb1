// Draws a zone's screen from its picture.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { waitParts } from "/common/waits.js";
import { pick, t, tIn } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { both, callList, drawEmergency, noticeBand, renderScreen, topBar } from "./parts.js";

export function drawZone(root, picture, hall, now, { corner = null, side = true, waits = true } = {}) {
  if (picture.notice?.emergency) return drawEmergency(root, picture.notice, now);
  const zone = zoneOf(hall, picture.now.zone);
  const hasNext = waits && picture.state !== "closed";
  const isAlone = !side || (!hasNext && !corner);
  renderScreen(
    html`
      <div class="zone-screen" data-tone=${zone.tone}>
        ${topBar(pick(zone.name), pick(zone.name, "en"), now, zone.shape)}
        <main class="zone-main" data-dims data-state=${picture.state} ?data-alone=${isAlone}>
          <section class="calls" aria-live="polite" aria-label=${t("displays.calls_now")}>
            ${picture.state === "busy"
              ? callList(picture.cards, hall)
              : calmWords(picture)}
          </section>
          ${isAlone ? nothing : html`<div class="zone-side">${hasNext ? nextColumn(picture) : nothing} ${corner ?? nothing}</div>`}
        </main>
        ${picture.notice ? noticeBand(picture.notice) : missedLine(picture.missed)}
      </div>
    `,
    root,
  );
}

function calmWords({ state, now }) {
  const hint = state === "closed" ? "displays.ask_guide" : null;
  return html`
    <div class="calm-words" id="calm-words">
      <p class="calm-words__main">${t(`displays.zone_${state}`)}</p>
      ${now.closed && now.notice ? html`<p class="calm-words__next">${pick(now.notice)}</p>` : nothing}
      ${hint ? html`<p class="calm-words__next">${t(hint)}</p>` : nothing}
      <p class="calm-words__en" lang="en">${tIn("en", `displays.zone_${state}`)}${hint ? ` · ${tIn("en", hint)}` : ""}</p>
    </div>
  `;
}

function nextColumn({ next, knowsNext, now }) {
  const { prefix, minutes, unit, note } = waitParts(now.wait);
  return html`
    <aside class="next" aria-label=${t("displays.next_tickets")}>
      <h2 class="next__title">${both("displays.next_tickets")}</h2>
      ${knowsNext && next.length === 0 ? html`<p class="next__nobody">${both("displays.nobody_next")}</p>` : nothing}
      <ol class="next__list" id="next">${next.map((ticket) => html`<li>${ticket}</li>`)}</ol>
      <p class="next__wait">
        <span><b>${now.waiting}</b> ${t("common.people_waiting")}</span>
        <span>${minutes ? html`${prefix} <b>${minutes}</b> ${unit}` : nothing} ${minutes || now.open_desks ? note : t("common.no_counter_open")}</span>
      </p>
    </aside>
  `;
}

function missedLine(missed) {
  if (missed.length === 0) return nothing;
  return html`<footer class="foot"><p id="missed">${both("displays.missed_see_guide")} <b>${missed.join("　")}</b></p></footer>`;
}
