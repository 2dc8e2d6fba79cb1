// Draws “what if”: on the left what to try, in two or three touches; on the right what it would do, and how sure that is.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { zoneText } from "../staff/staff_words.js";
import { KINDS, MOST_ACTS, actOf, amounts, categoriesOf, mainRow, otherZones, resultRows, targets } from "./what_if_board.js";

const SHAPES = { helps: "✓", harms: "▲", mixed: "◆", no_difference: "○" };

export function drawWhatIf(whatIf, { here }) {
  const { shown } = whatIf;
  if (!shown.options) {
    const words = shown.trouble ? html`<p class="note note--act" role="alert">▲ ${shown.trouble}</p>` : t("common.loading");
    return html`<div class="what-if__opening" role="status">${words}</div>`;
  }
  return html`<div class="what-if">
    <section class="what-if__choose" aria-label=${t("staffing.choose")}>${drawActs(whatIf, here)} ${drawChoice(whatIf, here)}</section>
    <section class="what-if__says" aria-live="polite" aria-busy=${shown.asking}>${drawSays(whatIf, here)}</section>
  </div>`;
}

// --- what to try

function drawActs({ shown, categories, drop }, here) {
  if (!shown.acts.length) return nothing;
  return html`<ol class="what-if__acts">
    ${shown.acts.map(
      ({ choice }, place) => html`<li>
        <span>${sayAct(choice, here, categories())}</span>
        <button class="what-if__drop" type="button" aria-label=${t("staffing.drop")} @click=${() => drop(place)}>×</button>
      </li>`,
    )}
  </ol>`;
}

function drawChoice(whatIf, here) {
  const { shown, choose, chooseKind } = whatIf;
  const { choice, options } = shown;
  const kinds = html`<div class="what-if__row what-if__kinds" role="group" aria-label=${t("staffing.choose")}>
    ${KINDS.map((kind) => chip(t(`staffing.kind_${kind}`), choice?.kind === kind, () => chooseKind(kind)))}
  </div>`;
  if (!choice) return html`${kinds}<p class="soft">${t(shown.acts.length ? "staffing.and_then" : "staffing.hint")}</p>`;
  const found = targets(choice.kind, options, here.hall);
  if (!found.length) return html`${kinds}<p class="soft">${t(`staffing.none_${choice.kind}`)}</p>`;
  const isPeople = choice.kind === "add_people";
  const target = (id) =>
    isPeople
      ? chip(zoneText(zoneOf(here.hall, id)), choice.zone === id, () => choose({ zone: id }))
      : chip(counterText(id, options, here), choice.counter === id, () => choose({ counter: id, zone: null, category: null }));
  return html`${kinds}
    <div class="what-if__row" role="group" aria-label=${t(isPeople ? "staffing.which_zone" : "staffing.which_counter")}>${found.map(target)}</div>
    ${choice.counter || choice.zone ? drawDetails(whatIf, here) : nothing}`;
}

function drawDetails({ shown, choose, categories }, here) {
  const { choice, options } = shown;
  const all = categories();
  const services = categoriesOf(choice, options, all);
  const title = (id) => all.find((one) => one.id === id).title;
  const group = (label, chips) => html`<div class="what-if__row" role="group" aria-label=${label}><span class="soft">${label}</span>${chips}</div>`;
  const numbers = amounts(choice.kind);
  const zones = otherZones(choice, options, here.hall);
  return html`
    ${numbers.length ? group(t(`staffing.how_${choice.kind}`), numbers.map((n) => chip(sayAmount(choice.kind, n), choice.n === n, () => choose({ n })))) : nothing}
    ${zones.length
      ? group(t("staffing.in_zone"), [
          chip(t("staffing.own_zone"), choice.zone === null, () => choose({ zone: null })),
          ...zones.map((id) => chip(zoneText(zoneOf(here.hall, id)), choice.zone === id, () => choose({ zone: id, category: null }))),
        ])
      : nothing}
    ${services.length
      ? group(t("staffing.for_services"), [
          chip(t("staffing.all_services"), choice.category === null, () => choose({ category: null })),
          ...services.map((id) => chip(title(id), choice.category === id, () => choose({ category: id }))),
        ])
      : nothing}
  `;
}

function chip(words, isChosen, press) {
  return html`<button class="chip" type="button" aria-pressed=${isChosen} @click=${press}>${words}</button>`;
}

function counterText(id, options, here) {
  const { zone, reserve } = options.counters.find((one) => one.counter === id);
  const { shape } = zoneOf(here.hall, zone);
  return html`<span class="number">${id}</span> ${shape}${reserve ? html` <small>${t("staffing.reserve")}</small>` : nothing}`;
}

const sayAmount = (kind, n) => t(kind === "add_people" ? "staffing.people" : `staffing.${kind}_${n < 0 ? "minus_" : ""}${Math.abs(n)}`, { n });

/** An act in a few words, as it is told to a person. `choice` as the board has it. */
export function sayAct({ kind, counter, zone, category, n }, here, categories) {
  const what = category ? categories.find(({ id }) => id === category)?.title : t("staffing.all_services");
  const where = zone ? zoneText(zoneOf(here.hall, zone)) : "";
  const key = { open: category ? "open_for" : "open", serve: zone ? "lend" : "serve" }[kind] ?? kind;
  return t(`staffing.act_${key}`, { counter, zone: where, what: what ?? "", n: Math.abs(n ?? 0), amount: n === null ? "" : sayAmount(kind, n) });
}

// --- what it would do

function drawSays(whatIf, here) {
  const { shown, categories } = whatIf;
  if (shown.trouble) {
    return html`<p class="note note--act" role="alert">▲ ${shown.trouble}</p>
      <button class="button" type="button" @click=${whatIf.ask}>${t("staffing.again")}</button>`;
  }
  if (shown.asking) return html`<p class="what-if__busy">${t(shown.starting ? "staffing.starting" : "staffing.asking")}</p>`;
  if (!shown.answer) return html`<p class="what-if__busy soft">${t("staffing.nothing_yet")}</p>`;
  return html`${drawVerdict(shown.answer, here, categories())} ${drawDeed(whatIf, here)}
  ${drawTable(shown.answer, here, categories())} ${drawToday(shown.answer)} ${drawHowSure(shown.answer)}`;
}

function drawVerdict(answer, here, categories) {
  const row = mainRow(answer);
  const hours = Math.abs(answer.hours_saved.mean).toFixed(1);
  const saved = answer.hours_saved.beyond_chance ? t(answer.hours_saved.mean > 0 ? "staffing.saves" : "staffing.costs", { hours }) : "";
  return html`<div class="what-if__verdict" data-verdict=${answer.verdict}>
    <p><span aria-hidden="true">${SHAPES[answer.verdict]}</span> <strong>${t(`staffing.verdict_${answer.verdict}`)}</strong></p>
    ${row && answer.verdict !== "no_difference"
      ? html`<p>${t(row.after.longest === null ? "staffing.longest_never" : "staffing.longest_goes", { who: groupText(row, here, categories), before: inMinutes(row.before.longest), after: inMinutes(row.after.longest) })}${saved ? html` ${saved}` : nothing}</p>`
      : html`<p>${t("staffing.no_difference_means")}</p>`}
  </div>`;
}

export function groupText({ zone, category }, here, categories) {
  const title = categories.find(({ id }) => id === category)?.title;
  if (!zone) return t("staffing.whole_hall");
  return title ? `${zoneText(zoneOf(here.hall, zone))} · ${title}` : zoneText(zoneOf(here.hall, zone));
}

/** Whole minutes; who is not called any more today has no wait. */
export const inMinutes = (value) => (value === null ? t("staffing.never") : t("staffing.minutes", { n: value }));

const COLUMNS = ["median", "p90", "longest"];

function drawTable(answer, here, categories) {
  return html`<table class="what-if__table">
    <caption class="only-read">${t("staffing.table")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("staffing.waits_of", { n: answer.looks_ahead_minutes / 60 })}</th>
        <th scope="col">${t("staffing.people_head")}</th>
        ${COLUMNS.map((name) => html`<th scope="col">${t(`staffing.head_${name}`)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${resultRows(answer).map(
        (row) => html`<tr data-moved=${row.moved} data-part=${row.category !== null}>
          <th scope="row">${row.category ? categories.find(({ id }) => id === row.category)?.title : groupText(row, here, categories)}</th>
          <td class="number">${row.people}</td>
          ${COLUMNS.map((name) => html`<td class="number">${fromTo(row.before[name], row.after[name])}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function fromTo(before, after) {
  const show = (value) => (value === null ? t("staffing.never") : `${value}′`);
  return before === after ? html`<span class="soft">${show(after)}</span>` : html`${show(before)} → <strong>${show(after)}</strong>`;
}

function drawToday({ called_today: called, left_over: left, closes_in_minutes: closes }) {
  if (closes === null) return nothing;
  const key = left.before.mean || left.after.mean ? "today_left" : "today";
  return html`<p>
    ${t(`staffing.${key}`, { before: called.before.mean, after: called.after.mean, left: left.before.mean, left_after: left.after.mean })}
  </p>`;
}

function drawHowSure(answer) {
  const row = mainRow(answer);
  const { low, high } = row?.longest_change ?? {};
  return html`<p class="what-if__sure soft">
    ${t("staffing.lives", { n: answer.repetitions })}
    ${row?.after.longest != null && answer.verdict !== "no_difference" ? t("staffing.eight_in_ten", { low: signed(low), high: signed(high) }) : nothing}
    ${answer.rough ? html`<strong>◆ ${t("staffing.rough")}</strong>` : nothing}
    ${answer.measured_services < 200 ? t("staffing.little_learnt", { n: answer.measured_services }) : nothing}
  </p>`;
}

const signed = (n) => (n > 0 ? `+${n}` : `${n}`.replace("-", "−"));

function drawDeed(whatIf, here) {
  const { shown } = whatIf;
  const { answer, choice, acts } = shown;
  const mayAdd = choice && actOf(choice, shown.options, whatIf.categories()) && acts.length + 1 < MOST_ACTS;
  return html`<div class="what-if__deed">
    ${answer.deed && !shown.done
      ? html`<button class="button button--main" type="button" data-deed=${answer.deed.counter} ?disabled=${here.presses.isBusy("reserve")} @click=${whatIf.deed}>
          ${t("staffing.deed_open_reserve", { counter: answer.deed.counter })}
        </button>`
      : nothing}
    ${mayAdd ? html`<button class="button" type="button" @click=${whatIf.addAnother}>${t("staffing.add_another")}</button>` : nothing}
    <p class="soft">${t(shown.done ? "staffing.done" : answer.deed ? "staffing.deed_means" : "staffing.tell_them")}</p>
  </div>`;
}
