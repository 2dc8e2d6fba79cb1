// The number: very large, where to go, how long, what to have ready, the code to follow it, and what became of the paper.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { waitParts } from "/common/waits.js";
import { zoneOf, zoneShape } from "/common/zones.js";
import { pick, t } from "/common/words.js";
import { returnsBehind } from "./kiosk_papers.js";
import { isWithoutPaper } from "./kiosk_ticket.js";
import { head, helpButton, icons } from "./view_parts.js";

const READY_AT_MOST = 6;

export function ticketView(board, does, secondsLeft) {
  const { ticket } = board;
  const zone = zoneOf(board.hall, ticket.zone);
  return html`
    ${head(board)}
    <main class="screen screen--ticket" data-screen="ticket" data-paper=${ticket.paperNow} data-without-paper=${isWithoutPaper(ticket) ? "yes" : "no"}>
      <h1 id="question" tabindex="-1" class="numberline">
        <span class="numberline__label">${t("kiosk.your_number")}</span>
        <span class="numberline__number number" data-ticket=${ticket.ticket}>${ticket.ticket}</span>
      </h1>
      <section class="goto" data-tone=${zone.tone}>
        <p class="goto__zone">${zoneShape(zone)}<span>${pick(zone.name)}</span></p>
        <p class="goto__way">${pick(zone.way)}</p>
        ${["standby", "unlikely"].includes(ticket.promise) ? html`<p class="goto__care" data-promise=${ticket.promise}>${t(`kiosk.promise_${ticket.promise}`)}</p>` : nothing}
        ${ticket.statutory ? html`<p class="goto__care" data-statutory>${t("kiosk.card_counted")}</p>` : nothing}
        ${zone.tone === "care" ? html`<p class="goto__care">${t("kiosk.care_comes")}</p>` : nothing}
      </section>
      ${ticket.stage === "parked" ? html`<p class="kept"><strong>${t("kiosk.fetch_title")}</strong> ${fetchText(returnsBehind(board))}</p>` : figures(ticket)} ${paperState(board, does)} ${code(ticket)} ${ready(ticket)}
    </main>
    <nav class="steps steps--ticket" aria-label=${t("kiosk.steps")}>
      <button class="key key--main" data-action="done" @click=${does.leaveTicket}>${t("kiosk.ticket_done")}</button>
      <button class="key" @click=${does.keepTicket}>${t("kiosk.ticket_stay")}</button>
      <button class="key" data-action="for-other" @click=${does.takeForOther}>${t("kiosk.for_other")}</button>
      ${helpButton(board, does, "key key--care")}
      <p class="steps__note soft">${t("kiosk.ticket_leaves", { n: secondsLeft })}</p>
    </nav>
  `;
}

function fetchText(n) {
  return n ? t("kiosk.fetch_text", { n }) : t("kiosk.fetch_text_first");
}

function figures(ticket) {
  const wait = waitParts(ticket.wait);
  return html`
    <dl class="figures">
      <div>
        <dt>${t("kiosk.ahead")}</dt>
        <dd>${peopleAhead(ticket.ahead)}</dd>
      </div>
      <div>
        <dt>${t("kiosk.wait_short")}</dt>
        <dd class=${ticket.wait ? "number" : "figures__words"}>${ticket.wait ? `${wait.minutes} ${wait.unit}` : wait.note}</dd>
      </div>
      <div><dt>${t("kiosk.taken_at")}</dt><dd class="number">${hallTime(ticket.issued_at)}</dd></div>
    </dl>
  `;
}

/** A kiosk that gave the number without the hall knows nobody who is ahead. */
function peopleAhead(ahead) {
  if (ahead === null) return t("kiosk.wait_old");
  return ahead === 0 ? t("kiosk.ahead_nobody") : t("kiosk.ahead_people", { n: ahead });
}

function paperState(board, does) {
  const paper = board.ticket.paperNow;
  const mayTryAgain = board.hasPrinter && (paper === "failed" || paper === "silent");
  const hint = { failed: "kiosk.paper_failed_hint", silent: "kiosk.paper_silent_hint" }[paper];
  const { paperAt } = board.ticket;
  const isElsewhere = paperAt && (paper === "asked" || paper === "printed");
  const text = isElsewhere ? `kiosk.paper_${paper}_at` : paper === "silent" ? "kiosk.paper_failed" : `kiosk.paper_${paper}`;
  return html`
    <div class="paper paper--${paper}" role="status">
      ${paper === "printed" ? icons.check : nothing}<strong>${t(text, { printer: paperAt ?? "" })}</strong>
      ${hint ? html`<span>${t(hint)}</span>` : nothing}
      ${mayTryAgain
        ? html`<button class="key paper-again" data-action="print-again" @click=${does.printOnceMore}>${t("kiosk.paper_again")}</button>`
        : nothing}
    </div>
  `;
}

function code(ticket) {
  return html`
    <figure class="code">
      <img src="${new URL(ticket.link, location.href).pathname}/qr.svg" alt=${t("kiosk.qr_alt", { ticket: ticket.ticket })} />
      <figcaption><strong>${t("kiosk.scan")}</strong><span class="soft">${t("kiosk.scan_hint")}</span></figcaption>
    </figure>
  `;
}

function ready(ticket) {
  const lacks = new Set(ticket.missing ?? []);
  const needed = (ticket.materials ?? []).filter((one) => one.required === "must" || lacks.has(one.code));
  const must = [...needed.filter((one) => lacks.has(one.code)), ...needed.filter((one) => !lacks.has(one.code))];
  return html`
    <section class="ready">
      <h2>${t("kiosk.have_ready")}</h2>
      ${must.length
        ? html`<ul>${must.slice(0, READY_AT_MOST).map((one) => html`<li><span class="box" aria-hidden="true"></span>${lacks.has(one.code) ? html`<strong class="lacks">${t("kiosk.still_missing")}</strong>` : nothing} ${one.name}</li>`)}</ul>`
        : html`<p>${t("kiosk.bring_nothing")}</p>`}
      ${ticket.service?.confirmed === false ? html`<p class="soft">${t("kiosk.by_notice")}</p>` : nothing}
    </section>
  `;
}
