// What needs a person now, on top of the guide's tablet. The strip keeps its height, so that nothing below jumps.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { currentLanguage, t } from "/common/words.js";
import { alertHead, alertWords, drawAlertButton } from "../staff/my_alerts.js";
import { adviceOf } from "../staff/staff_floor.js";
import { seatName } from "./guide_seats_view.js";

const SHAPES = { help: "☎", escort: "♥", long: "▲", printer: "▤", act: "▲", look: "◆" };

export function drawAttention(items, here, acts) {
  return html`<section class="guide-attention" aria-label=${t("guide.attention")}>
    ${items.length
      ? html`<ul class="guide-attention__list">
          ${items.map((item) => html`<li class="attention" data-kind=${item.kind} data-level=${item.level ?? nothing}>${drawItem(item, here, acts)}</li>`)}
        </ul>`
      : html`<p class="guide-attention__none"><span aria-hidden="true">○</span> ${t("guide.attention_none")}</p>`}
  </section>`;
}

function drawItem(item, here, acts) {
  const { head, words } = SAYS[item.kind](item, here);
  return html`
    <span class="attention__shape" aria-hidden="true">${SHAPES[item.kind === "alert" ? item.level : item.kind]}</span>
    <p class="attention__words"><strong>${head}</strong><span>${words}</span></p>
    ${drawButton(item, here, acts)}
  `;
}

const SAYS = {
  help: ({ place, counter, question, asked_at: askedAt }) => ({
    head: counter ? t("guide.help_counter", { counter }) : t("guide.help_head", { place }),
    words: `${hallTime(askedAt)} ${counter && question ? t(`staff.call_${question}`) : question}`.trim(),
  }),
  escort: ({ ticket, counter, place, escort }, here) => ({
    head: t("guide.escort_head", { ticket, counter }),
    words: [seatName(here.hall, place), escortText(escort, here)].filter(Boolean).join(" · "),
  }),
  long: ({ many, longest }) => ({
    head: t("guide.long_head", { n: many }),
    words: longest.map(({ ticket, minutes }) => t("guide.long_one", { ticket, minutes })).join(t("staff.list_comma")),
  }),
  alert: (alert, here) => ({ head: alertHead(alert), words: alertWords(alert, here) }),
  printer: (printer) => ({
    head: t(printer.state === "low" ? "guide.printer_low_head" : "guide.printer_head", { printer: printer.printer }),
    words: adviceOf(printer, currentLanguage()) || printer.problem || "",
  }),
};

/** One guide a call; another may take over, by a touch that says so. */
function drawEscortButton({ id, ticket, escort }, here, acts) {
  if (escort === here.session.person) return html`<button class="button" type="button" @click=${() => acts.open(ticket)}>${t("guide.look")}</button>`;
  return html`<button class="button ${escort ? "" : "button--main"}" type="button" ?disabled=${here.presses.isBusy(id)} @click=${() => acts.goAlong(ticket, Boolean(escort))}>
    ${t(escort ? "guide.escort_instead" : "guide.escort_take")}
  </button>`;
}

function escortText(escort, here) {
  if (!escort) return t("guide.escort_words");
  return escort === here.session.person ? t("guide.escort_mine") : t("guide.escort_by", { name: here.floor.guides[escort] ?? escort });
}

function drawButton(item, here, acts) {
  if (item.kind === "help") {
    return html`<button
      class="button button--main"
      type="button"
      ?disabled=${here.presses.isBusy(item.id)}
      @click=${() => acts.answerHelp(item.place)}
    >
      ${t("guide.help_take")}
    </button>`;
  }
  if (item.kind === "escort") {
    return drawEscortButton(item, here, acts);
  }
  if (item.kind === "alert") return drawAlertButton(item, acts.mine, here);
  if (item.kind === "long") {
    return html`<button class="button" type="button" @click=${() => acts.filter("long")}>${t("guide.look")}</button>`;
  }
  return "";
}
