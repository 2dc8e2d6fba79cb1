// What lies over the screen for a paper without a number: the day and code of a promise, or that the list is printed.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallDate, hallTime } from "/common/clock.js";
import { t } from "/common/words.js";

/** What `panel` of over_view.js takes; it adds the button that calls a person. */
export function slipPanel(board, does) {
  const { slip } = board;
  const again = slip.kind === "list" ? does.askList : does.askTomorrow;
  if (slip.state === "asking") return { kind: `${slip.kind}-asking`, title: t(`kiosk.${slip.kind}_asking`), text: "" };
  if (slip.state === "failed") {
    const text = slip.message || t("kiosk.slip_failed_text");
    return { kind: `${slip.kind}-failed`, title: t("kiosk.slip_failed"), text, buttons: html`${close(does)}${againButton(again)}` };
  }
  return slip.kind === "list" ? listPanel(board, does) : promisePanel(board, does);
}

function promisePanel({ slip, lang }, does) {
  const { date, weekday } = hallDate(slip.answer.slot, lang);
  const isOnPaper = slip.paper === "asked" || slip.paper === "printed";
  return {
    kind: "promise-tomorrow",
    title: t("kiosk.tomorrow_done", { day: `${date} ${weekday} ${hallTime(slip.answer.slot)}` }),
    text: html`<strong class="promisecode number">${inTwoBreaths(slip.answer.code)}</strong>
      <span>${t(isOnPaper ? "kiosk.tomorrow_done_paper" : "kiosk.tomorrow_done_text")}</span>
      ${slip.paper === "none" ? nothing : html`<span class="slippaper" data-paper=${slip.paper}>${t(`kiosk.slip_paper_${slip.paper}`)}</span>`}`,
    buttons: html`${home(does)}${close(does)}`,
  };
}

/** Said and typed in two breaths, as on the paper. */
function inTwoBreaths(code) {
  return html`<span>${code.slice(0, 5)}</span> <span>${code.slice(5)}</span>`;
}

function listPanel(board, does) {
  const { paper } = board.slip;
  const isLost = paper === "failed" || paper === "silent";
  return {
    kind: `list-${paper}`,
    title: t(`kiosk.list_${isLost ? "failed" : paper}`),
    text: html`<span class="slippaper" data-paper=${paper}>${t(`kiosk.list_${isLost ? "failed" : paper}_text`)}</span>`,
    buttons: isLost
      ? html`${close(does)}${againButton(does.askListAgain)}`
      : html`${homeMain(does)}${close(does, "answer", "kiosk.list_stay")}`,
  };
}

function close(does, kind = "answer answer--main", words = "kiosk.help_ok") {
  return html`<button class=${kind} data-action="close-slip" @click=${does.closeSlip}><strong>${t(words)}</strong></button>`;
}

function home(does) {
  return html`<button class="answer" data-action="give-up" @click=${does.home}><strong>${t("kiosk.home")}</strong></button>`;
}

function homeMain(does) {
  return html`<button class="answer answer--main" data-action="done" @click=${does.leave}><strong>${t("kiosk.list_done")}</strong></button>`;
}

function againButton(act) {
  return html`<button class="answer" data-action="again" @click=${act}><strong>${t("kiosk.try_again")}</strong></button>`;
}
