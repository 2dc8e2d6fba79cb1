// Issuing a ticket for somebody, one question after the other; the number very large at the end.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneChip, zoneOf } from "/common/zones.js";

const SHOWN = 12;

export function drawIssue(state, acts) {
  const { issue, trouble } = state;
  return html`<section class="sheet" aria-label=${t("guide.issue")}>
    <header class="sheet__head">
      <h2 class="sheet__title" tabindex="-1">${t("guide.issue")}</h2>
      <button class="staff-tool sheet__close" type="button" @click=${acts.closeAll}>${t("common.close")}</button>
    </header>
    <div class="sheet__body">
      ${trouble ? html`<p class="note note--act" role="alert">▲ ${trouble}</p>` : nothing} ${STEPS[issue.step](state, acts)}
    </div>
  </section>`;
}

const STEPS = {
  service: ({ issue, here }, acts) => html`
    <h3 class="sheet__ask">${t("guide.issue_what")}</h3>
    ${drawServiceSearch(issue, here, acts.chooseService, acts)}
  `,
  how: (state, acts) => drawHow(state, acts),
  done: (state, acts) => drawDone(state, acts),
};

/** A search field and what it found; without words, the whole list. Also used to change a ticket's service. */
export function drawServiceSearch(holder, here, onChoose, acts, without = null) {
  const all = holder.typed.trim() && holder.found ? holder.found : Object.values(here.services);
  const found = all.filter((service) => service.id !== without);
  const first = (event) => event.key === "Enter" && holder.typed && found[0] && onChoose(found[0]);
  return html`
    <input
      class="field"
      type="search"
      autocomplete="off"
      aria-label=${t("staff.search_service")}
      placeholder=${t("staff.search_service")}
      .value=${holder.typed}
      @input=${(event) => acts.searchServices(event.target.value)}
      @keydown=${first}
    />
    <ul class="sheet__services">
      ${found.slice(0, holder.typed ? SHOWN : found.length).map(
        (service) => html`<li>
          <button type="button" class="target target--small" data-service=${service.id} @click=${() => onChoose(service)}>
            <strong>${service.plain_name}</strong><small>${service.official_name}</small>
          </button>
        </li>`,
      )}
    </ul>
    ${found.length ? nothing : html`<p class="soft">${t("staff.service_not_found")}</p>`}
  `;
}

function drawHow({ issue, here }, acts) {
  const choose = (name, value, words) => html`<button
    type="button"
    class="option"
    aria-pressed=${issue[name] === value ? "true" : "false"}
    @click=${() => acts.changeIssue({ [name]: value })}
  >
    ${words}
  </button>`;
  const options = (ask, ...buttons) => html`<div class="options" role="group" aria-label=${ask}>
    <h3 class="sheet__ask">${ask}</h3>
    <div class="options__row">${buttons}</div>
  </div>`;
  return html`
    <p class="sheet__chosen"><strong>${issue.service.plain_name}</strong><span class="soft">${issue.service.official_name}</span></p>
    ${issue.service.coaching
      ? options(t("guide.ask_way"), choose("way", "counter", t("guide.way_counter")), choose("way", "coaching", t("guide.way_coaching")))
      : nothing}
    ${options(t("guide.ask_care"), choose("care", false, t("common.no")), choose("care", true, `♥ ${t("guide.care_yes")}`))}
    ${options(t("staff.language"), choose("language", "zh", "中文"), choose("language", "en", "English"))}
    ${options(
      t("guide.ask_printer"),
      here.floor.printers.map((each) => choose("printer", each.printer, each.printer)),
      choose("printer", null, t("guide.paper_none")),
    )}
    <div class="sheet__foot">
      <button class="button button--quiet" type="button" @click=${() => acts.changeIssue({ step: "service" })}>${t("common.back")}</button>
      <button class="button button--main" type="button" ?disabled=${here.presses.isBusy("issue")} @click=${acts.issueTicket}>
        ${t("guide.issue_now")}
      </button>
    </div>
  `;
}

function drawDone({ issue, here }, acts) {
  const { answer } = issue;
  const zone = zoneOf(here.hall, answer.zone);
  return html`
    <p class="sheet__issued number">${answer.ticket}</p>
    <p>${zoneChip(zone)}</p>
    <p class="sheet__issued-words">${t("guide.ahead_now", { n: answer.ahead })} · ${waitText(answer.wait)}</p>
    <p class="soft">${issue.service.plain_name}</p>
    <p class="soft">${answer.paper === "none" ? t("guide.paper_tell_number") : t("guide.paper_comes", { printer: issue.printer })}</p>
    <div class="sheet__foot">
      <button class="button button--quiet" type="button" @click=${acts.openIssue}>${t("guide.issue_another")}</button>
      <button class="button button--main" type="button" @click=${acts.closeAll}>${t("common.done")}</button>
    </div>
  `;
}
