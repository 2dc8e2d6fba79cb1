// The parts that several of the kiosk's screens share: frame, head, foot, lists of services, icons, scrolling parts.
import { html, nothing, svg } from "/common/vendor/lit-html/lit-html.js";
import { hallClock, hallTime } from "/common/clock.js";
import { pick, t } from "/common/words.js";
import { cardLine } from "./card_view.js";

const icon = (shape) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
export const icons = {
  search: icon(svg`<circle cx="10.5" cy="10.5" r="6.5" /><path d="m15.5 15.5 5 5" />`),
  back: icon(svg`<path d="M14.5 5 7.5 12l7 7" />`),
  home: icon(svg`<path d="M4 11.5 12 4.5l8 7M6.5 10v9.5h11V10" />`),
  down: icon(svg`<path d="m5 9 7 7 7-7" />`),
  check: icon(svg`<path d="m4.5 12.5 5 5 10-11" />`),
  sums: icon(svg`<path d="M5.5 3.5h13v17h-13zM8.5 7h7M8.5 11.5h1.5m4 0h1.5M8.5 16h1.5m4 0h1.5" />`),
  ticket: icon(svg`<path d="M3.5 7h17v3.2a1.9 1.9 0 0 0 0 3.6V17h-17v-3.2a1.9 1.9 0 0 0 0-3.6zM14 7v10" />`),
  erase: icon(svg`<path d="M8 5.5h13v13H8L2.5 12zM11.5 9l6 6m0-6-6 6" />`),
};

/** The heart says "a person"; the words stand beside it. */
export const heart = html`<span class="heart" aria-hidden="true">♥</span>`;

/**
 * Every screen: head, its own middle, foot. The middle is made anew for each screen (`data-screen`). What is only read
 * goes into `above`: in the low layout it fills the part of the screen that a seated hand does not reach.
 */
export function screen(board, does, { name, title, hint, kind = "", above = nothing, body, foot = steps(board, does) }) {
  const card = cardLine(board, does, name);
  return html`
    ${head(board)}
    <main class="screen screen--${name} ${kind} ${card === nothing ? "" : "screen--card"}" data-screen=${name}>
      <div class="screen__above">
        <div class="screen__title">
          <h1 id="question" tabindex="-1">${title}</h1>
          ${hint ? html`<p class="soft">${hint}</p>` : nothing}
        </div>
        ${above}
      </div>
      ${card} ${body}
    </main>
    ${foot}
  `;
}

export function head(board) {
  return html`
    <header class="head ${board.isLineLost ? "head--news" : ""}">
      <p class="head__hall">${board.hall ? `${pick(board.hall.centre)} · ${pick(board.hall.name)}` : ""}</p>
      <p class="head__state" role="status">${board.isLineLost ? t(board.goesOn ? "kiosk.line_lost_goes_on" : "kiosk.line_lost") : nothing}</p>
      <p class="head__time number">${board.hall ? hallTime(hallClock.now()) : ""}</p>
    </header>
  `;
}

/** Back, start and help: on every screen but the first, always in the same place, above the bar of modes. */
export function steps(board, does, { canGoBack = true } = {}) {
  return html`
    <nav class="steps" aria-label=${t("kiosk.steps")}>
      <button class="key" ?disabled=${!canGoBack} data-action="back" @click=${does.back}>${icons.back}<span>${t("kiosk.back")}</span></button>
      <button class="key" data-action="home" @click=${does.home}>${icons.home}<span>${t("kiosk.home")}</span></button>
      ${helpButton(board, does, "key key--care")}
    </nav>
  `;
}

export function helpButton(board, does, kind) {
  const isComing = board.help === "asking" || board.help === "coming";
  return html`<button class=${kind} data-action="help" @click=${does.askHelp}>
    ${heart}<span>${t(isComing ? "kiosk.help_on_the_way" : "kiosk.help")}</span>
  </button>`;
}

/** Services in people's words, the official name small beside it. */
export function serviceList(cards, does, { kind = "", last = nothing } = {}) {
  return html`
    <ul class="services ${kind}">
      ${cards.map(
        (card) => html`<li>
          <button class="choice" data-service=${card.id} @click=${() => does.openService(card.id)}>
            <strong>${card.plain_name}</strong>
            ${card.not_in_force || card.hint ? html`<span class="choice__hint">${card.not_in_force || card.hint}</span>` : nothing}
            <small>${card.official_name}</small>
          </button>
        </li>`,
      )}
      ${last}
    </ul>
  `;
}

/** A part that may be longer than the screen: a large button says so and moves on (shown by `showWhatIsBelow`). */
export function scroller(content, name, does) {
  return html`
    <div class="scroller" data-scroller=${name}>
      <div class="scroller__inside" tabindex="0" role="group" aria-labelledby="question" @scroll=${does.scrolled}>${content}</div>
      <button class="scroller__more" hidden aria-hidden="true" tabindex="-1" @click=${does.scrollOn}>
        ${icons.down}<span>${t("kiosk.more_below")}</span>
      </button>
    </div>
  `;
}

/** Shows the "more below" buttons where something is hidden below. After drawing, since only then heights are known. */
export function showWhatIsBelow(root) {
  for (const inside of root.querySelectorAll(".scroller__inside")) {
    const hiddenBelow = inside.scrollHeight - inside.clientHeight - inside.scrollTop;
    inside.nextElementSibling.hidden = hiddenBelow < 12;
  }
}
