// The bar at the foot of every screen: how the kiosk is shown and spoken, each in one touch, and never in another place.
import { html, nothing, svg } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { MODES } from "./kiosk_board.js";

const picture = (shape) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
const PICTURES = {
  large: picture(svg`<path d="M3 19 8.5 5 14 19M5 14.5h7M18 9v8M14.5 13h7" />`),
  speech: picture(svg`<path d="M4 9.5h3.5L12 5.5v13L7.5 14.5H4zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />`),
  low: picture(svg`<path d="M4 4.5h16M12 9v10M7 14.5l5 5 5-5" />`),
  contrast: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<circle cx="12" cy="12" r="8" /><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" />`}
  </svg>`,
  calm: picture(svg`<path d="M3 9.5c3-3 6-3 9 0s6 3 9 0M3 15.5c3-3 6-3 9 0s6 3 9 0" />`),
  language: picture(svg`<circle cx="12" cy="12" r="8" /><path d="M4 12h16M12 4c3.5 4.5 3.5 11.5 0 16M12 4c-3.5 4.5-3.5 11.5 0 16" />`),
};

/** `canLower`: some of this kiosk's screen is higher than a seated hand reaches. */
export function modesBar(board, does, { canLower }) {
  const modes = MODES.filter((mode) => mode !== "low" || canLower);
  const other = board.lang === "zh" ? { lang: "en", code: "en", name: "English" } : { lang: "zh", code: "zh-CN", name: "中文" };
  return html`
    <footer class="bar">
      <div class="bar__modes" role="group" aria-label=${t("kiosk.modes")} data-count=${modes.length + 1}>
        ${modes.map((mode) => modeButton(board, does, mode))}
        <button class="mode" lang=${other.code} data-action="language" @click=${() => does.speak(other.lang)}>
          ${PICTURES.language}<span>${other.name}</span>
        </button>
      </div>
      ${board.modes.speech ? speechKeys(board, does) : nothing}
      <p class="bar__free">${t("kiosk.free_of_charge")}</p>
    </footer>
  `;
}

function modeButton(board, does, mode) {
  const isOn = board.modes[mode];
  return html`<button class="mode" data-mode=${mode} aria-pressed=${isOn ? "true" : "false"} @click=${() => does.changeMode(mode)}>
    ${PICTURES[mode]}<span>${t(`kiosk.mode_${mode}`)}</span>
  </button>`;
}

/** What somebody who listens needs in reach: once more, and slower. */
function speechKeys(board, does) {
  return html`<div class="bar__speech" role="group" aria-label=${t("kiosk.mode_speech")}>
    <button class="key" data-action="repeat" @click=${does.sayAgain}>${t("kiosk.say_again")}</button>
    <button class="key" data-action="slower" aria-pressed=${board.modes.slow ? "true" : "false"} @click=${() => does.changeMode("slow")}>
      ${t("kiosk.say_slower")}
    </button>
    <p class="bar__keys soft">${t("kiosk.keys_hint")}</p>
  </div>`;
}
