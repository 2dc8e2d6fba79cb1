// What the desk shows, from the floor and the moment. Plain data: no DOM, no socket, no words; tested with node --test.
import { awayFrom, mayServe, ticketAt, waitingFor } from "../staff/staff_floor.js";
import { secondsUntil, waitedMinutes, waitLevel } from "../staff/staff_wait.js";
import { KEYS } from "./desk_keys.js";

const NEXT_SHOWN = 8;
const SURELY_BEGUN_MS = 10_000; // sooner, one key that ends and calls is more likely a slip

export const OUTCOMES = ["done", "papers_missing", "not_eligible", "other_day"];
export const PARK_REASONS = ["form", "copy", "fetch", "other"];
export const PAUSE_REASONS = ["break", "meeting", "machine", "other"];

/**
 * `counter` as in GET /hall; `now` the hall's moment in milliseconds; `limits` of the hall; `lastStep` {ticket, step}
 * of this desk, which can be taken back for a while.
 * `stage`: closed | paused | free | called | serving | held | unknown (`isUnknown`: pressed without network, and only the
 * hall can say who comes).
 */
export function deskBoard({ floor, counter, limits, now, lastStep = null, isUnknown = false }) {
  const desk = floor.desks[counter.id] ?? null;
  const ticket = ticketAt(floor, counter.id);
  const waiting = waitingFor(floor, counter);
  const stage = isUnknown ? "unknown" : ticket ? ticket.stage : deskStage(desk);
  return {
    stage,
    desk,
    ticket: ticket && !isUnknown && withWait(ticket, limits, now),
    total: floor.waits[ticket?.ticket]?.total ?? null,
    verbs: verbsFor(stage, ticket, limits, now, waiting.length),
    tools: [
      verb("direct", stage === "free"),
      verb("end_next", stage === "serving" && now - Date.parse(ticket.started_at) >= SURELY_BEGUN_MS),
      verb("hand", ["called", "serving", "held"].includes(stage)),
      verb("call", stage !== "closed"),
      verb("pause", stage === "free"),
      verb("know", ticket !== null && ["serving", "held"].includes(stage)),
    ],
    colleagues: floor.help.filter((call) => call.counter === counter.id),
    undo: undoOf(lastStep, { floor, stage, ticket, now }),
    next: waiting.slice(0, NEXT_SHOWN).map((other) => withWait(other, limits, now)),
    firstBy: floor.calls[counter.id]?.rule ?? null,
    waiting: waiting.length,
    away: awayFrom(floor, counter.zone)
      .filter((other) => mayServe(counter, other, floor.desks))
      .map((other) => withWait(other, limits, now)),
    isDayOver: floor.isDayOver,
    zoneIsClosed: floor.zones[counter.zone]?.closed ?? false,
  };
}

function deskStage(desk) {
  if (!desk) return "closed";
  return desk.paused ? "paused" : "free";
}

/** What this desk did last and may still take back: nobody else has come to the counter since. */
function undoOf(lastStep, { floor, stage, ticket, now }) {
  const done = floor.tickets[lastStep?.ticket];
  if (!done || stage === "closed" || stage === "paused") return null;
  const seconds = secondsUntil(lastStep.step === "transfer" ? done.undo_until : done.step_undo_until, now);
  const isFree = !ticket || ticket.ticket === done.ticket;
  return seconds > 0 && isFree ? { ...lastStep, seconds, key: KEYS.undo } : null;
}

function withWait(ticket, limits, now) {
  const minutes = waitedMinutes(ticket, now);
  return { ...ticket, minutes, level: waitLevel(minutes, limits) };
}

/** All verbs in their lasting places: main ones large, the others below; what cannot be done now is disabled. */
function verbsFor(stage, ticket, limits, now, waiting) {
  const recall = stage === "called" ? secondsUntil(ticket.recall_from, now) : 0;
  const most = limits.calls_before_missed ?? 1;
  const toCall = stage === "called" ? Math.max(0, most - ticket.calls) : 0;
  const mayRecall = stage === "called" && toCall > 0;
  const atCounter = stage === "called" || stage === "serving" || stage === "held";
  return [
    ...mainVerbs(stage, waiting),
    verb("recall", mayRecall && recall === 0, { seconds: mayRecall ? recall : 0, calls: ticket?.calls ?? 0, most }),
    verb("missed", stage === "called" && recall === 0 && toCall === 0, { seconds: toCall ? 0 : recall, toCall }),
    stage === "held" ? verb("end", true) : verb("hold", stage === "serving"),
    verb("park", atCounter),
    verb("add", atCounter),
    verb("transfer", atCounter),
  ];
}

function mainVerbs(stage, waiting) {
  const main = { called: "start", serving: "end", held: "resume", closed: "open", paused: "open" }[stage] ?? "next";
  const word = stage === "paused" ? "go_on" : main;
  const enabled = stage !== "unknown" && (main !== "next" || waiting > 0);
  return [verb(main, enabled, { main: true, word })];
}

function verb(id, enabled, more = {}) {
  return { id, word: id, key: KEYS[id], enabled, main: false, seconds: 0, toCall: 0, calls: 0, most: 0, ...more };
}
