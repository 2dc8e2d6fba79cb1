// What the desk shows, from the floor and the moment. Plain data: no DOM, no socket, no words; tested with node --test.
import { awayFrom, mayServe, ticketAt, waitingFor } from "../staff/staff_floor.js";
import { secondsUntil, waitedMinutes, waitLevel } from "../staff/staff_wait.js";
import { KEYS } from "./desk_keys.js";

const NEXT_SHOWN = 8;

export const OUTCOMES = ["done", "papers_missing", "not_eligible", "other_day"];
export const PARK_REASONS = ["form", "copy", "fetch", "other"];
export const PAUSE_REASONS = ["break", "meeting", "machine", "other"];

/**
 * `counter` as in GET /hall; `now` the hall's moment in milliseconds; `limits` of the hall.
 * `stage`: closed | paused | free | called | serving | held.
 */
export function deskBoard({ floor, counter, limits, now }) {
  const desk = floor.desks[counter.id] ?? null;
  const ticket = ticketAt(floor, counter.id);
  const waiting = waitingFor(floor, counter);
  const stage = ticket ? ticket.stage : deskStage(desk);
  return {
    stage,
    desk,
    ticket: ticket && withWait(ticket, limits, now),
    verbs: verbsFor(stage, ticket, limits, now, waiting.length),
    next: waiting.slice(0, NEXT_SHOWN).map((other) => withWait(other, limits, now)),
    waiting: waiting.length,
    away: awayFrom(floor, counter.zone)
      .filter((other) => mayServe(counter, other))
      .map((other) => withWait(other, limits, now)),
    zoneIsClosed: floor.zones[counter.zone]?.closed ?? false,
  };
}

function deskStage(desk) {
  if (!desk) return "closed";
  return desk.paused ? "paused" : "free";
}

function withWait(ticket, limits, now) {
  const minutes = waitedMinutes(ticket, now);
  return { ...ticket, minutes, level: waitLevel(minutes, limits) };
}

/** All verbs in their lasting places: main ones large, the others below; what cannot be done now is disabled. */
function verbsFor(stage, ticket, limits, now, waiting) {
  const recall = stage === "called" ? secondsUntil(ticket.recall_from, now) : 0;
  const toCall = stage === "called" ? Math.max(0, (limits.calls_before_missed ?? 1) - ticket.calls) : 0;
  const atCounter = stage === "called" || stage === "serving" || stage === "held";
  return [
    ...mainVerbs(stage, waiting),
    verb("recall", stage === "called" && recall === 0, { seconds: recall }),
    verb("missed", stage === "called" && recall === 0 && toCall === 0, { seconds: toCall ? 0 : recall, toCall }),
    stage === "held" ? verb("end", true) : verb("hold", stage === "serving"),
    verb("park", atCounter),
    verb("transfer", atCounter),
  ];
}

function mainVerbs(stage, waiting) {
  const main = { called: "start", serving: "end", held: "resume", closed: "open", paused: "open" }[stage] ?? "next";
  const word = stage === "paused" ? "go_on" : main;
  return [verb(main, main !== "next" || waiting > 0, { main: true, word })];
}

function verb(id, enabled, more = {}) {
  return { id, word: id, key: KEYS[id], enabled, main: false, seconds: 0, toCall: 0, ...more };
}
