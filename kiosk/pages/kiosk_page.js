// The kiosk's page: reads the hall, listens to the feed, counts the seconds, and hands every touch to its deed.
import { hallClock } from "/common/clock.js";
import { connectFeed } from "/common/feed.js";
import { keepFreshness } from "/common/freshness.js";
import { loadWords, t, useLanguage } from "/common/words.js";
import * as on from "./kiosk_board.js";
import { readEventsAfter, readHall, readPrinter } from "./kiosk_data.js";
import { createDeeds } from "./kiosk_deeds.js";
import { walk } from "./focus_walk.js";
import { createScanReader } from "/common/scan_reader.js";
import { createGuidance } from "./guidance_aloud.js";
import { cardReaderSays, cardTick } from "./kiosk_card.js";
import { idlePhase, isDrumming, isEcho, pressed, secondsLeft } from "./kiosk_idle.js";
import { meaningOf } from "./kiosk_keys.js";
import { lowShare, showModes } from "./kiosk_modes.js";
import { isSlipMark, slipPaperIs, slipTick } from "./kiosk_slips.js";
import { paperIs, paperMoves, ticketTick } from "./kiosk_ticket.js";
import { draw } from "./kiosk_view.js";
import { isOpen } from "./opening.js";
import { rehearsal } from "./rehearsal.js";

const SURFACES = ["common", "kiosk", "tools", "progress", "rating"];
const READ_AGAIN_AFTER_SECONDS = 2;
const REGISTERED_YET_AFTER_SECONDS = 10;
const HELP_WORKS_AGAIN_AFTER_SECONDS = 180;
const DEFAULT_LIMITS = { kiosk_idle_seconds: 60, kiosk_warning_seconds: 20 };

const root = document.getElementById("kiosk");
const now = () => performance.now() / 1000;
const kiosk = { board: on.newBoard(), show, now, touched, printer: root.dataset.printer || null };
kiosk.aloud = createGuidance(kiosk, root);
kiosk.board = on.withData(kiosk.board, { hasPrinter: kiosk.printer !== null, goesOn: "goesOn" in document.documentElement.dataset });
const does = createDeeds(kiosk);
const scan = createScanReader();

let drawn = { screen: "", over: "" };
let touchedAt = now();
let presses = [];
let lastPress = null;
let helpSince = null;
let feed = null;
let wasOpen = null;
let beforeOver = null;
let said = "";
let news = "";

// --- drawing

function show(board) {
  kiosk.board = board;
  const before = drawn;
  if (!before.over) beforeOver = document.activeElement;
  drawn = paint(board);
  const isOther = drawn.over !== before.over || (drawn.screen !== before.screen && !drawn.over);
  if (drawn.over !== before.over) focusOver();
  else if (isOther) focusScreen();
  sayWhatChanged(isOther, board);
}

function paint(board) {
  setLanguage(board.lang);
  const share = lowShare(root.dataset, window);
  showModes(document.documentElement, board.modes, share);
  const view = {
    idle: { phase: phaseNow(), secondsLeft: stepped(secondsLeft(now() - touchedAt, limits()), board) },
    ticketSecondsLeft: board.ticket ? stepped(Math.max(0, Math.ceil(board.ticket.leavesAt - now())), board) : 0,
    isDrumming: isDrumming(presses) && now() - presses[presses.length - 1] < 2,
    canLower: share < 1,
  };
  return draw(root, board, does, view);
}

/** A screen is read when it opens, when its guide has come, and when the speech, its pace or its language changes. */
function sayWhatChanged(isOther, { lang, modes, guide, tools, ticket, hand, search, card }) {
  const newest = [ticket?.paperNow, hand.state, hand.found?.stage, search.state, card.seen, card.isDeclined].join();
  const isNews = newest !== news && !isOther;
  news = newest;
  const wish = modes.speech ? [lang, modes.slow, guide.state, tools.state].join() : "";
  if (wish === said && wish && isNews) kiosk.aloud.news(".paper, .handresult, .searchresults__state, .cardline");
  if (wish === said && !(wish && isOther)) return;
  said = wish;
  if (wish) kiosk.aloud.screen();
  else kiosk.aloud.stop();
}

/** In calm mode no figure runs: a countdown goes in tens. */
function stepped(seconds, { modes }) {
  return modes.calm ? Math.ceil(seconds / 10) * 10 : seconds;
}

/** A new screen is read from its question on; the search begins in its field. */
function focusScreen() {
  (root.querySelector(".searchfield--typing input") ?? root.querySelector("#question"))?.focus({ preventScroll: true });
}

function focusOver() {
  const over = root.querySelector(".over");
  if (over) (over.querySelector("button:not(.panel__later)") ?? over.querySelector("h2")).focus({ preventScroll: true });
  else if (beforeOver?.isConnected && beforeOver !== document.body) beforeOver.focus({ preventScroll: true });
  else focusScreen();
}

/** Both languages are loaded at the start, so that a screen is drawn once, in the other language at once. */
function setLanguage(lang) {
  const page = document.documentElement;
  if (page.dataset.words === lang) return;
  page.lang = lang === "en" ? "en" : "zh-CN";
  page.dataset.words = lang;
  useLanguage(lang);
  document.title = t("kiosk.title");
}

// --- touches and time

function limits() {
  return { ...DEFAULT_LIMITS, ...kiosk.board.hall?.limits };
}

/** A shown ticket has a clock of its own, a number being asked for is waited for, and at rest there is nothing to lose. */
function phaseNow() {
  const { board } = kiosk;
  if (board.load !== "ready" || board.ticket || on.isIssuing(board) || on.isUntouched(board)) return "awake";
  return idlePhase(now() - touchedAt, limits());
}

function touched() {
  touchedAt = now();
  show(kiosk.board);
}

function onPress(event) {
  if (phaseNow() === "warning") {
    touchedAt = now();
    if (drawn.over === "idle" && !event.target.closest?.("[data-action=help], .bar")) {
      event.stopPropagation();
      return show(kiosk.board);
    }
  }
  const isByHand = event.detail > 0 && !event.target.closest?.("[data-typing]");
  if (!isByHand) return;
  const press = { at: now(), x: event.clientX, y: event.clientY, screen: drawn.screen };
  const isOneTooMany = isEcho(press, lastPress);
  presses = pressed(presses, press.at);
  lastPress = { ...press };
  if (isOneTooMany || isDrumming(presses)) {
    event.stopPropagation();
    event.preventDefault();
    show(kiosk.board);
  }
}

function onKey(event) {
  if (takesScan(event)) return;
  const meaning = meaningOf(event, event.target.matches?.("input") ?? false) || tabOver(event);
  if (phaseNow() === "warning") {
    if (!meaning && event.key !== "Tab") event.preventDefault();
    touched();
    if (drawn.over === "idle" && meaning !== "help") return;
  }
  touchedAt = now();
  if (!meaning) return;
  event.preventDefault();
  KEYS[meaning]();
}

/** Over a panel Tab stays within it: `inert`, which says so to newer browsers, is unknown to Chromium 90. */
function tabOver({ key, shiftKey }) {
  if (key !== "Tab" || !drawn.over) return "";
  return shiftKey ? "before" : "next";
}

function walkOn(isForward) {
  const element = walk(root, isForward);
  if (element) kiosk.aloud.focused(element);
}

/** A scanner writes like a keyboard, only faster; what it wrote is looked up, and presses nothing. */
function takesScan(event) {
  const burst = scan.key(event, performance.now());
  if (burst) {
    event.preventDefault();
    event.stopPropagation();
    heardScan(burst);
  } else if (event.target.matches?.("input") !== true) {
    setTimeout(() => heardScan(scan.pause(performance.now())), scan.overAfterMs + 20);
  }
  return burst !== null;
}

function heardScan(burst) {
  if (!burst) return;
  touched();
  does.scanned(burst.scanned);
}

/** What each meaning of a key does. The bar's own keys work over every panel too. */
const KEYS = {
  next: () => walkOn(true),
  before: () => walkOn(false),
  choose: () => document.activeElement?.click(),
  back() {
    if (kiosk.board.isHelpShown) does.closeHelp();
    else if (!drawn.over) does.back();
  },
  home: () => drawn.over || does.home(),
  help: () => does.askHelp(),
  speech: () => does.changeMode("speech"),
  again: () => does.sayAgain(),
  slow: () => does.changeMode("slow"),
  large: () => does.changeMode("large"),
  contrast: () => does.changeMode("contrast"),
};

function everySecond() {
  const { board } = kiosk;
  if (board.ticket) {
    const next = ticketTick(board, now());
    if (!next.ticket) return does.leave();
    kiosk.board = next;
    pollPaper();
  } else if (on.isUntouched(board) || on.isIssuing(board)) {
    touchedAt = now();
  } else if (phaseNow() === "over") {
    return does.leave();
  }
  if (board.guide.state === "failed" && board.visit) does.readGuide();
  if (helpSince && now() - helpSince > HELP_WORKS_AGAIN_AFTER_SECONDS) kiosk.board = on.helpIs(kiosk.board, "none");
  helpSince = kiosk.board.help === "coming" ? (helpSince ?? now()) : null;
  readAgainWhenDoorsMove();
  show(cardTick(slipTick(kiosk.board, now()), now()));
}

/** The next opening or closing time is only known to the server. */
function readAgainWhenDoorsMove() {
  if (!kiosk.board.hall) return;
  const open = isOpen(kiosk.board.hall);
  if (wasOpen !== null && open !== wasOpen) readAll();
  wasOpen = open;
}

// --- the hall

/** In one go with what is drawn next, so that nobody sees it; a fault in it keeps no visitor out. */
function rehearse(board) {
  try {
    rehearsal(board).forEach((one) => paint(one));
  } catch (error) {
    reportError(error);
  }
}

async function readAll() {
  try {
    const { hall, catalogue, board } = await readHall();
    hallClock.set(hall.clock);
    wasOpen = isOpen(hall);
    const isReady = { load: "ready", hall, catalogue, day: board.day, notices: board.notices ?? [] };
    const ready = on.withWaits(on.withData(kiosk.board, isReady), board);
    if (kiosk.board.load !== "ready") rehearse(ready);
    show(ready);
    freshness.heard();
    freshness.setLimit(hall.limits.stale_after_seconds);
    if (feed) feed.startAt(board.day, board.seq);
    else listen(board.day, board.seq);
    lookAtPrinter();
  } catch (error) {
    const isStranger = error.status === 401 || error.status === 403;
    if (kiosk.board.load !== "ready") show(on.withData(kiosk.board, { load: isStranger ? "not_registered" : "away" }));
    setTimeout(readAll, 1000 * (isStranger ? REGISTERED_YET_AFTER_SECONDS : READ_AGAIN_AFTER_SECONDS));
    if (!("status" in error)) throw error; // a fault of ours, for the log
  }
}

function listen(day, seq) {
  feed = connectFeed({
    audience: "kiosk",
    at: { day, seq },
    onEvent: heardEvent,
    onWaits: (waits) => show(on.withWaits(kiosk.board, waits)),
    onCardReader: heardCardReader,
    onPrinters: ([printer]) => show(on.withData(kiosk.board, { printer })),
    onClock: () => show(kiosk.board),
    onState: (state) => {
      freshness.feed(state);
      if (state.connected) lookAtPrinter();
    },
    onReload: readAll, // the day changed
  });
}

const freshness = keepFreshness({
  banner: false, // said in the head, where nothing jumps
  onChange: ({ stale }) => show(on.withData(kiosk.board, { isLineLost: stale })),
});

function heardEvent(message) {
  switch (message.name) {
    case "paper_asked":
      return message.instead_of ? show(paperMoves(kiosk.board, message.ticket, message.printer, now())) : undefined;
    case "paper_printed":
    case "paper_failed":
      return heardPaper(message.ticket, message.name === "paper_printed" ? "printed" : "failed");
    case "help_answered":
      return show(on.helpIs(kiosk.board, kiosk.board.isHelpShown ? "answered" : "none"));
    case "notice_put_up":
    case "notice_taken_down":
      return message.after?.notices && show(on.withData(kiosk.board, { notices: message.after.notices }));
    case "zone_closed":
    case "zone_reopened":
      return message.after?.zone && show(on.withZoneClosed(kiosk.board, message.after.zone));
    default:
      return undefined;
  }
}

/** What was said of it while the line was away is not said again. A kiosk without a printer has nothing to ask. */
async function lookAtPrinter() {
  if (!kiosk.printer) return;
  try {
    const printer = await readPrinter(kiosk.printer);
    show(on.withData(kiosk.board, { printer })); // the board of now: somebody may have touched it in the meantime
  } catch {
    // the feed tells the next change
  }
}

/** A card laid is a touch: somebody is there. */
function heardCardReader(message) {
  if (message.seen) touchedAt = now();
  show(cardReaderSays(kiosk.board, message, now()));
}

function heardPaper(of, outcome) {
  show(isSlipMark(of) ? slipPaperIs(kiosk.board, of, outcome) : paperIs(kiosk.board, of, outcome, now()));
}

/** Without the feed the fate of the paper is asked for. */
async function pollPaper() {
  const { ticket } = kiosk.board;
  const isWaited = ticket.paperNow === "asked" || ticket.paperNow === "silent";
  if (!isWaited || feed?.state().connected || ticket.seq === undefined) return;
  try {
    const { events } = await readEventsAfter(ticket.seq);
    for (const message of events) if (message.ticket === ticket.ticket) heardEvent(message);
  } catch {
    // the next second asks again
  }
}

// --- start

document.addEventListener("click", onPress, { capture: true });
document.addEventListener("keydown", onKey, { capture: true });
document.addEventListener(
  "pointerdown",
  () => {
    if (phaseNow() !== "warning") touchedAt = now();
  },
  { capture: true },
);
window.addEventListener("resize", () => show(kiosk.board));

await Promise.all(["zh", "en"].map((lang) => loadWords(SURFACES, lang, { current: false })));
show(kiosk.board);
document.documentElement.dataset.whole = "yes";
setInterval(everySecond, 1000);
readAll();
