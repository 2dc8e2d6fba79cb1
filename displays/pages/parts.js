// Pieces that several displays draw: the bar on top, a call's card, a zone's name, a calm message over the whole screen.
import { hallDate, hallTime } from "/common/clock.js";
import { emergencyHead, lengthOf } from "/common/emergency.js";
import { html, nothing, render } from "/common/vendor/lit-html/lit-html.js";
import { pick, t, tIn } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";

/** Chinese and English of one key, the second smaller: where both fit. */
export function both(key, values = {}) {
  return html`<span class="zh">${t(key, values)}</span> <span class="en" lang="en">${tIn("en", key, values)}</span>`;
}

/** `sign`: the house's heart, or a zone's own shape. */
export function topBar(title, titleEnglish, now, sign = "♥") {
  const { weekday, date } = hallDate(now);
  return html`
    <header class="top">
      <h1 class="top__title">
        <span aria-hidden="true">${sign}</span> ${title} <span class="en" lang="en">${titleEnglish}</span>
      </h1>
      <p class="top__time">
        <span>${weekday}</span><span>${date}</span><time class="top__clock" id="hall-clock">${hallTime(now)}</time>
      </p>
    </header>
  `;
}

/** Each call is a card of its own: the ticket, the counter, the zone by colour and shape and word. */
export function callList(cards, hall, earlier = []) {
  return html`
    <ol class="calls__list" data-count=${cards.length}>
      ${cards.map((card) => callCard(card, hall))} ${earlier.map((card) => callCard(card, hall, true))}
    </ol>
  `;
}

function callCard(card, hall, isEarlier = false) {
  const zone = zoneOf(hall, card.zone);
  return html`
    <li class="call" data-tone=${zone.tone} data-ticket=${card.ticket} ?data-just-called=${card.justCalled} ?data-care=${card.care} ?data-earlier=${isEarlier}>
      <span class="call__ticket">${card.ticket}</span>
      <span class="call__arrow" aria-hidden="true">→</span>
      <span class="call__where">
        <span class="call__counter"><b>${card.counter}</b>${counterLabel()}</span>
        <span class="call__zone">
          ${zoneShape(zone)}<span>${pick(zone.name)}</span>
        </span>
      </span>
      ${isEarlier ? html`<span class="call__before">${t("displays.recently_called")}</span>` : nothing}
      ${!isEarlier && card.attempt > 1 ? html`<span class="call__again">${t("displays.called_again", { n: card.attempt })}</span>` : nothing}
    </li>
  `;
}

/** A supervisor's words to everybody: they take the place of the screen's own foot while they hang. */
export function noticeBand(notice) {
  return html`
    <footer class="notice" id="notice" role="alert" data-long=${notice.zh.length > 40 ? "yes" : "no"}>
      <span class="notice__sign" aria-hidden="true">▲</span>
      <p><strong>${notice.zh}</strong>${notice.en ? html`<span class="notice__en" lang="en">${notice.en}</span>` : nothing}</p>
    </footer>
  `;
}

/** In danger nothing else stands on the screen: sign, word, colour and a slow flash, for who hears nothing too. */
export function drawEmergency(root, notice, now) {
  renderScreen(
    html`
      <main class="emergency" id="emergency" role="alert" data-length=${lengthOf(notice)}>
        <p class="emergency__head"><span>${emergencyHead()}</span><time>${hallTime(now)}</time></p>
        <p class="emergency__words">
          <strong>${notice.zh}</strong>${notice.en ? html`<span lang="en">${notice.en}</span>` : nothing}
        </p>
      </main>
    `,
    root,
  );
}

function counterLabel() {
  const key = "displays.counter_after_number";
  return html`<span class="call__label"><span class="en" lang="en">${tIn("en", key)}</span><span>${t(key)}</span></span>`;
}

const taken = new WeakSet();

/** Renders the whole screen; the first time it takes the place of the words that came with the page. */
export function renderScreen(template, root) {
  if (!taken.has(root)) root.replaceChildren();
  taken.add(root);
  render(template, root);
}

/** Draws nothing but a message: while opening, when the line was lost for long, when something is wrong. */
export function drawMessage(root, key) {
  renderScreen(
    html`<main class="message" id="message"><p class="message__text">${t(key)}</p><p class="message__en" lang="en">${tIn("en", key)}</p></main>`,
    root,
  );
}

/** "今天 13:00", "明天 09:00" or "11月26日 星期四 09:00". */
export function openingText(opening, lang) {
  const time = hallTime(opening.opensAt);
  if (opening.day === null) return tIn(lang, "displays.opening_unknown");
  const { weekday, date } = hallDate(opening.opensAt, lang);
  return tIn(lang, `displays.opens_${opening.day}`, { time, weekday, date });
}
