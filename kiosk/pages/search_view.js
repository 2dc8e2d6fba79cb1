// Finding a service in one's own words, with a keyboard on the glass; a real keyboard and an input method work as well.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { live } from "/common/vendor/lit-html/directives/live.js";
import { t } from "/common/words.js";
import { helpButton, icons, screen, scroller, serviceList } from "./view_parts.js";

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

export function searchView(board, does) {
  return screen(board, does, {
    name: "search",
    title: t("kiosk.search_title"),
    body: html`
      <label class="searchfield searchfield--typing">
        ${icons.search}<span class="only-read">${t("kiosk.search_label")}</span>
        <input
          type="text"
          inputmode="none"
          maxlength="60"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${t("kiosk.search_keyboard_hint")}
          .value=${live(board.search.query)}
          @input=${does.typeText}
        />
      </label>
      <div class="searchresults">
        <p class="searchresults__state" role="status">${stateText(board.search)}</p>
        ${results(board, does)}
      </div>
      ${keyboard(does)}
    `,
  });
}

function stateText({ state, services, query }) {
  switch (state) {
    case "looking":
      return services.length ? t("kiosk.search_results", { n: services.length }) : t("kiosk.search_looking");
    case "found":
      return t("kiosk.search_results", { n: services.length });
    case "nothing":
      return t("kiosk.search_nothing", { query });
    case "failed":
      return t("kiosk.search_failed");
    default:
      return t("kiosk.search_try");
  }
}

function results(board, does) {
  const { state, services } = board.search;
  if (state === "empty") return examples(does);
  if (state === "nothing" || state === "failed") return wayOut(board, does, state);
  return scroller(serviceList(services, does, { kind: "services--found" }), "found", does);
}

function examples(does) {
  return html`<ul class="examples">
    ${t("kiosk.search_examples")
      .split("|")
      .map((words) => html`<li><button class="key" @click=${() => does.typeWords(words)}>${words}</button></li>`)}
  </ul>`;
}

/** Nothing found is never the end: the categories, and a person. */
function wayOut(board, does, state) {
  return html`
    <div class="wayout">
      ${state === "nothing" ? html`<p>${t("kiosk.search_nothing_hint")}</p>` : ""}
      <button class="key key--main" @click=${does.openCategories}>${t("kiosk.all_services")}</button>
      ${helpButton(board, does, "key key--care")}
    </div>
  `;
}

function keyboard(does) {
  return html`
    <div class="keyboard" role="group" aria-label=${t("kiosk.search_keyboard")}>
      ${ROWS.map((row) => html`<div class="keyboard__row">${[...row].map((letter) => letterKey(letter, does))}</div>`)}
      <div class="keyboard__row">
        <button class="letter letter--wide" data-typing @click=${does.clearText}>${t("kiosk.key_clear")}</button>
        <button class="letter letter--space" data-typing @click=${() => does.typeLetter(" ")}>${t("kiosk.key_space")}</button>
        <button class="letter letter--wide" data-typing aria-label=${t("kiosk.key_delete")} @click=${does.eraseLetter}>
          ${icons.erase}
        </button>
      </div>
    </div>
  `;
}

function letterKey(letter, does) {
  return html`<button class="letter" lang="en" data-typing data-letter=${letter} @click=${() => does.typeLetter(letter)}>${letter}</button>`;
}
