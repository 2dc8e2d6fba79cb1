// Whether this page sounds, and the touch that changes it. Kept on the device, for every page of it.
import { html } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";

// A touch anywhere wakes a blocked sound; on this very button it would be on before the touch could turn it on.
const byItself = (event) => event.stopPropagation();
const byItsKeys = (event) => [" ", "Enter"].includes(event.key) && event.stopPropagation();

/** `state`: on | off | blocked. */
export const drawSoundButton = (state, change) =>
  html`<button class="staff-link staff-sound" type="button" data-act="sound" data-sound=${state} aria-pressed=${state === "on" ? "true" : "false"} @pointerdown=${byItself} @keydown=${byItsKeys} @click=${change}>
    <span class="staff-sound__shape" aria-hidden="true">♪</span><span class="staff-sound__words">${t(`staff.sound_${state}`)}</span>
  </button>`;
