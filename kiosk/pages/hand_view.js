// For those who have a number or a booking: scan or type it; come back, take the number booked for, or have it printed again.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { live } from "/common/vendor/lit-html/directives/live.js";
import { hallTime } from "/common/clock.js";
import { waitText } from "/common/waits.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { pick, t } from "/common/words.js";
import { isHandBusy } from "./kiosk_hand.js";
import { helpButton, icons, screen } from "./view_parts.js";

const LAST_ROW = "ZXCVBNM";
const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", LAST_ROW];

export function handView(board, does) {
  const { found } = board.hand;
  return screen(board, does, {
    name: "hand",
    title: t("kiosk.hand_title"),
    hint: t("kiosk.hand_hint"),
    body: html`
      <div class="handfield">
        <label class="searchfield searchfield--typing">
          <span class="only-read">${t("kiosk.hand_label")}</span>
          <input
            type="text"
            inputmode="none"
            maxlength="200"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            placeholder=${t(board.hand.isScanned ? "kiosk.hand_scanned" : "kiosk.hand_placeholder")}
            .value=${live(board.hand.isScanned ? "" : board.hand.text)}
            @input=${does.typeCode}
            @keydown=${(event) => event.key === "Enter" && does.sendCode()}
          />
        </label>
        <button class="answer answer--main" data-action="look-up" ?disabled=${!board.hand.text || isHandBusy(board)} @click=${does.sendCode}>
          <strong>${t("kiosk.hand_send")}</strong>
        </button>
      </div>
      <div class="handresult" role="status">${found ? card(board, does) : said(board)}</div>
      ${found ? nothing : keyboard(does)}
    `,
  });
}

/** Nothing found is never the end: what it may be; a person to ask is below, as everywhere. */
function said(board) {
  const { state, problem, message } = board.hand;
  if (state === "looking") return html`<p class="handresult__text">${t("kiosk.hand_looking")}</p>`;
  if (state !== "said") return html`<p class="handresult__text soft">${t("kiosk.hand_examples")}</p>`;
  const text = problem === "refused" && message ? message : t(`kiosk.hand_${problem}`);
  return html`<p class="handresult__text"><strong>${text}</strong></p>`;
}

function card(board, does) {
  return board.hand.found.kind === "booking" ? booking(board, does) : ticket(board, does);
}

function booking(board, does) {
  const { booking: booked, service } = board.hand.found;
  const key = booked.kind === "promise" ? "kiosk.hand_promise" : "kiosk.hand_booked";
  return html`
    <section class="held">
      <p class="held__name">${service.plain_name}</p>
      <p>${t(key, { time: hallTime(booked.slot) })}</p>
      ${problem(board)}
      <button class="answer answer--main" data-action="arrive" ?disabled=${isHandBusy(board)} @click=${does.arrive}>
        <strong>${t("kiosk.hand_arrive")}</strong>
      </button>
    </section>
  `;
}

function ticket(board, does) {
  const { found } = board.hand;
  const zone = zoneOf(board.hall, found.zone);
  return html`
    <section class="held" data-tone=${zone.tone} data-held=${found.stage}>
      <p class="held__number number">${found.ticket}</p>
      <p class="held__zone">${zoneShape(zone)}<span>${pick(zone.name)} · ${pick(zone.way)}</span></p>
      <p><strong>${standing(found)}</strong></p>
      ${problem(board)}
      <div class="pair">
        ${found.may_return
          ? html`<button class="answer answer--main" data-action="return" ?disabled=${isHandBusy(board)} @click=${does.comeBack}>
              <strong>${t("kiosk.hand_return")}</strong><span>${t(`kiosk.hand_return_${found.stage}`)}</span>
            </button>`
          : nothing}
        ${found.may_rate
          ? html`<button class="answer answer--main" data-action="rate" @click=${does.rate}>
              <strong>${t("kiosk.hand_rate")}</strong><span>${t("kiosk.hand_rate_hint")}</span>
            </button>`
          : nothing}
        ${mayPrint(board)
          ? html`<button class="answer" data-action="reprint" ?disabled=${isHandBusy(board)} @click=${does.printAgain}>
              <strong>${t("kiosk.hand_reprint")}</strong>
            </button>`
          : helpButton(board, does, "answer answer--care")}
      </div>
      ${mayPrint(board) || isOver(found) ? nothing : html`<p class="soft">${t("kiosk.hand_reprint_how")}</p>`}
    </section>
  `;
}

function mayPrint({ hand: { found }, hasPrinter }) {
  return Boolean(found.link) && hasPrinter && !isOver(found);
}

function isOver({ stage }) {
  return stage === "served" || stage === "abandoned" || stage === "no_show";
}

function standing({ stage, ahead, wait, counter }) {
  const people = ahead === 0 ? t("kiosk.hand_next") : t("kiosk.hand_waiting", { n: ahead, wait: waitText(wait) });
  return stage === "waiting" ? people : t(`kiosk.hand_stage_${stage}`, { counter: counter ?? "" });
}

function problem({ hand }) {
  if (hand.state !== "said") return nothing;
  return html`<p class="held__problem">${hand.problem === "refused" && hand.message ? hand.message : t(`kiosk.hand_${hand.problem}`)}</p>`;
}

function keyboard(does) {
  return html`
    <div class="keyboard" role="group" aria-label=${t("kiosk.hand_keyboard")}>
      ${ROWS.map(
        (row) => html`<div class="keyboard__row">
          ${row === LAST_ROW ? eraser(does) : nothing}${[...row].map(
            (letter) => html`<button class="letter" lang="en" data-typing data-letter=${letter} @click=${() => does.typeCodeLetter(letter)}>
              ${letter}
            </button>`,
          )}${row === LAST_ROW ? clearer(does) : nothing}
        </div>`,
      )}
    </div>
  `;
}

function eraser(does) {
  return html`<button class="letter letter--side" data-typing aria-label=${t("kiosk.key_delete")} @click=${does.eraseCode}>${icons.erase}</button>`;
}

function clearer(does) {
  return html`<button class="letter letter--side" data-typing @click=${does.clearCode}>${t("kiosk.key_clear")}</button>`;
}
