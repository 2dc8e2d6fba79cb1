// The tools' screens: which tool, one question at a time with large keys, and the result.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { live } from "/common/vendor/lit-html/directives/live.js";
import { t } from "/common/words.js";
import { sheetView } from "./tools_sheet_view.js";
import { helpButton, icons, screen, scroller } from "./view_parts.js";

export function toolsView(board, does) {
  const { list } = board.tools;
  return screen(board, does, {
    name: "tools",
    title: t("tools.title"),
    hint: t("tools.lead"),
    body: list ? scroller(toolList(list, does), "tools", does) : waiting(board, does),
  });
}

function toolList(list, does) {
  return html`<ul class="services">
    ${list.map(
      ({ tool, title, hint }) => html`<li>
        <button class="choice" data-tool=${tool} @click=${() => does.openTool(tool)}>
          <strong>${title}</strong><span class="choice__hint">${hint}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}

export function toolView(board, does) {
  const { page, state } = board.tools;
  if (state === "failed") return frame(board, does, t("tools.title"), "", waiting(board, does));
  if (!page || state !== "ready") return frame(board, does, page?.title ?? t("tools.title"), "", waiting(board, does));
  if (page.sheet) return sheetView(board, does);
  const { question } = page;
  const hint = [t("tools.question_n", { n: page.step, total: page.steps }), question.help].filter(Boolean).join(" · ");
  return frame(board, does, question.label, hint, ask(board, does, question));
}

function frame(board, does, title, hint, body) {
  return screen(board, does, { name: "tool", title, hint, body });
}

/** The hall is asked for a moment; when it cannot be reached that is said, and a person is near. */
function waiting(board, does) {
  const isAway = board.tools.state === "failed";
  return html`<div class="toolwait">
    <p role="status">${t(isAway ? "tools.away" : "tools.loading")}</p>
    ${isAway ? html`<button class="key key--main" @click=${does.readTools}>${t("kiosk.try_again")}</button>${helpButton(board, does, "key key--care")}` : nothing}
  </div>`;
}

function ask(board, does, question) {
  const wrong = board.tools.page.problem;
  const problem = html`<p class="toolproblem" role="alert" ?hidden=${!wrong}>▲ ${wrong ?? ""}</p>`;
  if (question.kind === "choice") return html`${problem}${scroller(choices(does, question), "choices", does)}`;
  if (question.kind === "many") return many(board, does, question, problem);
  return keypad(board, does, question, problem);
}

function choices(does, question) {
  return html`<ul class="services">
    ${question.choices.map(
      ({ value, label }) => html`<li>
        <button class="choice choice--plain" data-value=${value} @click=${() => does.answerTool([value])}><strong>${label}</strong></button>
      </li>`,
    )}
  </ul>`;
}

/** Several may be true: touched ones carry a mark, and one button goes on, whether any was touched or none. */
function many(board, does, question, problem) {
  const { chosen } = board.tools;
  const list = html`<ul class="services services--toggles">
    ${question.choices.map(({ value, label }) => {
      const isOn = chosen.includes(value);
      return html`<li>
        <button class="choice choice--toggle" data-value=${value} aria-pressed=${isOn ? "true" : "false"} @click=${() => does.toggleChoice(value)}>
          <span class="toggle" aria-hidden="true">${isOn ? icons.check : nothing}</span><strong>${label}</strong>
        </button>
      </li>`;
    })}
  </ul>`;
  return html`
    ${problem}${scroller(list, "many", does)}
    <button class="answer answer--main toolgo" data-action="tool-next" @click=${does.answerMany}>
      <strong>${t(chosen.length ? "tools.yes_next" : "tools.none_chosen")}</strong>
    </button>
  `;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

function keypad(board, does, question, problem) {
  const { text } = board.tools;
  const hasPoint = question.kind === "money" || question.kind === "rate";
  return html`
    ${question.presets.length
      ? html`<ul class="presets">
          ${question.presets.map(
            ({ value, label }) => html`<li><button class="key" data-preset=${value} @click=${() => does.answerTool([value])}>${label}</button></li>`,
          )}
        </ul>`
      : nothing}
    <label class="searchfield searchfield--typing toolfield">
      <span class="only-read">${question.label}</span>
      <input
        type="text"
        inputmode="none"
        autocomplete="off"
        maxlength="40"
        aria-invalid=${board.tools.page.problem ? "true" : "false"}
        .value=${live(text)}
        @input=${does.typeAmount}
        @keydown=${(event) => event.key === "Enter" && text && does.answerTyped()}
      />
      <span class="toolfield__unit">${question.unit}</span>
    </label>
    ${problem}
    <div class="pad" role="group" aria-label=${question.label}>
      ${DIGITS.map((digit) => digitKey(digit, does))}
      ${hasPoint ? digitKey(".", does) : html`<span></span>`}
      ${digitKey("0", does)}
      <button class="letter" data-typing aria-label=${t("tools.erase")} @click=${does.eraseDigit}>${icons.erase}</button>
    </div>
    <div class="toolnext" data-count=${1 + Number(!question.required) + Number(question.kind === "money")}>
      ${question.kind === "money" ? html`<button class="key" data-typing data-action="tool-wan" @click=${does.typeTenThousand}>${t("tools.wan")}</button>` : nothing}
      ${question.required ? nothing : html`<button class="key" data-action="tool-skip" @click=${() => does.answerTool([])}>${t("tools.skip")}</button>`}
      <button class="key key--main" data-action="tool-next" ?disabled=${text === ""} @click=${does.answerTyped}>${t("tools.yes_next")}</button>
    </div>
  `;
}

function digitKey(digit, does) {
  return html`<button class="letter" data-typing @click=${() => does.typeDigit(digit)}>${digit}</button>`;
}
