// What each touch does: the board is changed, and where the hall must be asked, it is.
import { newKey } from "/common/api.js";
import { tIn } from "/common/words.js";
import * as on from "./kiosk_board.js";
import { precedenceDeclined } from "./kiosk_card.js";
import * as data from "./kiosk_data.js";
import * as papers from "./kiosk_papers.js";
import * as ticket from "./kiosk_ticket.js";
import { createSlipDeeds } from "./slip_deeds.js";
import { takeNumber } from "./take_number.js";
import { createToolsDeeds } from "./tools_deeds.js";
import { createHandDeeds } from "./hand_deeds.js";
import { createRatingDeeds } from "./rating_deeds.js";
import { showWhatIsBelow } from "./view_parts.js";

const SEARCH_AFTER_MS = 150;
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** `kiosk`: {board, show(board), now() in seconds, touched(), printer}. */
export function createDeeds(kiosk) {
  const change = (step, ...values) => kiosk.show(step(kiosk.board, ...values));
  let issueRun = 0; // an answer for a visitor who has gone home is not shown to the next one
  let searchTimer = null;
  let searchStop = null;
  let needsReload = false;
  const tools = createToolsDeeds(kiosk);

  // --- moving about

  function home() {
    issueRun += 1;
    change(on.goToStart);
  }

  function leave() {
    issueRun += 1;
    if (needsReload) location.reload();
    change(on.goHome);
    readMostAsked();
  }

  /** What is asked most moves with the day; a quiet kiosk shows what it knew. */
  function readMostAsked() {
    data.readMostAsked().then(
      (mostAsked) => kiosk.show({ ...kiosk.board, mostAsked }),
      () => {},
    );
  }

  function openService(service) {
    change(on.openService, service, newKey());
    readGuide();
  }

  function openTile(tile) {
    change(on.openTile, tile, newKey());
    if (on.placeOf(kiosk.board).screen === "service") readGuide();
  }

  /** Reads the page of the service at hand in the language at hand; again later when the hall cannot be reached. */
  async function readGuide() {
    const { visit, lang } = kiosk.board;
    if (!visit) return;
    change(on.guideAsked, visit.service);
    try {
      change(on.guideArrived, visit.service, lang, await data.readGuide(visit.service, lang));
    } catch {
      change(on.guideFailed, visit.service);
    }
  }

  function speak(lang) {
    kiosk.show({ ...kiosk.board, lang });
    readGuide();
    tools.readTools();
    if (kiosk.board.search.query) search(kiosk.board.search.query);
  }

  // --- searching

  function search(query) {
    change(on.typed, query);
    clearTimeout(searchTimer);
    searchStop?.abort();
    if (query.trim()) searchTimer = setTimeout(() => askSearch(query), SEARCH_AFTER_MS);
  }

  async function askSearch(query) {
    searchStop = new AbortController();
    const { signal } = searchStop;
    try {
      change(on.found, query, await data.searchServices(query.trim(), kiosk.board.lang, signal));
    } catch {
      if (!signal.aborted) change(on.searchFailed, query);
    }
  }

  // --- what to bring

  /** The foot may grow by it: the line just touched stays in sight. */
  function mark(code, what) {
    change(papers.marked, code, what);
    document.querySelector(`[data-lack="${code}"]`)?.closest("li").scrollIntoView({ block: "center" });
  }

  function takeAndFetch() {
    answerCare(false, { toFetch: true });
  }

  // --- the number

  function answerCare(care, { toFetch = false } = {}) {
    change(papers.goesToFetch, toFetch);
    change(on.answerCare, care);
    if (on.placeOf(kiosk.board).screen === "service") issue(null);
  }

  async function issue(way) {
    if (!kiosk.board.visit) return;
    const wish = ticket.wishOf(kiosk.board, way, kiosk.printer);
    const asked = ticket.issueAsked(kiosk.board, wish);
    if (!asked) return; // one request at a time
    issueRun += 1;
    const run = issueRun;
    kiosk.show(asked);
    const isMine = () => run === issueRun;
    const outcome = await takeNumber({
      post: (body, key) => {
        if (!isMine()) throw new Error("the visitor has gone home");
        return data.askForNumber(body, key);
      },
      wish,
      key: asked.visit.key,
      wait,
      now: kiosk.now,
      onAway: () => isMine() && change(ticket.serverAway),
    }).catch((error) => ({ refusal: error }));
    if (isMine()) issued(outcome);
  }

  function issued({ answer, refusal, gaveUp }) {
    if (answer) change(ticket.ticketArrived, answer, kiosk.now());
    else if (gaveUp) change(ticket.gaveUp);
    else {
      needsReload ||= refusal.status === 401 || refusal.status === 403; // a new sign of the browser is needed
      change(ticket.refused, { code: refusal.code, message: refusal.status ? refusal.message : "" }, newKey());
    }
  }

  // --- help

  async function askHelp() {
    const mayAsk = on.mayAskHelp(kiosk.board);
    change(on.helpPressed);
    if (!mayAsk) return;
    const key = newKey();
    try {
      await data.askForHelp(questionFor(kiosk.board), key);
      if (kiosk.board.help === "asking") change(on.helpIs, "coming");
    } catch {
      change(on.helpIs, "failed");
    }
  }

  /** One more number by the same hands. */
  function takeForOther() {
    issueRun += 1;
    change(ticket.forSomebodyElse);
  }

  function isForOtherIndeed() {
    const { way } = kiosk.board.issue.wish;
    change(ticket.forSomebodyElseNow, newKey());
    issue(way);
  }

  /** The paper did not come: once more, for the ticket on the screen. */
  async function printOnceMore() {
    const { ticket: number, link } = kiosk.board.ticket;
    change(ticket.paperMoves, number, null, kiosk.now());
    try {
      await data.reprint(number, link.split("/").pop(), kiosk.printer, newKey());
    } catch {
      change(ticket.paperIs, number, "failed", kiosk.now());
    }
  }

  return {
    home,
    leave,
    ...tools,
    back: () => {
      change(on.goBack);
      tools.readTools();
    },
    ...createHandDeeds(kiosk, change),
    ...createRatingDeeds(kiosk, change),
    takeForOther,
    isForOtherIndeed,
    printOnceMore,
    openTile,
    openService,
    openCategories: () => kiosk.show({ ...kiosk.board, trail: [...kiosk.board.trail, { screen: "categories" }] }),
    openCategory: (category) => change(on.openCategory, category),
    openSearch: () => change(on.openSearch),
    ratherService: openService,
    openOtherCentre: () => change(papers.otherCentreOpened),
    openUnsureCentre: () => change(papers.unsureCentreOpened),
    chooseOwnCentre: () => change(papers.ownCentreChosen),
    mark,
    takeAndFetch,
    ...createSlipDeeds(kiosk, change),
    readGuide,
    speak,
    changeMode: (mode) => change(on.modeChanged, mode),
    declinePrecedence: (isDeclined) => change(precedenceDeclined, isDeclined),
    sayAgain: () => kiosk.aloud.again(),
    typeText: (event) => search(event.target.value),
    typeWords: search,
    typeLetter: (letter) => search((kiosk.board.search.query + letter).slice(0, 60)),
    eraseLetter: () => search([...kiosk.board.search.query].slice(0, -1).join("")),
    clearText: () => search(""),
    answerCare,
    takeNumber: issue,
    tryAgain: () => issue(kiosk.board.issue.wish.way),
    dismissIssue: () => change(ticket.issueDismissed),
    keepTicket: () => change(ticket.ticketStays, kiosk.now()),
    leaveTicket: leave,
    askHelp,
    dangerIsSeen: (notice) => change(on.dangerIsSeen, notice),
    closeHelp: () => change(on.helpClosed),
    stay: kiosk.touched,
    scrollOn: (event) => {
      const inside = event.currentTarget.previousElementSibling;
      inside.scrollBy({ top: inside.clientHeight * 0.8, behavior: kiosk.board.modes.calm ? "auto" : "smooth" });
    },
    scrolled: (event) => showWhatIsBelow(event.currentTarget.closest(".scroller").parentElement),
  };
}

/** What the guide reads on the tablet, always in Chinese: what the visitor was looking at. */
export function questionFor(board) {
  if (board.ticket) return tIn("zh", "kiosk.number_taken", { ticket: board.ticket.ticket });
  const place = on.placeOf(board);
  const chinese = board.catalogue.zh;
  const service = chinese?.services.find((card) => card.id === board.visit?.service);
  if (service && ["other_centre", "unsure_centre"].includes(place.screen)) return `${service.plain_name} · ${tIn("zh", "kiosk.centre_question")}`;
  if (service) {
    const lacks = papers.missing(board).length;
    return lacks ? `${service.plain_name} · ${tIn("zh", "kiosk.lacks_some", { n: lacks })}` : service.plain_name;
  }
  if (place.screen === "search") return board.search.query;
  if (place.screen === "rating") return `${board.rating.ticket} · ${tIn("zh", "progress.how_was_it")}`;
  if (place.screen === "tools" || place.screen === "tool") return board.tools.page?.title ?? tIn("zh", "tools.title");
  const tile = chinese?.tiles.find((one) => one.id === place.tile);
  const category = chinese?.categories.find((one) => one.id === place.category);
  return tile?.title ?? category?.title ?? "";
}
