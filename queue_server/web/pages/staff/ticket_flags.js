// Small marks of a ticket: shape and word, never colour alone. Care is said, never why.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { flagsOf } from "./staff_flags.js";

const SHAPES = {
  help: "☎",
  first: "⇈",
  law: "§",
  booked: "◷",
  paper: "▤",
  way: "⇢",
  back: "↑",
  bounced: "←",
  transferred: "→",
  people: "＋",
  more: "＋",
  standby: "◇",
  here: "✓",
  english: "EN",
};

export function ticketFlags(ticket) {
  const flags = flagsOf(ticket);
  if (!flags.length) return nothing;
  return html`<span class="flags"
    >${flags.map(
      (flag) =>
        html`<span class="flag" data-flag=${flag}
          ><span aria-hidden="true">${SHAPES[flag]}</span>${flag === "english"
            ? html`<span class="only-read">${t("staff.flag_english")}</span>`
            : html`<span>${t(`staff.flag_${flag}`, valuesOf(ticket))}</span>`}</span
        >`,
    )}</span
  >`;
}

/** What the words of some marks say besides. */
function valuesOf(ticket) {
  return { people: ticket.people, more: ticket.services_to_do?.length, time: ticket.slot ? hallTime(ticket.slot) : "" };
}

export function careMark(ticket, withWord = false) {
  if (!ticket.care) return nothing;
  return html`<span class="care-mark"
    ><span aria-hidden="true">♥</span><span class=${withWord ? "" : "only-read"}>${t("staff.care")}</span></span
  >`;
}
