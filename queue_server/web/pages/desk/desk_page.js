// The desk: feed and keys in, board and view out. All rules are the hall's; this page only asks and shows.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { makeMyAlerts } from "../staff/my_alerts.js";
import { readOrder } from "../staff/staff_order.js";
import { troubleText } from "../staff/staff_words.js";
import { deskBoard } from "./desk_board.js";
import { foresee } from "./desk_foreseen.js";
import { noticesOf, serviceTime } from "./desk_guide.js";
import { KEYS, choiceFor, keyOf, optionFor, verbFor } from "./desk_keys.js";
import { makeLine } from "./desk_line.js";
import { makeMemory } from "./desk_memory.js";
import { openStrip } from "./desk_strip.js";
import { drawDesk, drawOpening, drawWithoutCounter } from "./desk_view.js";
import { firstOptions, nextValue, opensPanel, panelOf, wishOf, withOption } from "./desk_wishes.js";

const ANSWER_WITHIN_SECONDS = 5; // after that the press is kept and sent again with its own key

const DAY_EVERY_MS = 300_000; // bookings come nearer by themselves

const root = document.querySelector("#page");
const lang = pageLanguage();
let here = null; // the open hall
let panel = null; // what is being asked: {kind, ticket, row, neighbour, explained} or null
let options = null; // what is answered beside the choices: see desk_wishes.js
let typed = ""; // in the service search
let found = []; // services that answer to it
let trouble = ""; // the last refusal, in words
let lastEnded = null; // number of the ticket just finished
let lastStep = null; // {ticket, step: ended | parked | missed | transfer}, while it may be taken back
let comes = null; // name of the colleague who took the last silent call
let day = null; // my own day in sum
let due = []; // who has booked for about now and is not here yet
let marks = null; // what visitors said of my work, in sum: {least, now, before}
const guides = new Map(); // service id -> what the desk shows while it is done, read once
let note = null; // of the visit at hand: {ticket, words}
let mine = null; // what the hall's rules tell this officer
let memory = null; // papers seen, risks told, mistakes read

function counterHere() {
  const counter = here.session.counter;
  return here.hall.counters.find((each) => each.id === counter) ?? null;
}

function boardNow() {
  const counter = counterHere();
  const { floor, isUnknown } = foresee(here.floor, counter, here.presses.wishes);
  return deskBoard({ floor, counter, limits: here.hall.limits, now: here.now(), lastStep, isUnknown });
}

function draw(openingTrouble = "") {
  if (!here) return render(drawOpening(openingTrouble), root);
  if (!counterHere()) return render(drawWithoutCounter(here), root);
  const board = boardNow();
  if (panel && !panelFits(board)) closePanel();
  readGuide(board.ticket?.service);
  readNote(board.ticket?.ticket ?? null);
  const state = {
    here,
    board,
    counter: counterHere(),
    panel: panel && panelOf(panel.kind, panelContext(board)),
    typed,
    trouble,
    lastEnded,
    comes,
    note: note?.ticket === board.ticket?.ticket ? note : null,
    day,
    due,
    marks,
    mine,
    ...aboutService(board),
  };
  return render(drawDesk(state, acts), root);
}

/** What the service at hand asks for: {guide, notices, seen, time}. */
function aboutService({ ticket }) {
  const guide = guides.get(ticket?.service) ?? null;
  const told = ticket ? memory.told(ticket) : new Set();
  return {
    guide,
    notices: noticesOf(guide, { told, isRead: memory.isRead(ticket?.service) }),
    seen: ticket ? memory.seen(ticket) : new Set(),
    time: serviceTime(ticket, guide?.usual_minutes, here.now()),
  };
}

/** A panel about a ticket that has moved on asks a question nobody has any more. */
function panelFits(board) {
  if (panel.kind === "pause" || panel.kind === "direct") return board.stage === "free";
  if (panel.kind === "call") return board.stage !== "closed";
  if (panel.row) return here.floor.tickets[panel.row]?.stage === "waiting";
  return board.ticket?.ticket === panel.ticket;
}

function panelContext(board) {
  const services = typed ? found : Object.values(here.services);
  const common = { hall: here.hall, floor: here.floor, ticket: board.ticket, counter: counterHere().id };
  return { ...common, ...panel, ticket: board.ticket, ...aboutService(board), options, found: services, isFree: board.stage === "free" };
}

const acts = {
  verb(id) {
    if (id === "know") return know();
    if (id === "end_next") return endAndCallNext();
    if (opensPanel(id)) return openPanel(id);
    const { ticket } = boardNow();
    return sendStep(id, wishOf(id, { counter: counterHere().id, ticket }), ticket?.ticket);
  },
  option(name, value) {
    options = withOption(options, name, value);
    draw();
  },
  openRow(row, neighbour) {
    openPanel("row", { row, neighbour });
  },
  async undo() {
    if (here.presses.mayTakeBack) return here.presses.takeBack();
    const { ticket, step } = boardNow().undo;
    const path = step === "transfer" ? "undo-transfer" : "undo";
    if (await send("undo", { path: `/tickets/${ticket}/${path}`, body: {} })) lastStep = lastEnded = null;
    draw();
  },
  tick(paper) {
    memory.tick(boardNow().ticket, paper);
    draw();
  },
  noColleague: (wanted) => send("no_colleague", { path: `/counters/${counterHere().id}/no-colleague`, body: { wanted } }),
  async note(words) {
    const { ticket } = note;
    try {
      note = await api.post(`/tickets/${ticket}/note`, { words }, { lang });
    } catch (error) {
      if (!signInWhenNeeded(error)) trouble = t("desk.note_unsaved"); // words wait in no memory of this browser
    }
    draw();
  },
  strip: () => openStrip(root, hearKeys),
  drop(service) {
    const { ticket } = boardNow().ticket;
    return send("drop", { path: `/tickets/${ticket}/services/${encodeURIComponent(service)}/drop`, body: {} }, ticket);
  },
  async choose(choice) {
    if (choice.enabled === false) return;
    if (choice.opens === "why") return openWhy();
    if (choice.opens) return openPanel(choice.opens, { row: panel.row, neighbour: panel.neighbour }, options);
    const kind = panel.kind.split("_")[0];
    const ticket = panel.row ?? panel.ticket;
    closePanel();
    await sendStep(kind, choice.wish, ticket); // the verb that asked is the one that shows busy
    draw();
  },
  back() {
    if (panel?.kind.startsWith("transfer_")) return openPanel("transfer", {}, options);
    if (panel?.kind === "why") return openPanel("row", { row: panel.row, neighbour: panel.neighbour });
    closePanel();
    return draw();
  },
  async search(text) {
    typed = text;
    found = [];
    draw();
    if (!text.trim()) return;
    const asked = text;
    try {
      const answer = await api.get(`/services?q=${encodeURIComponent(text)}`, { lang });
      if (asked !== typed) return;
      found = answer.services;
    } catch (error) {
      trouble = troubleText(error);
    }
    draw();
  },
  /** Takes somebody who stepped aside or was missed straight to this free counter. */
  async callBack(ticket) {
    const back = await send("back", { path: `/tickets/${ticket}/return`, body: {} }, ticket);
    if (!back || boardNow().stage !== "free") return;
    await send("next", { path: `/counters/${counterHere().id}/call`, body: { ticket } }, ticket);
  },
};

/** `about`: a row of the list. What was answered beside the choices begins anew, but for what follows the end. */
function openPanel(kind, about = {}, answered = null) {
  panel = { kind, ticket: boardNow().ticket?.ticket ?? null, ...about };
  options = answered ?? { ...firstOptions(here.hall), ...(options && { after: options.after }) };
  typed = "";
  found = [];
  trouble = "";
  draw();
  focusPanel();
}

function focusPanel() {
  root.querySelector(".desk-panel input, .desk-panel .desk-know, .desk-choices button:not([disabled])")?.focus({ preventScroll: true });
}

/** Done, and the next one at once; what is still to be told comes first. */
function endAndCallNext() {
  openPanel("end", {}, { ...firstOptions(here.hall), after: "next" });
  const open = panelOf("end", panelContext(boardNow()));
  return open.notices ? undefined : acts.choose(open.choices[0]);
}

/** What had to be told and read is acknowledged; with the question of how it ended open, that is next. */
function know() {
  const { ticket } = boardNow();
  const guide = guides.get(ticket?.service);
  if (guide) memory.acknowledge(ticket, guide);
  draw();
  if (panel) focusPanel();
}

async function openWhy() {
  const { row, neighbour } = panel;
  try {
    const explained = await readOrder(row, neighbour, { counter: counterHere().id, lang });
    if (panel?.row === row) openPanel("why", { row, neighbour, explained });
  } catch (error) {
    if (!signInWhenNeeded(error)) trouble = troubleText(error);
    draw();
  }
}

function closePanel() {
  panel = null;
  typed = "";
}

// a visitor handed over is a transfer, and taken back as one
const STEPS = { hand: "transfer", end: "ended", park: "parked", missed: "missed", transfer: "transfer" };

/** Sends a wish; what can be taken back is remembered. */
async function sendStep(verb, wish, ticket) {
  const answer = await send(verb, wish, ticket);
  if (!answer || !STEPS[verb]) return;
  lastStep = { ticket, step: STEPS[verb] };
  if (verb === "end") lastEnded = ticket;
  draw();
}

/** One wish at a time from this desk, `ticket` being whom it is about; with the network gone they wait in line. */
async function send(name, { path, body }, ticket = null) {
  trouble = "";
  try {
    return await here.presses.press(name, path, body, ticket);
  } catch (error) {
    if (!signInWhenNeeded(error) && !here.presses.refused) trouble = troubleText(error); // a line that broke off tells of itself
    return undefined;
  } finally {
    draw();
  }
}

function onKey(event) {
  const key = keyOf(event);
  if (!key || !counterHere()) return;
  if (key === "ESCAPE" && panel) return handled(event, () => acts.back());
  const board = boardNow();
  if (panel) {
    const open = panelOf(panel.kind, panelContext(board));
    if (open.notices && key === KEYS.know) return handled(event, know);
    const option = optionFor(key, open);
    if (option) return handled(event, () => acts.option(option.name, nextValue(option)));
    const choice = choiceFor(key, open);
    return choice ? handled(event, () => acts.choose(choice)) : undefined;
  }
  if (key === KEYS.undo && (board.undo || here.presses.mayTakeBack)) return handled(event, () => acts.undo());
  if (key === KEYS.note && note) return handled(event, () => root.querySelector(".desk-note")?.focus());
  const verb = verbFor(key, [...board.verbs, ...board.tools]);
  return verb ? handled(event, () => acts.verb(verb.id)) : undefined;
}

/** Keys are heard in the page and, once opened, in the strip that floats above other programs. */
function hearKeys(page) {
  page.removeEventListener("keydown", onKey);
  page.addEventListener("keydown", onKey);
  draw();
}

function handled(event, act) {
  event.preventDefault();
  act();
}

function onEvent(message) {
  const counter = counterHere()?.id;
  if (message.name === "help_answered" && message.place.startsWith(`counter-${counter}-`)) {
    comes = message.actor === `officer:${here.session.person}` ? null : message.after.by;
  }
  if (message.name === "ticket_issued" && message.after?.ticket?.slot) readDay(); // somebody who had booked is here
  if (message.counter !== counter) return;
  if (message.name === "ticket_called" || message.name === "help_asked") comes = null;
  if (message.name === "ticket_called") lastEnded = null;
  if (message.name === "service_ended") readDay();
}

function deskLine({ here: hall, ...tools }) {
  return makeLine({
    ...tools,
    post: (path, body, { key }) => api.post(path, body, { key, lang, timeoutSeconds: ANSWER_WITHIN_SECONDS }),
    isDown: () => hall.isDown,
    onLate: ({ error }) => error && signInWhenNeeded(error), // a refusal is told by the line itself
  });
}

async function readDay() {
  const counter = counterHere();
  if (!counter) return;
  try {
    ({ day, due } = await api.get(`/desks/${counter.id}`, { lang }));
    draw();
  } catch {
    // the sums are a courtesy; they come with the next finished ticket
  }
}

/** Whole weeks, so once a morning is enough. */
async function readMarks() {
  if (!here.session.roles.includes("officer")) return;
  try {
    marks = await api.get("/marks/own", { lang });
    draw();
  } catch {
    // a courtesy too
  }
}

/** What colleagues have noted, read once when the visitor comes to this counter. */
async function readNote(ticket) {
  if ((note?.ticket ?? null) === ticket) return;
  note = ticket && { ticket, words: "" };
  if (!ticket) return;
  try {
    const found = await api.get(`/tickets/${ticket}/note`, { lang });
    if (note?.ticket === ticket) note = found;
    draw();
  } catch {
    // nothing to read is no trouble; writing says when it fails
  }
}

async function readGuide(service) {
  if (!service || guides.has(service)) return;
  guides.set(service, null);
  try {
    guides.set(service, await api.get(`/services/${service}/at-counter`, { lang }));
    draw();
  } catch {
    guides.delete(service); // asked again with the next drawing, a second later at most
  }
}

await loadWords(["common", "staff", "desk"], lang);
draw();
here = await openHall({ lang, onChange: () => draw(), onEvent, onTrouble: (error) => draw(troubleText(error)), makePresses: deskLine, onAlerts: () => mine?.soon() });
memory = makeMemory(localStorage, here.session.person, () => here.floor.day);
mine = makeMyAlerts({ lang, onChange: () => draw(), send: (name, path, body) => send(name, { path, body }) });
mine.begin();
document.addEventListener("pointerdown", mine.touched);
document.addEventListener("keydown", mine.touched);
readDay();
setInterval(readDay, DAY_EVERY_MS);
readMarks();
draw();
hearKeys(document);
