// A word to everybody in the hall: what hangs now, and putting up another, on all screens and aloud if wished.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { t, tIn } from "/common/words.js";

const READY = ["wait", "machine", "belongings"]; // said often; the words may still be changed
const MINUTES = [15, 30, 60, 120];

export function drawNotices({ here, trouble }, acts) {
  const { notices } = here.floor;
  return html`
    ${notices.length
      ? html`<ul class="wall__notices">
          ${notices.map((notice) => drawNotice(notice, here, acts))}
        </ul>`
      : html`<p class="soft">${t("supervisor.notices_none")}</p>`}
    ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    <form class="wall__form" data-form="notice" @submit=${(event) => send(event, acts)}>
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
      <div class="wall__answers">
        <button class="button button--main" type="submit" ?disabled=${here.presses.isBusy("notice")}>${t("supervisor.notice_put_up")}</button>
      </div>
    </form>
  `;
}

function drawNotice({ notice, zh, en, speak, until }, here, acts) {
  return html`<li data-notice=${notice}>
    <p><strong lang="zh-CN">${zh}</strong>${en ? html`<br /><span lang="en">${en}</span>` : nothing}</p>
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
  const done = await acts.putUpNotice({
    text_zh: given.get("text_zh"),
    text_en: given.get("text_en"),
    speak: given.has("speak"),
    minutes: Number(given.get("minutes")),
  });
  if (done) form.reset();
}
