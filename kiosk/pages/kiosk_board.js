// What the kiosk shows and has been told, as plain data. No DOM, no server, no clock; tested with node --test.
//
// Every function takes a board and gives a new one. What belongs to the person in front (language, choices, where they
// are) is forgotten by `goHome`; what belongs to the machine (hall, services, waits, a call for help) stays.

import { emptyTools } from "./tools_board.js";
import { emptyHand } from "./kiosk_hand.js";
import { NO_READER, noCard } from "./kiosk_card.js";

/** A screen and what it is about. The trail of places is the history: `back` drops the last. */
const HOME = { screen: "home" };

/** How the screens are shown and spoken, as this visitor wants it; kept for the visit, gone with the visitor. */
export const MODES = ["large", "speech", "low", "contrast", "calm"];
const NO_MODES = Object.freeze({ large: false, speech: false, low: false, contrast: false, calm: false, slow: false });

export function newBoard() {
  return {
    load: "loading", // loading | ready | away | not_registered
    hall: null,
    catalogue: { zh: null, en: null },
    zones: {},
    notices: [], // put up by a supervisor: {zh, en, until}
    day: null,
    isLineLost: false,
    goesOn: false, // served by the kiosk itself, which gives numbers without the hall too
    mostAsked: null, // {of, services}, newer than the catalogue's
    hasPrinter: false,
    printer: null, // how it is: {state, problem, advices}; null while nobody has said
    reader: NO_READER,
    help: "none", // none | asking | coming | answered | failed
    ...nobody(),
  };
}

function nobody() {
  return {
    lang: "zh",
    modes: NO_MODES,
    trail: [HOME],
    guide: { state: "none", of: null, lang: null, page: null }, // none | loading | ready | failed
    search: emptySearch(),
    hand: emptyHand(),
    rating: null, // see kiosk_rating.js
    visit: null, // {service, key, care, brought, toFetch}
    tools: emptyTools(),
    issue: { state: "none" },
    earlyPaper: {}, // papers reported before the answer to the press came
    ticket: null,
    isHelpShown: false,
    dangerSeen: null, // the emergency notice that this visitor has read
    slip: null, // a paper without a number, see kiosk_slips.js
    slipPapers: {}, // what became of the papers that this visitor asked for: mark -> printed | failed
    card: noCard(),
    isForOther: false, // the next number is for somebody else
  };
}

function emptySearch() {
  return { query: "", state: "empty", services: [] }; // empty | looking | found | nothing | failed
}

export function placeOf(board) {
  return board.trail[board.trail.length - 1];
}

/** Home, and nothing on the board that is one person's. */
export function isUntouched(board) {
  const isAsAlways = board.lang === "zh" && !Object.values(board.modes).includes(true);
  return board.trail.length === 1 && isAsAlways && !board.isHelpShown && !board.isForOther && !board.dangerSeen && board.card.seen === null;
}

/** On or off. Ending the speech also ends its slowness. */
export function modeChanged(board, mode) {
  const isOn = !board.modes[mode];
  const slow = mode === "slow" ? isOn : board.modes.slow && (mode !== "speech" || isOn);
  return { ...board, modes: { ...board.modes, [mode]: isOn, slow } };
}

/** This visitor has read the emergency; the next one is told anew. */
export function dangerIsSeen(board, notice) {
  return { ...board, dangerSeen: notice };
}

// --- moving about

export function goHome(board) {
  return { ...board, ...nobody() };
}

/** Home, but still the same person: keeps language, modes and what their card gave. */
export function goToStart(board) {
  return { ...goHome(board), lang: board.lang, modes: board.modes, isForOther: board.isForOther, card: board.card };
}

export function goBack(board) {
  if (board.trail.length <= 1 || isIssuing(board) || board.ticket) return board;
  const trail = board.trail.slice(0, -1);
  const isPastService = !trail.some((place) => place.screen === "service");
  return { ...board, trail, visit: isPastService ? null : board.visit, issue: { state: "none" } };
}

function goTo(board, place) {
  return { ...board, trail: [...board.trail, place] };
}

export function openTile(board, tileId, key) {
  const tile = servicesOf(board)?.tiles.find((one) => one.id === tileId);
  if (!tile || tile.services.length === 0 || isAllTile(board, tile)) return goTo(board, { screen: "categories" });
  if (tile.services.length === 1) return openService(board, tile.services[0], key);
  return goTo(board, { screen: "tile", tile: tileId });
}

export function openCategory(board, category) {
  return goTo(board, { screen: "category", category });
}

export function openSearch(board) {
  return goTo({ ...board, search: emptySearch() }, { screen: "search" });
}

/** The plain page of a service. `key`: the press of its button is one wish, however often it is sent. */
export function openService(board, service, key) {
  const moved = goTo(board, { screen: "service", service });
  return { ...moved, visit: { service, key, care: false }, issue: { state: "none" } };
}

// --- what the server said

export function withData(board, data) {
  return { ...board, ...data };
}

/** What hinders this kiosk's printer, in words for whoever can mend it; empty while it prints. */
export function printerTrouble(board) {
  return board.printer?.state === "failing" ? (board.printer.advices?.[board.lang] ?? board.printer.advice ?? "") : "";
}

/** `waits`: of GET /board or of the feed: the zones now, and by how much today's waits have been off. */
export function withWaits(board, waits) {
  const error = { minutes: waits.error_minutes ?? null, of: waits.error_of ?? "today" };
  return { ...board, zones: Object.fromEntries(waits.zones.map((zone) => [zone.zone, zone])), error };
}

export function withZoneClosed(board, { zone, closed, notice }) {
  const known = board.zones[zone] ?? { zone, waiting: 0, wait: null, open_desks: 0 };
  return { ...board, zones: { ...board.zones, [zone]: { ...known, closed, notice } } };
}

export function guideAsked(board, service) {
  return { ...board, guide: { ...board.guide, state: "loading", of: service } };
}

export function guideArrived(board, service, lang, page) {
  if (board.guide.of !== service || board.lang !== lang) return board; // the visitor has moved on
  return { ...board, guide: { state: "ready", of: service, lang, page } };
}

export function guideFailed(board, service) {
  if (board.guide.of !== service) return board;
  return { ...board, guide: { ...board.guide, state: "failed" } };
}

// --- searching

export function typed(board, query) {
  const isBlank = query.trim() === "";
  const search = isBlank ? { ...emptySearch(), query } : { ...board.search, query, state: "looking" };
  return { ...board, search };
}

/** Takes the answer only if it answers what stands in the field now. */
export function found(board, query, services) {
  if (board.search.query !== query) return board;
  return { ...board, search: { query, services, state: services.length ? "found" : "nothing" } };
}

export function searchFailed(board, query) {
  if (board.search.query !== query) return board;
  return { ...board, search: { ...board.search, state: "failed" } };
}

// --- care and way

/** Yes leads straight to the number; no leads to the choice of way where there is one. */
export function answerCare(board, care) {
  if (!board.visit || isIssuing(board)) return board;
  const answered = { ...board, visit: { ...board.visit, care } };
  return !care && hasTwoWays(board) ? goTo(answered, { screen: "way" }) : answered;
}

export function hasTwoWays(board) {
  return (guidePage(board)?.choices ?? []).length > 1;
}

/** Where only one way exists, that one. */
export function onlyWay(board) {
  return guidePage(board)?.choices?.[0]?.way ?? "counter";
}

/** The choices of way with the waits as they are now, not as they were when the page was opened. */
export function choicesNow(board) {
  return (guidePage(board)?.choices ?? []).map((choice) => {
    const now = board.zones[choice.zone];
    return now ? { ...choice, ...now } : choice;
  });
}

/** Somebody is there to serve and nobody waits: no wait at all. */
export function isFree({ waiting, open_desks: openDesks, wait }) {
  return waiting === 0 && openDesks > 0 && !(wait?.high > 2);
}

export function careZone(board) {
  return board.hall?.zones.find((zone) => zone.purpose === "care") ?? null;
}

/** none: the hall has no care zone | closed | open */
export function careOffer(board) {
  const zone = careZone(board);
  if (!zone) return "none";
  return board.zones[zone.id]?.closed ? "closed" : "open";
}

export function isIssuing(board) {
  return board.issue.state === "asking" || board.issue.state === "away";
}

// --- help

/** One call at a time: while a guide is on the way, pressing again only shows so. Answered, it works anew. */
export function helpPressed(board) {
  const shown = { ...board, isHelpShown: true };
  return mayAskHelp(board) ? { ...shown, help: "asking" } : shown;
}

export function mayAskHelp(board) {
  return board.help === "none" || board.help === "answered" || board.help === "failed";
}

export function helpIs(board, help) {
  return { ...board, help };
}

export function helpClosed(board) {
  const help = board.help === "answered" || board.help === "failed" ? "none" : board.help;
  return { ...board, isHelpShown: false, help };
}

// --- reading the board

export function servicesOf(board) {
  return board.catalogue[board.lang] ?? board.catalogue.zh;
}

export function serviceCard(board, id) {
  return servicesOf(board)?.services.find((card) => card.id === id) ?? null;
}

/** The service's page once it has come, also while a newer one (another language) is on its way. */
export function guidePage(board) {
  const place = board.visit?.service;
  return board.guide.page?.id === place ? board.guide.page : null;
}

function isAllTile(board, tile) {
  return tile.id === "all" || tile.services.length === servicesOf(board).services.length;
}

/** What is asked for most: {of: today | usual, cards}. Nothing where the hall has not said. */
export function mostAsked(board) {
  const most = board.mostAsked ?? servicesOf(board)?.most_asked;
  const cards = (most?.services ?? []).map((id) => serviceCard(board, id)).filter(Boolean);
  return { of: most?.of ?? "usual", cards };
}

/** The tiles that name something; the eighth, leading to everything, is `allTile`. */
export function homeTiles(board) {
  return servicesOf(board).tiles.filter((tile) => tile.services.length > 0 && !isAllTile(board, tile)).slice(0, 7);
}

/** The catalogue's own tile for everything, with its words; null where it has none. */
export function allTile(board) {
  return servicesOf(board).tiles.find((tile) => isAllTile(board, tile)) ?? null;
}
