// Draws the desk. Who is here, what can be done, who is next.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { zoneChip, zoneOf } from "/common/zones.js";
import { staffHeader } from "../staff/staff_header.js";
import { drawSoundButton } from "../staff/staff_sound_button.js";
import { alertHead, alertWords } from "../staff/my_alerts.js";
import { KEYS } from "./desk_keys.js";
import { drawLine } from "./desk_line_view.js";
import { drawNow } from "./desk_now_view.js";
import { drawPanel } from "./desk_panel_view.js";
import { drawPapers } from "./desk_papers_view.js";
import { isStrip } from "./desk_strip.js";
import { drawAway, drawDay, drawDue, drawMarks, drawNext } from "./desk_side_view.js";

const TOLD_AT_ONCE = 2; // a desk is for the visitor at it

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy="true">
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
  </main>`;
}

export function drawWithoutCounter(here) {
  return html`${staffHeader({ hall: here.hall, session: here.session, place: nothing })}
    <main class="staff-opening">
      <h1 class="staff-opening__words">${t("desk.no_counter")}</h1>
      <a class="button button--main" href="/sign-in?next=/desk">${t("desk.choose_counter")}</a>
    </main>`;
}

export function drawDesk(state, acts) {
  const { here, board, counter, panel } = state;
  const zone = zoneOf(here.hall, counter.zone);
  const needsRoom = panel?.kind.startsWith("transfer") || panel?.notices; // a move needs no papers; what to tell stands there
  const hasPapers = board.ticket && !needsRoom;
  const place = html`<h1 class="staff-header__title">${t("common.counter", { counter: counter.id })}</h1>
    ${zoneChip(zone)}`;
  return html`
    ${staffHeader({ hall: here.hall, session: here.session, place, tools: state.mine ? drawSoundButton(state.mine.sound, state.mine.changeSound) : nothing, notices: here.floor?.notices })}
    <main class="desk" data-stage=${board.stage} data-tone=${zone.tone} data-papers=${hasPapers ? "yes" : "no"} data-tell=${panel?.notices ? "yes" : "no"}>
      <section class="desk-now" aria-label=${t("desk.at_my_counter")} data-dims>${drawNow(state, acts)}</section>
      ${hasPapers ? html`<section class="desk-papers" data-dims>${drawPapers(state, acts)}</section>` : nothing}
      <section class="desk-acts" aria-label=${t("desk.verbs")}>
        ${panel ? drawPanel(state, acts) : drawVerbs(state, acts)}
        <div class="desk-says" role="status" aria-live="polite">${drawSays(state, acts)} ${drawColleagues(state, acts)} ${drawTold(state)}</div>
      </section>
      ${board.stage === "closed" ? nothing : html`<nav class="desk-tools" aria-label=${t("desk.tools")}>${deskTools(state, acts)}</nav>`}
      <aside class="desk-side" data-dims>
        ${drawNext(state, acts)} ${drawAway(state, acts)} ${drawDue(state)} ${drawDay(state)} ${drawMarks(state)}
      </aside>
    </main>
  `;
}

function deskTools({ board, here }, acts) {
  const busy = here.presses.isAnyBusy();
  const mayLeave = board.stage === "free" || board.stage === "paused";
  const shown = board.tools.filter((tool) => !["know", "end_next", board.stage === "paused" && "pause"].includes(tool.id));
  return html`
    ${shown.map(
      (tool) => html`<button
        class="staff-tool"
        type="button"
        data-tool=${tool.id}
        aria-keyshortcuts=${tool.key}
        ?disabled=${busy || !tool.enabled}
        @click=${() => acts.verb(tool.id)}
      >
        ${t(`desk.${tool.id}`)} <kbd aria-hidden="true">${tool.key}</kbd>
      </button>`,
    )}
    <button class="staff-tool" type="button" ?disabled=${busy || !mayLeave} @click=${() => acts.verb("close")}>
      ${t("desk.close")}
    </button>
    ${isStrip() ? nothing : html`<button class="staff-tool" type="button" title=${t("desk.strip_words")} @click=${acts.strip}>${t("desk.strip")}</button>`}
  `;
}

function drawVerbs({ board, here }, acts) {
  const busy = here.presses.isAnyBusy();
  const [main, ...others] = board.verbs;
  return html`<div class="desk-verbs">
    ${verbButton(main, here, busy, acts, main.id === "end" ? t("desk.end_next", { key: KEYS.end_next }) : "")}
    <div class="desk-verbs__others">${others.map((verb) => verbButton(verb, here, busy, acts))}</div>
  </div>`;
}

function verbButton(verb, here, busy, acts, hint = "") {
  const waits = here.presses.isBusy(verb.id);
  return html`<button
    type="button"
    class="verb ${verb.main ? "verb--main" : ""}"
    data-verb=${verb.id}
    aria-busy=${waits ? "true" : "false"}
    aria-keyshortcuts=${verb.key}
    ?disabled=${!verb.enabled || busy}
    @click=${() => acts.verb(verb.id)}
  >
    <span class="verb__word">${t(`desk.verb_${verb.word}`)}</span>
    <kbd aria-hidden="true">${verb.key}</kbd>
    <span class="verb__why">${hint || whyNot(verb)}</span>
  </button>`;
}

function whyNot(verb) {
  if (verb.seconds > 0) return t("desk.in_seconds", { n: verb.seconds });
  if (verb.toCall > 0) return t("desk.calls_left", { n: verb.toCall });
  if (verb.calls > 0) return t(verb.calls < verb.most ? "desk.calls_of" : "desk.calls_all", { n: verb.calls, most: verb.most });
  return "";
}

function drawSays({ here, trouble, time }, acts) {
  const line = drawLine(here, acts);
  if (line) return line;
  if (trouble) return html`<span class="says says--act">▲ ${trouble}</span>`;
  if (time?.level === "forgotten") return html`<span class="says says--look">◆ ${t("desk.forgotten", { n: time.minutes })}</span>`;
  return nothing;
}

/** What the hall's rules tell this officer. It goes by itself; “understood” lets others see who knows. */
function drawTold({ mine, here }) {
  const told = (mine?.all ?? []).slice(0, TOLD_AT_ONCE);
  return told.map(
    (alert) => html`<span class="chip desk-told ${alert.level === "act" ? "chip--act" : "chip--look"}"
      >${alert.level === "act" ? "▲" : "◆"} ${alertHead(alert)}
      ${alert.taken_by
        ? html`<span class="soft">${alertWords(alert, here)}</span>`
        : html`<button class="desk-line__back" type="button" ?disabled=${here.presses.isBusy(alert.id)} @click=${() => mine.take(alert)}>
            ${t("staff.alert_know")}
          </button>`}</span
    >`,
  );
}

/** Colleagues called silently: not yet taken, with the way to take it back; or who comes. */
function drawColleagues({ board, comes, here }, acts) {
  return html`${board.colleagues.map(
    ({ wanted }) => html`<span class="chip">☎ ${t(`desk.called_${wanted}`)}
      <button class="desk-line__back" type="button" ?disabled=${here.presses.isAnyBusy()} @click=${() => acts.noColleague(wanted)}>
        ${t("desk.not_needed")}
      </button></span>`,
  )}${comes ? html`<span class="chip chip--good">✓ ${t("desk.comes", { name: comes })}</span>` : nothing}`;
}
