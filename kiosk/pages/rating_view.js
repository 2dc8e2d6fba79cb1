// How it was: five faces with their words, reasons that may be left out, and after a low mark whether somebody should come.
import { html, nothing, svg } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { screen } from "./view_parts.js";

const LEVELS = [5, 4, 3, 2, 1]; // as the standard lists them
const LOW_LEVELS = [2, 1];
const FACES = {
  5: "M13 27c2 9 20 9 22 0zM15 19q2-4 5 0M28 19q2-4 5 0",
  4: "M15 29q9 8 18 0M17 18v3M31 18v3",
  3: "M16 31h16M17 18v3M31 18v3",
  2: "M15 34q9-8 18 0M17 18v3M31 18v3",
  1: "M14 36q10-11 20 0M14 16l6 4M34 16l-6 4M18 22v1M30 22v1",
};

export function ratingView(board, does) {
  const { rating } = board;
  if (rating.state === "talk" || rating.state === "calling") return talk(board, does);
  if (rating.state === "coming" || rating.state === "thanks") return thanks(board, does);
  return screen(board, does, {
    name: "rating",
    title: rating.service ? t("progress.how_was_one", { service: rating.service }) : t("progress.how_was_it"),
    hint: `${rating.ticket} · ${t("rating.voluntary")}`,
    body: html`
      <div class="levels" role="group" aria-labelledby="question">${LEVELS.map((level) => levelButton(rating, level, does))}</div>
      <div class="reasons">${rating.level ? reasons(rating, does) : nothing}</div>
      ${problem(rating)}
      <div class="pair">
        <button class="answer" data-action="skip-rating" @click=${does.leave}><strong>${t("progress.skip")}</strong></button>
        <button class="answer answer--main" data-action="send-rating" ?disabled=${!rating.level || rating.state !== "asking"} @click=${does.sendRating}>
          <strong>${t("progress.send")}</strong>
        </button>
      </div>
    `,
  });
}

function levelButton({ level: chosen }, level, does) {
  return html`<button class="level" data-level=${level} aria-pressed=${chosen === level ? "true" : "false"} @click=${() => does.chooseLevel(level)}>
    <svg class="level__face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">${svg`<circle cx="24" cy="24" r="21" /><path d=${FACES[level]} />`}</svg>
    <span>${t(`progress.level_${level}`)}</span>
  </button>`;
}

function reasons({ level, chosen, reasons: offered }, does) {
  return html`
    <h2>${t(LOW_LEVELS.includes(level) ? "progress.reasons_low" : "progress.reasons")}</h2>
    <div class="reasons__all">
      ${(offered[level] ?? []).map(
        (code) => html`<button class="key" data-reason=${code} aria-pressed=${chosen.includes(code) ? "true" : "false"} @click=${() => does.touchReason(code)}>
          ${t(`progress.reason_${code}`)}
        </button>`,
      )}
    </div>
  `;
}

function problem({ message }) {
  if (!message) return nothing;
  return html`<p class="held__problem" role="status">${message === "away" ? t("kiosk.rating_away") : message}</p>`;
}

function talk(board, does) {
  const { rating } = board;
  return screen(board, does, {
    name: "rating-talk",
    title: t("progress.talk"),
    hint: t("progress.thanks_low"),
    body: html`
      ${problem(rating)}
      <div class="pair">
        <button class="answer answer--main" data-action="talk" ?disabled=${rating.state === "calling"} @click=${does.callSupervisor}>
          <strong>${t("progress.talk_yes")}</strong>
        </button>
        <button class="answer" data-action="no-talk" @click=${does.goOnRating}><strong>${t("progress.talk_no")}</strong></button>
      </div>
    `,
  });
}

function thanks(board, does) {
  const { rating } = board;
  const more = rating.state === "coming" && rating.next;
  return screen(board, does, {
    name: "rating-thanks",
    title: t("progress.thanks"),
    hint: rating.state === "coming" ? t("progress.talk_asked") : "",
    body: html`<div class="pair">
      ${more
        ? html`<button class="answer" data-action="next-rating" @click=${does.goOnRating}><strong>${t("progress.how_was_one", { service: rating.next })}</strong></button>`
        : nothing}
      <button class="answer answer--main" data-action="done" @click=${does.leave}><strong>${t("rating.done")}</strong></button>
    </div>`,
  });
}
