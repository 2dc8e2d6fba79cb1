// What to bring, to be ticked off; and where something is missing, what to do without losing the day.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { isIssuing } from "./kiosk_board.js";
import { returnsBehind, markOf, missing } from "./kiosk_papers.js";
import { icons } from "./view_parts.js";

/** What everybody needs first, what depends after it. */
export function papersView(board, does, materials) {
  if (!materials.length) return html`<p>${t("kiosk.bring_nothing")}</p>`;
  const must = materials.filter((one) => one.required === "must");
  const inOrder = [...must, ...materials.filter((one) => one.required !== "must")];
  return html`
    <p class="soft">${t("kiosk.tick_hint")}</p>
    <ul class="materials">${inOrder.map((one) => paperRow(board, does, one))}</ul>
  `;
}

function paperRow(board, does, { code, name, required, when, note }) {
  const mark = markOf(board, code);
  const more = [required === "must" ? "" : when || t("kiosk.if"), note].filter(Boolean).join(" · ");
  return html`<li class="material" data-mark=${mark ?? "none"}>
    <button class="material__have" data-have=${code} aria-pressed=${mark === "yes"} @click=${() => does.mark(code, "yes")}>
      <span class="box" aria-hidden="true">${mark === "yes" ? icons.check : nothing}</span>
      <span><strong>${name}</strong>${more ? html`<small class="soft">${more}</small>` : nothing}</span>
    </button>
    <button
      class="material__lack"
      data-lack=${code}
      aria-pressed=${mark === "no"}
      aria-label=${t("kiosk.lack_one", { name })}
      @click=${() => does.mark(code, "no")}
    >
      ${t("kiosk.lack")}
    </button>
  </li>`;
}

function fetchHint(n) {
  return n ? t("kiosk.missing_fetch_hint", { n }) : t("kiosk.missing_fetch_hint_first");
}

/** Instead of the way to a number: the ways round what is missing. The first costs nothing but the walk. */
export function missingAnswers(board, does) {
  const isBusy = isIssuing(board);
  const lacks = missing(board);
  const answer = (deed, act, kind = "", hint = t(`kiosk.missing_${deed}_hint`)) => html`
    <button class="answer ${kind}" data-answer=${deed} ?disabled=${isBusy} @click=${act}>
      <strong>${t(`kiosk.missing_${deed}`)}</strong><span>${hint}</span>
    </button>
  `;
  return html`
    <p class="answers__question"><strong>${t("kiosk.missing_title", { n: lacks.length })}</strong></p>
    <div class="four">
      ${answer("fetch", () => does.takeAndFetch(), "answer--main", fetchHint(returnsBehind(board)))} ${answer("tomorrow", does.askTomorrow)}
      ${board.hasPrinter ? answer("list", does.askList) : nothing} ${answer("anyway", () => does.answerCare(false), "four__last")}
    </div>
  `;
}
