// What the hall's rules tell whoever works at this page: read when the feed says so and now and then, heard once.
import { api } from "/common/api.js";
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { makeReading } from "./staff_reading.js";
import { makeSound } from "./staff_sound.js";

/** `send(name, path, body)` is the page's own way to press. */
export function makeMyAlerts({ lang, onChange, send }) {
  const sound = makeSound();
  const reading = makeReading({
    ask: () => api.get("/alerts/mine", { lang }),
    onRead: ({ alerts }) => sound.hear(alerts),
    onChange,
  });
  const act = async (alert, verb, body) => {
    const done = await send(alert.id, `/alerts/${encodeURIComponent(alert.id)}/${verb}`, body);
    reading.soon();
    return done;
  };

  return {
    begin: reading.begin,
    soon: reading.soon,
    /** A browser makes no sound before the page was touched. */
    touched: () => sound.ready(),
    /** on | off | blocked */
    get sound() {
      return sound.state;
    },
    async changeSound() {
      await sound.change();
      onChange();
    },
    get all() {
      return reading.answer?.alerts ?? [];
    },
    get deeds() {
      return reading.answer?.deeds ?? [];
    },
    take: (alert) => act(alert, "take", {}),
    close: (alert, done) => act(alert, "close", { done }),
  };
}

/** What is so, and below it what is proposed or who sees to it. */
export const alertHead = (alert) => pick(alert.text);

export function alertWords(alert, here) {
  if (alert.taken_by) return isMine(alert, here) ? t("staff.alert_mine") : t("staff.alert_by", { name: alert.taken_by });
  if (alert.propose) return pick(alert.propose);
  return alert.ticket ? t("staff.alert_ticket", { ticket: alert.ticket }) : "";
}

export const isMine = (alert, here) => alert.taken_by_id === here.session.person;

/** One touch to take it; one more to say what was done. */
export function drawAlertButton(alert, mine, here) {
  if (!alert.taken_by) {
    return html`<button class="button button--main" type="button" ?disabled=${here.presses.isBusy(alert.id)} @click=${() => mine.take(alert)}>
      ${t("staff.alert_take")}
    </button>`;
  }
  if (!isMine(alert, here)) return nothing;
  return html`<select
    class="field alert-deed"
    aria-label="${t("staff.alert_done")} ${alertHead(alert)}"
    ?disabled=${here.presses.isBusy(alert.id)}
    @change=${(event) => mine.close(alert, event.target.value)}
  >
    <option value="" selected>${t("staff.alert_done")}</option>
    ${mine.deeds.map((deed) => html`<option value=${deed}>${t(`staff.deed_${deed}`)}</option>`)}
  </select>`;
}
