// A large number pad: a visitor says “oh-twelve” and the guide has it in two touches, without a keyboard over half the screen.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { onPaper } from "../staff/staff_paper.js";
import { serviceName, whereText } from "../staff/staff_words.js";
import { lettersOf } from "./guide_search.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"];
const SIGNS = { clear: "×", back: "⌫" };

export function drawPad({ typed, results, here }, acts) {
  return html`<section class="sheet pad" aria-label=${t("guide.pad")}>
    <header class="sheet__head">
      <h2 class="sheet__number number" tabindex="-1">${typed || html`<span class="soft">${t("guide.search")}</span>`}</h2>
      <button class="staff-tool sheet__close" type="button" @click=${acts.closeAll}>${t("common.close")}</button>
    </header>
    <div class="sheet__body">
      <div class="pad__letters">
        ${lettersOf(here.floor).map((letter) => html`<button type="button" class="pad__key" @click=${() => acts.pad(letter)}>${letter}</button>`)}
      </div>
      <div class="pad__keys">
        ${KEYS.map(
          (key) => html`<button type="button" class="pad__key number" data-key=${key} aria-label=${SIGNS[key] ? t(`guide.pad_${key}`) : key} @click=${() => acts.pad(key)}>
            ${SIGNS[key] ?? key}
          </button>`,
        )}
      </div>
      ${typed ? drawFound(results, here, acts) : html`<p class="soft">${t("guide.pad_hint")}</p>`}
    </div>
  </section>`;
}

function drawFound(results, here, acts) {
  if (!results.length) return html`<p class="soft">${t("guide.search_nothing")}</p>`;
  return html`<ul class="sheet__services">
    ${results.map((ticket) => {
      const zone = zoneOf(here.hall, ticket.zone);
      return html`<li>
        <button type="button" class="target target--small" data-found=${ticket.ticket} @click=${() => acts.open(ticket.ticket)}>
          <strong class="number">${ticket.ticket}</strong> ${onPaper(ticket)}
          <small>${zone ? zoneShape(zone) : nothing} ${whereText(ticket)} · ${serviceName(here.services, ticket.service)}</small>
        </button>
      </li>`;
    })}
  </ul>`;
}
