// Issuing a ticket for somebody, one question after the other; the number very large at the end.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneChip, zoneOf } from "/common/zones.js";
import { hallDate, hallTime } from "/common/clock.js";
import { drawSeats } from "./guide_seats_view.js";
import { CHOICE_REASONS } from "./guide_issue.js";

const SHOWN = 12;
const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

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
  more: ({ issue, here }, acts) => html`
    <h3 class="sheet__ask">${t("guide.issue_more")}</h3>
    ${drawServiceSearch(issue, here, acts.toggleMore, acts, issue.service.id)}
    <button class="button button--quiet" type="button" @click=${() => acts.changeIssue({ step: "how" })}>${t("common.back")}</button>
  `,
  how: (state, acts) => drawHow(state, acts),
  promised: (state, acts) => drawPromised(state, acts),
  done: (state, acts) => drawDone(state, acts),
};

/** A search field and what it found; without words, the whole list. Also used to change a ticket's service; `more` says more of each. */
export function drawServiceSearch(holder, here, onChoose, acts, without = null, more = () => nothing) {
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
            <strong>${service.plain_name}</strong><small>${service.official_name}</small>${more(service)}
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
    ${drawMore({ issue, here }, acts)}
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
    <details class="sheet__rare">
      <summary>${t("guide.rare")}</summary>
      ${issue.service.coaching && issue.way === "counter"
        ? options(
            t("guide.ask_why_counter"),
            choose("reason", null, t("guide.choice_unsaid")),
            CHOICE_REASONS.map((reason) => choose("reason", reason, t(`staff.why_${reason}`))),
          )
        : nothing}
      ${options(t("guide.ask_law"), choose("statutory", false, t("common.no")), choose("statutory", true, t("guide.law_yes")))}
      <label class="options"
        ><span class="sheet__ask">${t("guide.ask_people")}</span>
        <select class="field" @change=${(event) => acts.changeIssue({ people: Number(event.target.value) })}>
          ${PEOPLE.filter((n) => n <= here.hall.limits.people_per_ticket).map(
            (n) => html`<option value=${n} ?selected=${n === issue.people}>${t("guide.n_people", { n })}</option>`,
          )}
        </select>
      </label>
      <button class="button button--quiet" type="button" ?disabled=${here.presses.isBusy("issue")} @click=${acts.promiseTomorrow}>
        ${t("guide.promise_tomorrow")}
      </button>
    </details>
    <div class="sheet__foot sheet__foot--stays">
      <button class="button button--quiet" type="button" @click=${() => acts.changeIssue({ step: "service" })}>${t("common.back")}</button>
      <button class="button button--main" type="button" ?disabled=${here.presses.isBusy("issue")} @click=${acts.issueTicket}>
        ${t(issue.again ? "guide.issue_again" : "guide.issue_now")}
      </button>
    </div>
  `;
}

/** Further services of the same visit, each taken off by a touch. */
function drawMore({ issue, here }, acts) {
  const isFull = issue.more.length + 1 >= here.hall.limits.services_per_visit;
  return html`<div class="sheet__plan">
    ${issue.more.map(
      (service) => html`<button
        type="button"
        class="staff-tool"
        aria-label=${t("guide.take_off", { service: service.plain_name })}
        @click=${() => acts.toggleMore(service)}
      >
        ＋ ${service.plain_name} ×
      </button>`,
    )}
    ${isFull
      ? nothing
      : html`<button type="button" class="staff-link" @click=${() => acts.changeIssue({ step: "more" })}>${t("guide.more_services")}</button>`}
  </div>`;
}

function drawPromised({ issue, here }, acts) {
  const { booking } = issue;
  return html`
    <p class="sheet__code number">${booking.code}</p>
    <p class="sheet__issued-words">${t("guide.promised", { date: hallDate(booking.slot, here.lang).date, time: hallTime(booking.slot) })}</p>
    <p class="soft">${issue.service.plain_name}</p>
    <p class="soft">${issue.printer ? t("guide.paper_comes", { printer: issue.printer }) : t("guide.paper_tell_code")}</p>
    <div class="sheet__foot">
      <button class="button button--quiet" type="button" @click=${acts.openIssue}>${t("guide.issue_another")}</button>
      <button class="button button--main" type="button" @click=${acts.closeAll}>${t("common.done")}</button>
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
    ${answer.total ? html`<p>${t("staff.total_wait")} ${waitText(answer.total)}</p>` : nothing}
    ${answer.promise === "certain" ? nothing : html`<p class="note note--look">◆ ${t(`guide.promise_${answer.promise}`)}</p>`}
    <p class="soft">${[issue.service, ...issue.more].map((service) => service.plain_name).join(t("staff.list_comma"))}</p>
    ${drawSeats({ ticket: answer.ticket, place: here.floor.tickets[answer.ticket]?.place ?? "" }, here, acts)}
    <p class="soft">${answer.paper === "none" ? t("guide.paper_tell_number") : t("guide.paper_comes", { printer: issue.printer })}</p>
    <div class="sheet__foot">
      <button class="button button--quiet" type="button" @click=${acts.openIssue}>${t("guide.issue_another")}</button>
      <button class="button button--main" type="button" @click=${acts.closeAll}>${t("common.done")}</button>
    </div>
  `;
}
