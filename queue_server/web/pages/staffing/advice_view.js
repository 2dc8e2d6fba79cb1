// What would help, on the supervisor's wall: one sentence with its effect, yes or no, and what came of earlier advice.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { currentLanguage, t } from "/common/words.js";
import { REASONS, choiceOfAct, effectOf, verdictOf } from "./advice_board.js";
import { groupText, sayAct } from "./what_if_view.js";

const SHAPES = { kept: "✓", missed: "▲", without: "○", known: "○", unknown: "…" };

/** Stands only while there is advice; what came of earlier advice lies under “more”. */
export function drawHelp({ here, advice }) {
  const now = advice?.shown.advices?.open ?? null;
  return now ? drawNow(now, advice, here) : nothing;
}

const categoriesOf = (here) => here.catalogue.categories ?? [];

function drawNow(now, advice, here) {
  const { shown } = advice;
  const says = sayAdvice(now, here);
  return html`<section class="advice" aria-labelledby="advice-head" data-advice=${now.id}>
    <h2 class="only-read" id="advice-head">${t("staffing.advice")}</h2>
    <p class="advice__says">
      <strong><span class="advice__mark" aria-hidden="true">${t("staffing.advice_is")}</span>${says.act}</strong>
      <span>${says.effect}</span>
      <small class="soft">${howSure(now)}</small>
    </p>
    ${shown.trouble ? html`<p class="note note--act" role="alert">▲ ${shown.trouble}</p>` : nothing}
    ${shown.declining === now.id ? drawWhyNot(now, advice) : drawYesNo(now, advice)}
  </section>`;
}

/** In one sentence: what to do, and what it would do. */
export function sayAdvice(one, here) {
  const act = sayAct(choiceOfAct(one.act), here, categoriesOf(here));
  const who = groupText(one, here, categoriesOf(here));
  const { key, values } = effectOf(one);
  return { act, effect: t(`staffing.${key}`, { who, ...values }) };
}

function howSure({ promised, trouble }) {
  const range = trouble === "long_wait" ? t("staffing.advice_range", { low: -promised.longest_high, high: -promised.longest_low }) : "";
  return `${range}${t("staffing.advice_hours", { hours: promised.hours_saved.toFixed(1) })}`;
}

function drawYesNo(now, { shown, accept, askWhyNot }) {
  return html`<p class="advice__answers">
    <button class="button button--main" type="button" ?disabled=${shown.busy} @click=${() => accept(now.id)}>
      ${now.deed ? t("staffing.deed_open_reserve", { counter: now.deed.counter }) : t("staffing.accept")}
    </button>
    <button class="button" type="button" ?disabled=${shown.busy} @click=${() => askWhyNot(now.id)}>${t("staffing.decline")}</button>
  </p>`;
}

function drawWhyNot(now, { shown, decline, askWhyNot }) {
  return html`<p class="advice__answers" role="group" aria-label=${t("staffing.why_not")}>
    ${REASONS.map(
      (reason) => html`<button class="chip" type="button" ?disabled=${shown.busy} @click=${() => decline(now.id, reason)}>
        ${t(`staffing.reason_${reason}`)}
      </button>`,
    )}
    <button class="staff-link" type="button" @click=${() => askWhyNot(null)}>${t("common.cancel")}</button>
  </p>`;
}

/** The panel: today's advice, what was promised and what then was. */
export function drawEarlier(advice, { here }) {
  const earlier = advice.shown.advices?.earlier ?? [];
  if (!earlier.length) return html`<p class="soft">${t("staffing.earlier_none")}</p>`;
  return html`<ul class="advice__list">
      ${earlier.map((one) => drawOne(one, here))}
    </ul>
    <p class="soft">${t("staffing.earlier_means")}</p>`;
}

function drawOne(one, here) {
  const says = sayAdvice(one, here);
  const verdict = verdictOf(one);
  return html`<li data-verdict=${verdict}>
    <time class="number">${hallTime(one.at)}</time>
    <p><strong>${says.act}</strong><span>${says.effect}</span></p>
    <p><span>${t(`staffing.state_${one.state}`, { reason: reasonText(one.reason) })}${madeText(one)}</span><span>${SHAPES[verdict]} ${happenedText(one, verdict)}</span></p>
  </li>`;
}

const reasonText = (reason) => (REASONS.includes(reason) ? t(`staffing.reason_${reason}`) : reason);

function madeText({ state, made }) {
  if (state !== "accepted" || made === null) return "";
  return ` · ${t(made ? "staffing.made" : "staffing.not_made")}`;
}

function happenedText({ happened, trouble }, verdict) {
  if (verdict === "unknown") return t("staffing.happened_unknown");
  const what = trouble === "left_over" ? t("staffing.happened_left", { n: happened.not_called }) : t("staffing.happened_longest", { n: happened.longest });
  return `${what}${verdict === "kept" || verdict === "missed" ? ` · ${t(`staffing.promise_${verdict}`)}` : ""}`;
}
