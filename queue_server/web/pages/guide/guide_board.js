// What the guide's tablet shows, from the floor and the moment. Plain data: no DOM, no socket, no words.
import { atCountersOf, awayFrom, failingPrinters, lowPrinters, findTickets, isOver, toAccompany, waitingIn } from "../staff/staff_floor.js";
import { MOVE_REASONS } from "../staff/staff_moves.js";
import { secondsUntil, waitedMinutes } from "../staff/staff_wait.js";
import { windowOf } from "./guide_window.js";

const LONGEST_NAMED = 3;
const ROWS_AT_FIRST_PX = 900; // drawn before the list has said how high it is

/** Who is shown: everybody, or those of whom this is true. `minutes` is how long a ticket has waited. */
export const FILTERS = {
  all: () => true,
  long: (ticket, minutes, limits) => ticket.stage === "waiting" && minutes > limits.wait_act_minutes,
  care: (ticket) => ticket.care,
  help: (ticket) => ticket.asked_for_help,
  bounced: (ticket) => ticket.bounced,
  english: (ticket) => ticket.language === "en",
};

/** The zones side by side, each with all its people who pass the filter, in calling order. */
export function guideZones({ floor, hall, filter = "all", now }) {
  const isShown = (ticket) => FILTERS[filter](ticket, waitedMinutes(ticket, now), hall.limits);
  return hall.zones.map((zone) => ({
    zone,
    now: floor.zones[zone.id] ?? null,
    waiting: waitingIn(floor, zone.id).filter(isShown),
    counters: atCountersOf(floor, zone.id).filter(isShown),
    away: awayFrom(floor, zone.id).filter(isShown),
  }));
}

/** Of one list, the rows to draw and how many px stand for the others. `seen`: {top, height} of the list, px. */
export function rowsOf(tickets, seen, rowHeight) {
  const { from, to } = windowOf({ count: tickets.length, rowHeight, height: ROWS_AT_FIRST_PX, ...seen });
  const rows = tickets.slice(from, to);
  return { from, rows, before: from * rowHeight, after: (tickets.length - from - rows.length) * rowHeight };
}

/** What needs a person now, in this order: somebody asked, is to be accompanied, waits too long; a printer fails. */
export function attentionOf({ floor, hall, now, alerts = [] }) {
  return [
    ...floor.help.filter((call) => call.wanted !== "supervisor").map((call) => ({ kind: "help", id: `help-${call.place}`, ...call })),
    ...toAccompany(floor).map((ticket) => ({ kind: "escort", id: `escort-${ticket.ticket}`, ticket: ticket.ticket, counter: ticket.counter, place: ticket.place, escort: ticket.escort })),
    ...toldBesides(alerts, floor).map((alert) => ({ ...alert, kind: "alert" })),
    ...(alerts.some(({ kind }) => kind === "longest_wait") ? [] : longWaits(floor, hall, now)),
    ...[...failingPrinters(floor), ...lowPrinters(floor)].map((printer) => ({ kind: "printer", id: `printer-${printer.printer}`, ...printer })),
  ];
}

/** Of what the hall's rules tell this guide, what the strip does not show anyway. */
function toldBesides(alerts, floor) {
  const helped = new Set(floor.help.filter((call) => call.wanted !== "supervisor").map(({ place }) => place));
  const failing = new Set(failingPrinters(floor).map(({ printer }) => printer));
  return alerts.filter(({ kind, place }) => !(kind === "help" && helped.has(place)) && !(kind === "printer" && failing.has(place)));
}

/** One item for all who wait longer than the hall's last limit, the longest first: none should fill the strip. */
function longWaits(floor, hall, now) {
  const waits = hall.zones
    .flatMap((zone) => waitingIn(floor, zone.id))
    .map((ticket) => ({ ticket: ticket.ticket, minutes: waitedMinutes(ticket, now) }))
    .filter(({ minutes }) => minutes > hall.limits.wait_act_minutes)
    .sort((one, other) => other.minutes - one.minutes);
  return waits.length ? [{ kind: "long", id: "long", many: waits.length, longest: waits.slice(0, LONGEST_NAMED) }] : [];
}

/** Search results: a number typed, spoken by the visitor or read off a paper. */
export const searchResults = (floor, typed) => findTickets(floor, typed);

/** What may be done with a ticket now; its words and buttons follow from this. */
export function mayDo(ticket) {
  const over = isOver(ticket);
  const beingServed = ticket.stage === "serving" || ticket.stage === "held";
  return {
    move: !over,
    bringBack: ticket.stage === "parked" || ticket.stage === "missed",
    leave: !over && !beingServed,
    reprint: !over,
    addService: !over && ticket.stage !== "missed",
    isHere: ticket.stage === "waiting" && ticket.presence !== "here",
    why: ticket.stage === "waiting",
    callAgain: ticket.stage === "called",
    minutes: ticket.stage === "waiting" || ticket.stage === "called",
  };
}

/** How a move is made when a sheet opens: by arrival, as the visitor wishes. */
export const usualMove = () => ({ position: "fair", why: MOVE_REASONS[0], isOpen: false });

/** After one of them was changed. Going first needs a reason of its own, which somebody has to choose. */
export function changeMove(how, change) {
  const why = change.position ? { why: change.position === "first" ? null : MOVE_REASONS[0] } : {};
  return { ...how, ...why, ...change };
}

/** Whom a ticket may be compared with, nearest first: those just before it in its queue, and the one behind. */
export function neighboursOf(floor, ticket) {
  const queue = waitingIn(floor, ticket.zone).map((each) => each.ticket);
  const place = queue.indexOf(ticket.ticket);
  return [...queue.slice(Math.max(0, place - 3), place).reverse(), ...queue.slice(place + 1, place + 2)];
}

/** True when a ticket that was waiting when the sheet opened has been called meanwhile: ask before moving it. */
export function wasCalledMeanwhile(openedStage, ticket) {
  return openedStage === "waiting" && ["called", "serving", "held"].includes(ticket.stage);
}

/** The toast after a move: where they are now and how long it may still be undone; null when it is over. */
export function undoToast({ move, floor, hall, now }) {
  if (!move) return null;
  const seconds = secondsUntil(move.until, now);
  const tickets = move.tickets.filter((number) => floor.tickets[number]?.stage === "waiting");
  if (!tickets.length || seconds <= 0) return null;
  const first = floor.tickets[tickets[0]];
  return {
    tickets,
    seconds,
    why: move.why,
    zone: hall.zones.find((zone) => zone.id === first.zone),
    counter: first.for_counter,
    ahead: tickets.length === 1 ? (floor.waits[first.ticket]?.ahead ?? null) : null,
  };
}
