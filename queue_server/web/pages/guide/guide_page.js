// The guide's tablet: feed and touches in, board and view out. All rules are the hall's; this page only asks and shows.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { readOrder } from "../staff/staff_order.js";
import { makeBookings } from "../staff/bookings_deeds.js";
import { CARDS_SHOWN, changeMove, guideBoard, moveWish, neighboursOf, searchResults, undoToast, usualMove } from "./guide_board.js";
import { applyIssued, applyPromised, chooseService, issueWish, openIssue, toggleMore, tomorrowWish } from "./guide_issue.js";
import { drawGuide, drawOpening } from "./guide_view.js";

const NEWS_MS = 6000;
const SEARCH_AFTER_MS = 150;

const root = document.querySelector("#page");
const lang = pageLanguage();
let here = null;
let typed = ""; // in the number search
let sheet = null; // the ticket at hand: {ticket, stage when opened, level, how, typed, found, explained}
let bookings = null; // the day's bookings: see bookings_deeds.js
let issue = null; // issuing for somebody: see guide_issue.js
let move = null; // the last move, while it may be undone
let news = ""; // what was just done, in words
let trouble = ""; // the last refusal, in words
let newsTimer = null;
let searchTimer = null;
const shown = {};
const tabs = {};

function draw(openingTrouble = "") {
  if (!here) return render(drawOpening(openingTrouble), root);
  const toast = undoToast({ move, floor: here.floor, hall: here.hall, now: here.now() });
  if (move && !toast && !here.presses.isBusy("transfer")) move = null;
  const state = {
    here,
    board: guideBoard({ floor: here.floor, hall: here.hall, shown }),
    tabs,
    typed,
    results: typed ? searchResults(here.floor, typed) : [],
    bookings,
    sheet: sheet && here.floor.tickets[sheet.ticket] ? { ...sheet, now: here.floor.tickets[sheet.ticket] } : null,
    issue,
    toast,
    news,
    trouble,
  };
  return render(drawGuide(state, acts), root);
}

const acts = {
  search(text) {
    typed = text;
    draw();
  },
  tab(zone, tab) {
    tabs[zone] = tab;
    draw();
  },
  showMore(zone) {
    shown[zone] = (shown[zone] ?? CARDS_SHOWN) + CARDS_SHOWN;
    draw();
  },
  open(ticket) {
    const again = sheet?.ticket === ticket;
    closeSheets();
    if (!again) sheet = { ticket, stage: here.floor.tickets[ticket].stage, level: "zones", how: usualMove(), typed: "", found: null };
    draw();
    if (sheet) root.querySelector(".sheet h2")?.focus({ preventScroll: true });
  },
  level(level) {
    sheet = { ...sheet, level, typed: "", found: null, explained: null };
    trouble = "";
    draw();
  },
  how(change) {
    sheet = { ...sheet, how: changeMove(sheet.how, change) };
    draw();
  },
  /** Why the ticket at hand stands where it stands; compared with the one before it unless another was touched. */
  async why(other = null) {
    const { ticket } = sheet;
    const compared = other ?? neighboursOf(here.floor, here.floor.tickets[ticket])[0] ?? null;
    acts.level("why");
    if (!compared) return;
    try {
      const explained = await readOrder(ticket, compared, { lang });
      if (sheet?.ticket === ticket && sheet.level === "why") sheet = { ...sheet, explained, compared };
    } catch (error) {
      if (!signInWhenNeeded(error)) trouble = troubleText(error);
    }
    draw();
  },
  async addService(service) {
    const { ticket } = sheet;
    const answer = await send("add", `/tickets/${ticket}/services`, { service: service.id });
    if (answer) tell(t("guide.added", { ticket, service: service.plain_name }), true);
  },
  async confirmHere(ticket) {
    if (await send("here", `/tickets/${ticket}/here`)) tell(t("guide.is_in_hall", { ticket }), true);
  },
  openBookings() {
    closeSheets();
    bookings = makeBookings({ here, lang, onChange: () => draw() });
    bookings.read();
    draw();
    root.querySelector(".sheet input")?.focus({ preventScroll: true });
  },
  closeAll() {
    const card = sheet?.ticket;
    closeSheets();
    draw();
    if (card) root.querySelector(`[data-ticket="${card}"]`)?.focus({ preventScroll: true });
  },
  async move(to) {
    const ticket = sheet.ticket;
    const answer = await send("transfer", `/tickets/${ticket}/transfer`, moveWish(to, sheet));
    if (!answer) {
      // it was called in the same moment: told so, and who chooses again has seen it
      if (sheet?.ticket === ticket) sheet = { ...sheet, stage: here.floor.tickets[ticket].stage };
      return;
    }
    move = { ticket, until: answer.ticket?.undo_until ?? here.floor.tickets[ticket]?.undo_until };
    news = "";
    closeSheets();
    draw();
  },
  async undo() {
    const ticket = move.ticket;
    if (!(await send("undo", `/tickets/${ticket}/undo-transfer`))) return;
    move = null;
    tell(t("guide.undone", { ticket }));
  },
  async bringBack(ticket) {
    if (await send("return", `/tickets/${ticket}/return`)) tell(t("guide.brought_back", { ticket }), true);
  },
  async leave(ticket) {
    if (await send("leave", `/tickets/${ticket}/abandon`)) tell(t("guide.left", { ticket }), true);
  },
  async reprint(ticket, printer) {
    if (await send("reprint", `/tickets/${ticket}/reprint`, { printer })) tell(t("guide.reprinting", { ticket, printer }), true);
  },
  async answerHelp(place) {
    if (await send(`help-${place}`, `/help/${encodeURIComponent(place)}/answer`)) tell(t("guide.help_taken", { place }));
  },
  searchServices(text) {
    if (issue) issue = { ...issue, typed: text };
    else sheet = { ...sheet, typed: text };
    draw();
    clearTimeout(searchTimer);
    searchTimer = setTimeout(() => findServices(text), SEARCH_AFTER_MS);
  },
  openIssue() {
    closeSheets();
    issue = openIssue(here.floor.printers);
    draw();
    root.querySelector(".sheet input")?.focus({ preventScroll: true });
  },
  chooseService(service) {
    issue = chooseService(issue, service);
    draw();
    root.querySelector(".sheet h2")?.focus({ preventScroll: true });
  },
  toggleMore(service) {
    issue = toggleMore(issue, service);
    draw();
  },
  async promiseTomorrow() {
    const booking = await send("issue", "/bookings/tomorrow", tomorrowWish(issue));
    if (!booking || !issue) return;
    issue = applyPromised(issue, booking);
    draw();
  },
  changeIssue(change) {
    issue = { ...issue, ...change };
    draw();
  },
  async issueTicket() {
    const answer = await send("issue", "/tickets", issueWish(issue));
    if (!answer || !issue) return;
    issue = applyIssued(issue, answer);
    draw();
    root.querySelector(".sheet h2")?.focus({ preventScroll: true });
  },
};

function closeSheets() {
  sheet = null;
  bookings = null;
  issue = null;
  typed = "";
  trouble = "";
}

async function findServices(text) {
  const asked = text.trim();
  if (!asked) return keepFound(null);
  try {
    const answer = await api.get(`/services?q=${encodeURIComponent(asked)}`, { lang });
    const current = (issue ?? sheet)?.typed.trim();
    if (current === asked) keepFound(answer.services);
  } catch (error) {
    trouble = troubleText(error);
    draw();
  }
}

function keepFound(found) {
  if (issue) issue = { ...issue, found };
  else if (sheet) sheet = { ...sheet, found };
  draw();
}

async function send(name, path, body = {}) {
  trouble = "";
  try {
    return await here.presses.press(name, path, body);
  } catch (error) {
    if (!signInWhenNeeded(error)) trouble = troubleText(error);
    if (error.code === "took_one_just_now" && issue) issue = { ...issue, again: true }; // pressing once more is a yes
    return undefined;
  } finally {
    draw();
  }
}

/** Says what was done for a few seconds. */
function tell(words, andClose = false) {
  if (andClose) closeSheets();
  news = words;
  draw();
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    news = "";
    draw();
  }, NEWS_MS);
}

await loadWords(["common", "staff", "guide"], lang);
draw();
here = await openHall({ lang, onChange: () => draw(), onTrouble: (error) => draw(troubleText(error)) });
draw();
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (sheet || issue || bookings || typed)) acts.closeAll();
});
