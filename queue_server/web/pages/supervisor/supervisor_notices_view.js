// A word to everybody in the hall: what hangs now, and putting up another, on all screens and aloud if wished.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t, tIn } from "/common/words.js";

const READY = ["wait", "machine", "belongings"]; // said often; the words may still be changed
const MINUTES = [15, 30, 60, 120];

export function drawNotices({ here, trouble, panel }, acts) {
  const { notices } = here.floor;
  const isSure = Boolean(panel.isSure); // the first touch asks, the second one says it to the whole hall
  return html`
    ${notices.length
      ? html`<ul class="wall__notices">
          ${notices.map((notice) => drawNotice(notice, here, acts))}
        </ul>`
      : html`<p class="soft">${t("supervisor.notices_none")}</p>`}
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    <form class="wall__form" data-form="notice" @submit=${(event) => send(event, acts)} @input=${() => isSure && acts.thinkAgain()}>
      <h3>${t("supervisor.notice_new")}</h3>
      <p class="wall__deeds">
        ${READY.map(
          (name) => html`<button class="staff-tool" type="button" data-ready=${name} @click=${(event) => fill(event, name)}>
            ${t(`supervisor.notice_${name}_short`)}
          </button>`,
        )}
      </p>
      <div class="wall__two">
      <label><span>${t("supervisor.notice_zh")}</span>
        <textarea class="field" name="text_zh" lang="zh-CN" rows="2" maxlength="120" required></textarea></label>
      <label><span>${t("supervisor.notice_en")}</span>
        <textarea class="field" name="text_en" lang="en" rows="2" maxlength="200"></textarea></label>
      </div>
      <fieldset class="wall__row">
        <legend>${t("supervisor.notice_for")}</legend>
        ${MINUTES.map(
          (n) => html`<label class="wall__choice"><input type="radio" name="minutes" value=${n} ?checked=${n === 30} />
            <span>${t("supervisor.notice_minutes", { n })}</span></label>`,
        )}
      </fieldset>
      <label class="wall__choice"><input type="checkbox" name="speak" /> <span>${t("supervisor.notice_speak")}</span></label>
      <label class="wall__choice"><input type="checkbox" name="emergency" />
        <span><strong>▲ ${t("supervisor.notice_emergency")}</strong> <span class="soft">${t("supervisor.notice_emergency_what")}</span></span></label>
      ${isSure ? html`<p class="note note--act" role="alert">▲ ${t("supervisor.notice_emergency_sure")}</p>` : nothing}
      <div class="wall__answers">
        <button class="button ${isSure ? "button--danger" : "button--main"}" type="submit" ?disabled=${here.presses.isBusy("notice")}>
          ${t(isSure ? "supervisor.notice_emergency_send" : "supervisor.notice_put_up")}
        </button>
        ${isSure ? html`<button class="button" type="button" data-act="think_again" @click=${() => acts.thinkAgain()}>${t("common.back")}</button>` : nothing}
      </div>
    </form>
  `;
}

function drawNotice({ notice, zh, en, speak, emergency, until }, here, acts) {
  return html`<li data-notice=${notice} ?data-emergency=${emergency}>
    <p>${emergency ? html`<b class="chip chip--act">▲ ${t("supervisor.notice_emergency")}</b> ` : nothing}<strong lang="zh-CN">${zh}</strong>${en ? html`<br /><span lang="en">${en}</span>` : nothing}</p>
    <span class="soft">${t(speak ? "supervisor.notice_until_spoken" : "supervisor.notice_until", { time: hallTime(until) })}</span>
    <button class="button" type="button" data-act="take_down" ?disabled=${here.presses.isBusy("notice")} @click=${() => acts.takeDownNotice(notice)}>
      ${t("supervisor.notice_take_down")}
    </button>
  </li>`;
}

function fill(event, name) {
  const { text_zh: zh, text_en: en } = event.target.form.elements;
  zh.value = tIn("zh", `supervisor.notice_${name}`);
  en.value = tIn("en", `supervisor.notice_${name}`);
  zh.focus();
}

async function send(event, acts) {
  event.preventDefault();
  const form = event.target;
  const given = new FormData(form);
  const emergency = given.has("emergency");
  if (emergency && !acts.isSure()) return acts.askWhetherSure();
  const done = await acts.putUpNotice({
    text_zh: given.get("text_zh"),
    text_en: given.get("text_en"),
    speak: given.has("speak"),
    emergency,
    minutes: Number(given.get("minutes")),
  });
  if (emergency) acts.thinkAgain();
  if (done) form.reset();
}
