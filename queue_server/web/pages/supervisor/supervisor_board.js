// What the supervisor sees, from the hall's figures and the floor. Plain data: no DOM, no words; tested with node --test.
import { ticketAt } from "../staff/staff_floor.js";
import { waitLevel } from "../staff/staff_wait.js";

const LEVELS = ["good", "fair", "look", "act"];
const FAIR_LOAD = 0.6;

/** `measures` as GET /measures; `now` the hall's moment in milliseconds. */
export function supervisorBoard({ hall, floor, measures, now }) {
  return {
    all: measures.all,
    zones: measures.zones.map((figures) => zoneBoard(figures, hall, floor)),
    alerts: measures.alerts.map((alert) => ({ ...alert, spare: spareCounters(hall, floor, alert.zone) })),
    alertsOfOthers: measures.alerts_of_others ?? 0,
    desks: hall.counters.map((counter) => deskBoard(counter, floor, now)),
    feedback: measures.feedback,
    repairs: measures.repairs ?? null,
    keptToLookAt: measures.kept_numbers_to_look_at ?? 0, // numbers that kiosks gave alone, with doubts, of people still here
    changes: measures.changes,
    services: measures.services,
    told: toldBoard(measures.told_waits),
    isDayOver: floor.isDayOver,
    ahead: measures.ahead,
    isForeseen: Object.keys(measures.ahead?.zones ?? {}).length > 0,
    isEmptyDay: measures.series.times.length === 0,
  };
}

/** How the waits told have held: one row of all, then one a zone, each with today's figures and the month's, if there was one. */
export function toldBoard({ today, month, drifted, best_times: bestTimes = null, closing = {} }) {
  const rows = today.map((one, place) => ({ zone: one.zone, today: one, month: month[place]?.shown ? month[place] : null }));
  return { rows, drifted, bestTimes, closing };
}

function zoneBoard(figures, hall, floor) {
  const state = floor.zones[figures.zone] ?? {};
  const waited = figures.longest_wait_minutes;
  return {
    ...figures,
    closed: state.closed ?? false,
    notice: state.notice ?? "",
    waitLevel: waited === null ? "good" : waitLevel(waited, hall.limits),
    level: zoneLevel(figures, hall.limits),
  };
}

/** The worse of two: how long the longest has waited, and how many wait for each open desk. */
export function zoneLevel(figures, limits) {
  const byWait = figures.longest_wait_minutes === null ? "good" : waitLevel(figures.longest_wait_minutes, limits);
  return LEVELS[Math.max(LEVELS.indexOf(byWait), LEVELS.indexOf(loadLevel(figures)))];
}

function loadLevel({ waiting, open_desks: desks, load }) {
  if (waiting > 0 && desks === 0) return "act";
  if (load >= 1) return "look";
  return load >= FAIR_LOAD ? "fair" : "good";
}

/** Counters of a zone at which nobody serves now: what could be opened. */
export function spareCounters(hall, floor, zone) {
  return hall.counters.filter((counter) => counter.zone === zone && (floor.desks[counter.id]?.paused ?? true)).map(({ id }) => id);
}

/** One desk: closed | reserve | paused | idle | called | serving | held, who sits there, whom it serves, for how many minutes. */
function deskBoard(counter, floor, now) {
  const desk = floor.desks[counter.id] ?? null;
  const ticket = ticketAt(floor, counter.id);
  const reserve = counter.reserve ? (floor.reserves.includes(counter.id) ? "open" : "shut") : null;
  const state = stateOf(desk, ticket, reserve);
  const since = { idle: desk?.idle_since, called: ticket?.called_at, serving: ticket?.started_at, held: ticket?.held_at }[state];
  return {
    id: counter.id,
    zone: counter.zone,
    state,
    officer: desk?.officer_name ?? "",
    reason: desk?.paused ? (desk.pause_reason ?? "") : "",
    reserve,
    ticket: ticket?.ticket ?? null,
    minutes: since ? Math.max(0, Math.floor((now - Date.parse(since)) / 60_000)) : null,
  };
}

function stateOf(desk, ticket, reserve) {
  if (ticket) return ticket.stage;
  if (!desk) return reserve === "shut" ? "reserve" : "closed";
  return desk.paused ? "paused" : "idle";
}
