// Draws the counter screen from its picture: the counter's number, and the one thing that matters now.
import { hallTime } from "/common/clock.js";
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t, tIn } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { drawEmergency, noticeBand, renderScreen } from "./parts.js";

export function drawCounter(root, picture, hall, now) {
  if (picture.notice?.emergency) return drawEmergency(root, picture.notice, now);
  const zone = zoneOf(hall, picture.zone);
  const { state, ticket } = picture;
  renderScreen(
    html`
      <main class="counter" data-tone=${zone.tone} data-state=${state} data-dims ?data-just-called=${picture.justCalled} ?data-care=${picture.care}>
        <header class="counter__top">
          <h1 class="counter__name"><b>${picture.counter}</b><span>${t("displays.counter_after_number")}</span></h1>
          <p class="counter__zone">
            <span class="counter__zone-zh">${zoneShape(zone)}<span>${pick(zone.name)}</span></span>
            <span class="counter__zone-en" lang="en">${pick(zone.name, "en")} · ${tIn("en", "common.counter", picture)}</span>
            <time>${hallTime(now)}</time>
          </p>
        </header>
        <section class="counter__now" aria-live="polite">
          ${ticket ? html`<p class="counter__ticket" id="ticket">${ticket}</p>` : nothing}
          <p class="counter__word" id="word">
            ${t(`displays.counter_${state}`)}<span lang="en">${tIn("en", `displays.counter_${state}`)}</span>
          </p>
        </section>
        ${picture.notice ? noticeBand(picture.notice) : html`<footer class="counter__foot">${hint(picture)}</footer>`}
      </main>
    `,
    root,
  );
}

function hint({ state, attempt }) {
  if (state === "unknown") return nothing;
  if (state === "called" && attempt > 1) return html`<p>${t("displays.called_again", { n: attempt })}</p>`;
  return html`<p>${t(`displays.counter_${state}_hint`)}<span lang="en">${tIn("en", `displays.counter_${state}_hint`)}</span></p>`;
}
