// The desk: feed and keys in, board and view out. All rules are the hall's; this page only asks and shows.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage } from "/common/words.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { deskBoard } from "./desk_board.js";
import { choiceFor, keyOf, verbFor } from "./desk_keys.js";
import { drawDesk, drawOpening, drawWithoutCounter } from "./desk_view.js";
import { opensPanel, panelOf, wishOf } from "./desk_wishes.js";

const root = document.querySelector("#page");
const lang = pageLanguage();
let here = null; // the open hall
let panel = null; // what is being asked: {kind} or null
let typed = ""; // in the service search
let found = []; // services that answer to it
let trouble = ""; // the last refusal, in words
let lastEnded = null; // number of the ticket just finished
let day = null; // my own day in sum
const guides = new Map(); // service id -> its guide, read once

function counterHere() {
  const counter = here.session.counter;
  return here.hall.counters.find((each) => each.id === counter) ?? null;
}

function boardNow() {
  return deskBoard({ floor: here.floor, counter: counterHere(), limits: here.hall.limits, now: here.now() });
}

function draw(openingTrouble = "") {
  if (!here) return render(drawOpening(openingTrouble), root);
  if (!counterHere()) return render(drawWithoutCounter(here), root);
  const board = boardNow();
  if (panel && !panelFits(board)) closePanel();
  readGuide(board.ticket?.service);
  const state = {
    here,
    board,
    counter: counterHere(),
    panel: panel && panelOf(panel.kind, panelContext(board)),
    typed,
    trouble,
    lastEnded,
    day,
    guide: guides.get(board.ticket?.service) ?? null,
  };
  return render(drawDesk(state, acts), root);
}

/** A panel about a ticket that has moved on asks a question nobody has any more. */
function panelFits(board) {
  return panel.kind === "pause" ? board.stage === "free" : board.ticket?.ticket === panel.ticket;
}

function panelContext(board) {
  const services = typed ? found : Object.values(here.services);
  return { hall: here.hall, floor: here.floor, ticket: board.ticket, counter: counterHere().id, found: services };
}

const acts = {
  verb(id) {
    if (opensPanel(id) || id === "pause") return openPanel(id);
    return send(id, wishOf(id, { counter: counterHere().id, ticket: boardNow().ticket }));
  },
  async choose(choice) {
    if (choice.enabled === false) return;
    if (choice.opens) return openPanel(choice.opens);
    const kind = panel.kind;
    const ticket = panel.ticket;
    closePanel();
    const answer = await send(kind.split("_")[0], choice.wish); // the verb that asked is the one that shows busy
    if (answer && kind === "end") lastEnded = ticket;
    draw();
  },
  back: () => (panel?.kind.startsWith("transfer_") ? openPanel("transfer") : (closePanel(), draw())),
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
    const back = await send("back", { path: `/tickets/${ticket}/return`, body: {} });
    if (!back || boardNow().stage !== "free") return;
    await send("next", { path: `/counters/${counterHere().id}/call`, body: { ticket } });
  },
};

function openPanel(kind) {
  panel = { kind, ticket: boardNow().ticket?.ticket ?? null };
  typed = "";
  found = [];
  trouble = "";
  draw();
  root.querySelector(".desk-panel input, .desk-choices button:not([disabled])")?.focus({ preventScroll: true });
}

function closePanel() {
  panel = null;
  typed = "";
}

/** One wish at a time from this desk: a second press while the first is unanswered does nothing. */
async function send(name, { path, body }) {
  if (here.presses.isAnyBusy()) return undefined;
  trouble = "";
  try {
    return await here.presses.press(name, path, body);
  } catch (error) {
    if (!signInWhenNeeded(error)) trouble = troubleText(error);
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
    const choice = choiceFor(key, panelOf(panel.kind, panelContext(board)));
    return choice ? handled(event, () => acts.choose(choice)) : undefined;
  }
  const verb = verbFor(key, board.verbs);
  return verb ? handled(event, () => acts.verb(verb.id)) : undefined;
}

function handled(event, act) {
  event.preventDefault();
  act();
}

function onEvent(message) {
  if (message.counter !== counterHere()?.id) return;
  if (message.name === "ticket_called") lastEnded = null;
  if (message.name === "service_ended") readDay();
}

async function readDay() {
  const counter = counterHere();
  if (!counter) return;
  try {
    day = (await api.get(`/desks/${counter.id}`, { lang })).day;
    draw();
  } catch {
    // the sums are a courtesy; they come with the next finished ticket
  }
}

async function readGuide(service) {
  if (!service || guides.has(service)) return;
  guides.set(service, null);
  try {
    guides.set(service, await api.get(`/services/${service}`, { lang }));
    draw();
  } catch {
    guides.delete(service); // asked again with the next drawing, a second later at most
  }
}

await loadWords(["common", "staff", "desk"], lang);
draw();
here = await openHall({ lang, onChange: () => draw(), onEvent, onTrouble: (error) => draw(troubleText(error)) });
readDay();
draw();
document.addEventListener("keydown", onKey);
