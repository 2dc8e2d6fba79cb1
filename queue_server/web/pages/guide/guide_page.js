// The guide's tablet: feed and touches in, board and view out. All rules are the hall's; this page only asks and shows.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { hopedFloor } from "../staff/staff_hoped.js";
import { troubleText } from "../staff/staff_words.js";
import { makeMyAlerts } from "../staff/my_alerts.js";
import { readOrder } from "../staff/staff_order.js";
import { makeBookings } from "../staff/bookings_deeds.js";
import { attentionOf, changeMove, guideZones, mayDo, neighboursOf, rowsOf, searchResults, undoToast, usualMove } from "./guide_board.js";
import { watchDrags } from "./guide_drag.js";
import { createScanReader } from "/common/scan_reader.js";
import { makeCompanyDeeds } from "./guide_company_deeds.js";
import { numberIn } from "./guide_search.js";
import { makeIssueDeeds } from "./guide_issue_deeds.js";
import { makeMoveDeeds } from "./guide_move_deeds.js";
import { drawGuide, drawOpening } from "./guide_view.js";

const NEWS_MS = 6000;
const FORESEE_EVERY_MS = 10_000; // while a ticket is at hand

const root = document.querySelector("#page");
const lang = pageLanguage();
/** What the page knows besides the hall. `here` is the hall itself, see staff_hall.js; null until it is open. */
const state = {
  here: null,
  typed: "", // in the number search
  isPadOpen: false, // the large number pad
  filter: "all",
  tabs: {}, // zone -> waiting | counters | away
  seen: {}, // zone -> {top, height} of its list, px
  sheet: null, // the ticket at hand: {ticket, stage when opened, level, how, typed, found, explained}
  bookings: null, // the day's bookings: see bookings_deeds.js
  issue: null, // issuing for somebody: see guide_issue.js
  isPicking: false, // several are being picked
  picked: [], // their numbers, or the one that is dragged
  why: null, // the reason for those picked
  drag: null, // {ticket, zone, why}: what is in the hand and what it is over
  prospects: null, // the answer of GET /would-wait
  move: null, // the last move, while it may be undone
  news: "", // what was just done, in words
  trouble: "", // the last refusal, in words
};
let newsTimer = null;
let mine = null; // what the hall's rules tell this guide
let isDrawingSoon = false;
let rowHeight = 100;
const kept = {}; // what is worked out from the floor, until the floor is another

function draw(openingTrouble = "") {
  const { here } = state;
  if (!here) return render(drawOpening(openingTrouble), root);
  const floor = hoped();
  const now = here.now();
  const toast = undoToast({ move: state.move, floor, hall: here.hall, now });
  const shown = {
    ...state,
    here: { ...here, floor },
    attention: attentionOf({ floor, hall: here.hall, now, alerts: mine?.all }),
    zones: zonesOf(floor, now).map((column) => withRows(column)),
    results: state.typed ? searchResults(floor, state.typed) : [],
    sheet: state.sheet && floor.tickets[state.sheet.ticket] ? { ...state.sheet, now: floor.tickets[state.sheet.ticket] } : null,
    toast,
  };
  return render(drawGuide(shown, acts), root);
}

/** The floor with what was pressed and not answered yet; worked out anew only when one of both has changed. */
function hoped() {
  const { floor, presses } = state.here;
  const wishes = presses.wishes;
  const mark = wishes.map((wish) => wish.path).join();
  if (kept.floor !== floor || kept.mark !== mark) Object.assign(kept, { floor, mark, hoped: hopedFloor(floor, wishes) });
  return kept.hoped;
}

function zonesOf(floor, now) {
  const mark = `${state.filter} ${Math.floor(now / 60_000)}`; // who has waited long changes by the minute
  if (kept.zonesFloor !== floor || kept.zonesMark !== mark) {
    const zones = guideZones({ floor, hall: state.here.hall, filter: state.filter, now });
    Object.assign(kept, { zonesFloor: floor, zonesMark: mark, zones });
  }
  return kept.zones;
}

function withRows(column) {
  const tab = state.tabs[column.zone.id] ?? "waiting";
  return { ...column, tab, list: rowsOf(column[tab], state.seen[column.zone.id], rowHeight) };
}

/** With the next picture: however many events come in between, the page is drawn once. */
function drawSoon() {
  if (isDrawingSoon) return;
  isDrawingSoon = true;
  const now = () => {
    isDrawingSoon = false;
    draw();
  };
  if (document.hidden) setTimeout(now, 100);
  else requestAnimationFrame(now);
}

const moves = makeMoveDeeds({ state, draw: () => draw(), tell, closeSheets, lang });

const acts = {
  search(text) {
    state.typed = text;
    draw();
  },
  filter(filter) {
    state.filter = state.filter === filter ? "all" : filter;
    draw();
  },
  tab(zone, tab) {
    state.tabs[zone] = tab;
    state.seen[zone] = { ...state.seen[zone], top: 0 };
    draw();
    const list = root.querySelector(`[data-list="${zone}"]`);
    if (list) list.scrollTop = 0;
  },
  /** A list was scrolled: drawn anew only when other rows come into sight. */
  scrolled(zone, { top, height }) {
    const before = state.seen[zone];
    state.seen[zone] = { top, height };
    const column = kept.zones?.find((each) => each.zone.id === zone);
    if (!column) return;
    const list = column[state.tabs[zone] ?? "waiting"];
    if (rowsOf(list, before, rowHeight).from !== rowsOf(list, state.seen[zone], rowHeight).from) drawSoon();
  },
  /** A card was touched: picked while several are being picked, otherwise opened. */
  touch(ticket) {
    if (state.isPicking) acts.pick(ticket);
    else acts.open(ticket);
  },
  open(ticket) {
    const again = state.sheet?.ticket === ticket;
    closeSheets();
    if (!again) {
      const { stage } = state.here.floor.tickets[ticket];
      state.sheet = { ticket, stage, level: "zones", how: usualMove(), typed: "", found: null };
      if (mayDo(state.here.floor.tickets[ticket]).move) acts.foresee([ticket]);
    }
    draw();
    if (state.sheet) root.querySelector(".sheet h2")?.focus({ preventScroll: true });
  },
  level(level) {
    const { ticket, how } = state.sheet;
    state.sheet = { ...state.sheet, level, typed: "", found: null, explained: null };
    state.trouble = "";
    const to = { services: "service", counters: "counter", zones: "zone" }[level];
    if (to) acts.foresee([ticket], { to, position: how.position });
    draw();
  },
  how(change) {
    const { ticket, how } = state.sheet;
    state.sheet = { ...state.sheet, how: changeMove(how, change) };
    if (change.position) acts.foresee([ticket], { position: change.position });
    draw();
  },
  /** Why the ticket at hand stands where it stands; compared with the one before it unless another was touched. */
  async why(other = null) {
    const { ticket } = state.sheet;
    const compared = other ?? neighboursOf(state.here.floor, state.here.floor.tickets[ticket])[0] ?? null;
    acts.level("why");
    if (!compared) return;
    try {
      const explained = await readOrder(ticket, compared, { lang });
      if (state.sheet?.ticket === ticket && state.sheet.level === "why") state.sheet = { ...state.sheet, explained, compared };
    } catch (error) {
      if (!signInWhenNeeded(error)) state.trouble = troubleText(error);
    }
    draw();
  },
  async addService(service) {
    const { ticket } = state.sheet;
    const answer = await send(`add-${ticket}`, `/tickets/${ticket}/services`, { service: service.id });
    if (answer) tell(t("guide.added", { ticket, service: service.plain_name }), true);
  },
  async confirmHere(ticket) {
    if (await send(`here-${ticket}`, `/tickets/${ticket}/here`)) tell(t("guide.is_in_hall", { ticket }), true);
  },
  openBookings() {
    closeSheets();
    state.bookings = makeBookings({ here: state.here, lang, onChange: () => draw() });
    state.bookings.read();
    draw();
    root.querySelector(".sheet input")?.focus({ preventScroll: true });
  },
  closeAll() {
    const card = state.sheet?.ticket;
    closeSheets();
    draw();
    if (card) root.querySelector(`[data-ticket="${card}"]`)?.focus({ preventScroll: true });
  },
  async bringBack(ticket) {
    if (await send(`return-${ticket}`, `/tickets/${ticket}/return`)) tell(t("guide.brought_back", { ticket }), true);
  },
  async leave(ticket) {
    if (await send(`leave-${ticket}`, `/tickets/${ticket}/abandon`)) tell(t("guide.left", { ticket }), true);
  },
  async reprint(ticket, printer) {
    if (await send(`reprint-${ticket}`, `/tickets/${ticket}/reprint`, { printer })) tell(t("guide.reprinting", { ticket, printer }), true);
  },
  async answerHelp(place) {
    if (await send(`help-${place}`, `/help/${encodeURIComponent(place)}/answer`)) tell(t("guide.help_taken", { place }));
  },
  get mine() {
    return mine;
  },
  ...makeIssueDeeds({ state, root, draw: () => draw(), send, closeSheets, lang }),
  ...makeCompanyDeeds({ state, draw: () => draw(), send, tell, level: (name) => acts.level(name), lang }),
  ...moves,
  /** The large number pad, for a number that somebody says. */
  openPad() {
    const typed = state.typed;
    closeSheets();
    Object.assign(state, { isPadOpen: true, typed });
    draw();
  },
  pad(key) {
    state.typed = key === "back" ? state.typed.slice(0, -1) : key === "clear" ? "" : state.typed + key;
    draw();
  },
  /** A paper's code, by a scanner that types: the ticket is opened, or the guide is told why not. */
  scanned(text) {
    const found = numberIn(text, state.here.floor);
    if (found.ticket) return state.sheet?.ticket === found.ticket ? draw() : acts.open(found.ticket);
    state.trouble = t(found.why === "day" ? "guide.scan_other_day" : "guide.scan_unknown");
    draw();
  },
};

/** What lies over the zones goes away; what was refused before is read by then. */
function closeSheets() {
  state.sheet = null;
  state.bookings = null;
  state.issue = null;
  state.typed = "";
  state.isPadOpen = false;
  state.trouble = "";
}

async function send(name, path, body = {}) {
  state.trouble = "";
  try {
    return await state.here.presses.press(name, path, body);
  } catch (error) {
    if (!signInWhenNeeded(error)) state.trouble = troubleText(error);
    if (error.code === "took_one_just_now" && state.issue) state.issue = { ...state.issue, again: true }; // pressing once more is a yes
    return undefined;
  } finally {
    draw();
  }
}

/** What was pressed before the page was closed or loaded anew has come to its end. */
function tellLate(wish, error) {
  if (!error) return tell(t("guide.late_done"));
  if (signInWhenNeeded(error)) return;
  state.trouble = t("guide.late_refused", { why: troubleText(error) });
  drawSoon();
}

/** Says what was done for a few seconds. */
function tell(words, andClose = false) {
  if (andClose) closeSheets();
  state.news = words;
  draw();
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    state.news = "";
    draw();
  }, NEWS_MS);
}

await loadWords(["common", "staff", "guide"], lang);
draw();
state.here = await openHall({
  lang,
  onChange: drawSoon,
  onEvent: (message) => moves.foreseeIfTouched(message.after?.ticket?.ticket),
  onTrouble: (error) => draw(troubleText(error)),
  onLate: ({ wish, error }) => tellLate(wish, error),
  onAlerts: () => mine?.soon(),
});
mine = makeMyAlerts({ lang, onChange: drawSoon, send });
mine.begin();
document.addEventListener("pointerdown", mine.touched);
draw();
rowHeight = Number.parseFloat(getComputedStyle(root.querySelector(".guide")).getPropertyValue("--guide-row"));
draw();
watchDrags(root, moves.dragged);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (state.isPadOpen || state.sheet || state.issue || state.bookings || state.typed) acts.closeAll();
  else if (state.isPicking) acts.stopPicking();
});
const scans = createScanReader();
document.addEventListener(
  "keydown",
  (event) => {
    const read = scans.key(event, performance.now());
    if (!read) return;
    event.preventDefault();
    event.stopPropagation(); // the Enter at its end presses nothing
    acts.scanned(read.scanned);
  },
  { capture: true },
);
window.addEventListener("resize", drawSoon);
setInterval(moves.foreseeAgain, FORESEE_EVERY_MS);
