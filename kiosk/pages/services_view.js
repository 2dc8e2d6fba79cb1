// Which service exactly: those of a tile, the categories, those of a category.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { placeOf, serviceCard, servicesOf } from "./kiosk_board.js";
import { screen, scroller, serviceList } from "./view_parts.js";

const FEW = 5; // as many large cards as fit one below the other

export function tileView(board, does) {
  const tile = servicesOf(board).tiles.find((one) => one.id === placeOf(board).tile);
  return listScreen(board, does, { name: "tile", title: tile.title, hint: t("kiosk.tile_question"), ids: tile.services });
}

export function categoryView(board, does) {
  const category = servicesOf(board).categories.find((one) => one.id === placeOf(board).category);
  return listScreen(board, does, {
    name: "category",
    title: category.title,
    hint: t("kiosk.tile_question"),
    ids: category.services,
  });
}

function listScreen(board, does, { name, title, hint, ids }) {
  const cards = ids.map((id) => serviceCard(board, id)).filter(Boolean);
  const kind = cards.length > FEW ? "services--many" : "";
  const list = serviceList(cards, does, { kind, last: noneFits(does) });
  return screen(board, does, { name, title, hint, body: scroller(list, name, does) });
}

/** A list never ends in nothing: when none fits, a person looks with the visitor. */
function noneFits(does) {
  return html`<li class="services__last">
    <button class="key services__none" @click=${does.askHelp}>${t("kiosk.none_fits")}</button>
  </li>`;
}

export function categoriesView(board, does) {
  return screen(board, does, {
    name: "categories",
    title: t("kiosk.categories_title"),
    hint: t("kiosk.categories_question"),
    body: html`
      <button class="searchfield" data-action="search" @click=${does.openSearch}>
        <span>${t("kiosk.search_placeholder")}</span>
      </button>
      <ul class="services">
        ${servicesOf(board).categories.map(
          (category) => html`<li>
            <button class="choice choice--category" data-category=${category.id} @click=${() => does.openCategory(category.id)}>
              <strong>${category.title}</strong>
              <span class="choice__hint">${t("kiosk.category_count", { n: category.services.length })}</span>
            </button>
          </li>`,
        )}
      </ul>
    `,
  });
}
