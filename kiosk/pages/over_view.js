// What lies over a screen for a moment: are you still there, a guide is coming, the server is away, the hall said no.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallClock } from "/common/clock.js";
import { emergencyHead, emergencyOf } from "/common/emergency.js";
import { t } from "/common/words.js";
import { slipPanel } from "./slip_view.js";
import { heart, helpButton } from "./view_parts.js";

/** Null when nothing lies over the screen. The most pressing first. */
export function overView(board, does, idle) {
  const danger = emergencyOf(board.notices, hallClock.now());
  if (danger && danger.notice !== board.dangerSeen) return emergencyPanel(danger, does);
  if (idle.phase === "warning") return panel(board, does, idleWarning(does, idle.secondsLeft));
  if (board.isHelpShown) return panel(board, does, helpPanel(board, does));
  if (board.slip) return panel(board, does, slipPanel(board, does));
  if (board.issue.state !== "none") return panel(board, does, issuePanel(board, does));
  return null;
}

/** A person to ask is on every panel; on one that is usually gone in a moment only when it stays. */
function panel(board, does, { kind, title, text, note, buttons }) {
  const help = kind.startsWith("help-") ? nothing : helpButton(board, does, `answer answer--care ${buttons ? "" : "panel__later"}`);
  return html`
    <div class="over" data-over=${kind}>
      <div class="panel" role="alertdialog" aria-modal="true" aria-labelledby="over-title" aria-describedby="over-text">
        <h2 id="over-title" tabindex="-1">${title}</h2>
        <p id="over-text" role="status">${text}</p>
        <div class="panel__buttons">${buttons ?? nothing}${help}</div>
        ${note ? html`<p class="panel__note soft">${note}</p>` : nothing}
      </div>
    </div>
  `;
}

/** Whoever has read it may go on: nobody may be kept from a paper or from calling a person. */
function emergencyPanel(notice, does) {
  return html`
    <div class="over over--danger" data-over="emergency">
      <div class="panel" role="alertdialog" aria-modal="true" aria-labelledby="over-title" aria-describedby="over-text">
        <h2 id="over-title" tabindex="-1">${emergencyHead()}</h2>
        <p id="over-text" role="alert"><strong lang="zh-CN">${notice.zh}</strong>${notice.en ? html`<br /><span lang="en">${notice.en}</span>` : nothing}</p>
        <div class="panel__buttons">
          <button class="answer" data-action="seen" @click=${() => does.dangerIsSeen(notice.notice)}><strong>${t("kiosk.emergency_seen")}</strong></button>
        </div>
      </div>
    </div>
  `;
}

function idleWarning(does, secondsLeft) {
  return {
    kind: "idle",
    title: t("kiosk.idle_title"),
    text: t("kiosk.idle_text"),
    buttons: html`<button class="answer answer--main" data-action="stay" @click=${does.stay}>
      <strong>${t("kiosk.idle_stay")}</strong>
    </button>`,
    note: t("kiosk.idle_leaves", { n: secondsLeft }),
  };
}

function helpPanel(board, does) {
  const close = html`<button class="answer answer--main" data-action="close" @click=${does.closeHelp}>
    <strong>${t("kiosk.help_ok")}</strong>
  </button>`;
  if (board.help === "failed") {
    const again = html`<button class="answer" @click=${does.askHelp}><strong>${t("kiosk.try_again")}</strong></button>`;
    return {
      kind: "help-failed",
      title: t("kiosk.help_failed_title"),
      text: t("kiosk.help_failed_text"),
      buttons: html`${close}${again}`,
    };
  }
  const title = { asking: "help_asking", answered: "help_answered_title" }[board.help] ?? "help_coming_title";
  return {
    kind: `help-${board.help}`,
    title: html`${heart} ${t(`kiosk.${title}`)}`,
    text: t("kiosk.help_coming_text"),
    buttons: close,
  };
}

function issuePanel(board, does) {
  const home = html`<button class="answer" data-action="give-up" @click=${does.home}><strong>${t("kiosk.home")}</strong></button>`;
  switch (board.issue.state) {
    case "asking":
      return { kind: "asking", title: t("kiosk.asking"), text: "" };
    case "away":
      return { kind: "away", title: t("kiosk.away_title"), text: t("kiosk.away_text"), buttons: home };
    case "gave_up":
      return {
        kind: "gave-up",
        title: t("kiosk.gave_up_title"),
        text: t("kiosk.gave_up_text"),
        buttons: html`<button class="answer answer--main" data-action="again" @click=${does.tryAgain}>
            <strong>${t("kiosk.try_again")}</strong></button
          >${home}`,
      };
    default:
      return {
        kind: "refused",
        title: t("kiosk.refused_title"),
        text: board.issue.message || t("kiosk.refused_text"),
        buttons: html`${board.issue.code === "took_one_just_now" ? forOther(does) : nothing}<button
            class="answer answer--main"
            data-action="other"
            @click=${does.dismissIssue}
          >
            <strong>${t("kiosk.other_way")}</strong></button
          >${home}`,
      };
  }
}

/** The kiosk gave the same a moment ago: perhaps this one is for somebody else. */
function forOther(does) {
  return html`<button class="answer" data-action="for-other" @click=${does.isForOtherIndeed}>
    <strong>${t("kiosk.for_other_yes")}</strong>
  </button>`;
}
