// A result on the kiosk: the number asked for largest, what it rests on, and ways to take it along.
import { html, nothing, svg } from "/common/vendor/lit-html/lit-html.js";
import { currentLanguage, t } from "/common/words.js";
import { screen, scroller } from "./view_parts.js";

const MARKS = { fits: "✓", ask: "?", not_yet: "–" };

export function sheetView(board, does) {
  const { page, paper } = board.tools;
  const { sheet } = page;
  return screen(board, does, {
    name: "sheet",
    kind: "screen--sheet",
    title: sheet.headline.value,
    hint: [sheet.headline.label, sheet.estimate].join(" · "),
    above: sheet.headline.doubt ? doubt() : nothing,
    body: html`
      ${scroller(middle(sheet, page), "sheet", does)}
      <div class="toolnext" data-count=${does.canPrint ? 2 : 1}>
        <button class="key" data-action="tool-again" @click=${() => does.openTool(sheet.tool)}>${t("tools.again")}</button>
        ${does.canPrint ? printButton(paper, does) : nothing}
      </div>
    `,
  });
}

function printButton(paper, does) {
  const words = { none: "tools.print", asking: "tools.printing", asked: "tools.printed_ask", failed: "tools.print_failed" }[paper];
  const isOver = paper === "asking" || paper === "asked";
  return html`<button class="key key--main" data-action="tool-print" data-paper=${paper} ?disabled=${isOver} @click=${does.printSheet}>
    <span role="status">${t(words)}</span>
  </button>`;
}

function middle(sheet, page) {
  return html`<div class="sheet">
    ${sheet.facts.length ? html`<section class="sheet__part">${lines(sheet.facts)}</section>` : nothing}
    ${sheet.table ? html`<section class="sheet__part"><h2>${sheet.table.title}</h2>${table(sheet.table)}${picture(sheet)}</section>` : nothing}
    ${sheet.notes.map((note) => html`<p class="sheet__note">${note}</p>`)}
    ${sheet.sections.map(section)}
    <section class="sheet__part sheet__take">
      <figure>${qr(page)}<figcaption>${t("tools.scan_to_keep")}</figcaption></figure>
      <div><h2>${t("tools.your_answers")}</h2>${lines(sheet.given)}</div>
    </section>
    ${sheet.doubts.length ? html`<p class="sheet__small">${doubt()} ${sheet.doubts.join(" · ")}</p><p class="sheet__small">${t("tools.doubts_foot")}</p>` : nothing}
  </div>`;
}

/** Its lines come from the server in SVG's own units; colours are the page's. */
function picture({ picture: drawn }) {
  if (!drawn) return nothing;
  return html`<figure>
    <figcaption class="soft">${t("tools.picture_caption")}</figcaption>
    <svg class="payments" viewBox="0 0 ${drawn.width} ${drawn.height}" role="img" aria-label=${drawn.described}>
      ${drawn.strokes.map((stroke) => svg`<path class=${`payments__${stroke.kind}`} d=${stroke.path} />`)}
      ${drawn.labels.map((label) => svg`<text class="payments__words" x=${label.x} y=${label.y} text-anchor=${label.anchor}>${label.text}</text>`)}
    </svg>
  </figure>`;
}

function qr(page) {
  const query = new URL(page.link).search;
  return html`<img class="sheet__qr" src=${`/tools/${page.tool}/qr.svg${query}`} alt=${t("tools.qr_alt")} />`;
}

function doubt() {
  return html`<span class="sheet__doubt">◇ ${t("tools.doubt_mark")}</span>`;
}

function lines(list) {
  return html`<dl class="sheet__lines">
    ${list.map(
      (line) => html`<div class=${line.marked ? "sheet__line sheet__line--marked" : "sheet__line"}>
        <dt>${line.label}${line.marked ? html` <strong>▲ ${line.marked}</strong>` : nothing}</dt>
        <dd><span class="number">${line.value}</span>${line.doubt ? html` ${doubt()}` : nothing}</dd>
      </div>`,
    )}
  </dl>`;
}

function table({ columns, rows }) {
  return html`<table class="sheet__table">
    <thead data-say=""><tr>${columns.map((column) => (column ? html`<th scope="col">${column}</th>` : html`<td></td>`))}</tr></thead>
    <tbody>
      ${rows.map((row) => html`<tr data-say=${rowSaid(columns, row)}><th scope="row">${row[0]}</th>${row.slice(1).map((cell) => html`<td class="number">${cell}</td>`)}</tr>`)}
    </tbody>
  </table>`;
}

/** Whoever listens hears with each figure what it is of. */
function rowSaid(columns, [name, ...cells]) {
  return [name, ...cells.map((cell, at) => `${columns[at + 1]} ${cell}`.trim())].join(currentLanguage() === "en" ? ", " : "，");
}

function section({ title, items, lines: facts }) {
  return html`<section class="sheet__part">
    ${title ? html`<h2>${title}</h2>` : nothing} ${facts.length ? lines(facts) : nothing}
    ${items.length
      ? html`<ul class="sheet__items">
          ${items.map(
            (item) => html`<li data-state=${item.state}>
              ${item.title ? html`<p class="sheet__itemhead"><strong>${item.title}</strong> <span>${MARKS[item.state]} ${item.state_words}</span></p>` : nothing}
              ${item.value ? html`<p class="number">${item.value}</p>` : nothing}
              <p>${item.words}</p>
              <p class="sheet__small">${item.doubt ? html`${doubt()} · ` : nothing}${t("tools.nothing_needed_source", { title: item.source })}</p>
            </li>`,
          )}
        </ul>`
      : nothing}
  </section>`;
}
