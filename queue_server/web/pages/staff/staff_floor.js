// The floor as staff see it: every open ticket, the desks, the queues. Plain data; no DOM, no socket, no clock.
// Begins as the answer of GET /floor; after that the feed's messages keep it true. Nothing here is changed in place.

const OVER = new Set(["served", "abandoned", "no_show"]);
const AT_A_COUNTER = new Set(["called", "serving", "held"]);
const MAY_RETURN = new Set(["parked", "missed"]);
const OVER_KEPT_MINUTES = 15; // as GET /floor: a visitor who asks just after leaving the counter is still found

/** The floor from GET /floor. */
export function makeFloor(answer) {
  return {
    day: answer.day,
    seq: answer.seq,
    waitsSeq: answer.seq,
    tickets: byKey(answer.tickets, "ticket"),
    desks: byKey(answer.desks, "counter"),
    queues: answer.queues ?? {},
    waits: answer.waits ?? {},
    calls: answer.calls ?? {},
    reserves: answer.reserves ?? [],
    isDayOver: answer.day_over ?? false,
    zones: byKey(answer.zones, "zone"),
    help: answer.help ?? [],
    notices: answer.notices ?? [],
    guides: answer.guides ?? {},
    printers: answer.printers ?? [],
  };
}

/** The floor after one event of the feed. What was heard before, or belongs to another day, changes nothing. */
export function applyEvent(floor, message) {
  if (message.day !== floor.day || message.seq <= floor.seq) return floor;
  const after = message.after ?? {};
  const next = { ...floor, seq: message.seq };
  if (after.ticket) Object.assign(next, withTicket(next, after.ticket));
  if (after.desks) next.desks = byKey(after.desks, "counter");
  if (after.desk) next.desks = { ...next.desks, [after.desk.counter]: after.desk };
  if (message.name === "desk_closed") next.desks = without(next.desks, message.counter);
  if (after.help) next.help = after.help;
  if (after.reserves) next.reserves = after.reserves;
  if (after.notices) next.notices = after.notices;
  if (message.name === "day_closed" || message.name === "day_reopened") next.isDayOver = message.name === "day_closed";
  if (after.zone) {
    const zone = after.zone.zone;
    next.zones = { ...floor.zones, [zone]: { ...floor.zones[zone], ...after.zone } };
  }
  return next;
}

/** One ticket as given, placed where its stage and zone put it. */
export function withTicket(floor, ticket) {
  const tickets = { ...floor.tickets, [ticket.ticket]: ticket };
  return { ...floor, tickets, queues: placeInQueues(floor.queues, tickets, ticket) };
}

/** The hall's own order and waits, which come at most once a second; the newest one wins. */
export function applyWaits(floor, waits) {
  if (waits.day && waits.day !== floor.day) return floor;
  if (waits.seq < floor.waitsSeq) return floor;
  return {
    ...floor,
    waitsSeq: waits.seq,
    queues: waits.queues ?? floor.queues,
    waits: waits.waits ?? floor.waits,
    calls: waits.calls ?? floor.calls,
    zones: waits.zones ? byKey(waits.zones, "zone") : floor.zones,
  };
}

export function applyPrinters(floor, printers) {
  return { ...floor, printers: Array.isArray(printers) ? printers : (printers?.printers ?? floor.printers) };
}

/** Drops the tickets that ended a while ago, so that a screen left on all day does not grow. */
export function forgetOver(floor, now) {
  const before = now - OVER_KEPT_MINUTES * 60_000;
  const kept = Object.values(floor.tickets).filter((ticket) => !isOver(ticket) || Date.parse(ticket.ended_at) >= before);
  return kept.length === Object.keys(floor.tickets).length ? floor : { ...floor, tickets: byKey(kept, "ticket") };
}

export const isOver = (ticket) => OVER.has(ticket.stage);
export const isAtACounter = (ticket) => AT_A_COUNTER.has(ticket.stage);
export const mayReturn = (ticket) => MAY_RETURN.has(ticket.stage);

/** Everyone waiting for a zone, in the order in which they will be called. */
export function waitingIn(floor, zone) {
  const queue = floor.queues[zone] ?? [];
  return queue.map((number) => floor.tickets[number]).filter((ticket) => ticket?.stage === "waiting" && ticket.zone === zone);
}

/**
 * Those whom one counter may call: first whom the hall would call there now, who may be of a zone it helps; then the
 * others of its own zone in order. `counter` as in GET /hall: {id, zone, services | null}.
 */
export function waitingFor(floor, counter) {
  const first = floor.tickets[floor.calls[counter.id]?.ticket];
  const own = waitingIn(floor, counter.zone).filter((ticket) => mayServe(counter, ticket, floor.desks));
  return first?.stage === "waiting" ? [first, ...own.filter((ticket) => ticket.ticket !== first.ticket)] : own;
}

/** Kept for one counter or officer, a ticket is theirs while that desk is open; after that anybody's who can do it. */
export function mayServe(counter, ticket, desks) {
  if (desks[ticket.for_counter]) return ticket.for_counter === counter.id;
  const officers = Object.values(desks).find((desk) => desk.officer === ticket.for_officer);
  if (officers) return officers.counter === counter.id;
  return !counter.services || counter.services.includes(ticket.service);
}

/** The ticket that stands at a counter now, if any. */
export function ticketAt(floor, counter) {
  return Object.values(floor.tickets).find((ticket) => ticket.counter === counter && isAtACounter(ticket)) ?? null;
}

export function atCountersOf(floor, zone) {
  return Object.values(floor.tickets)
    .filter((ticket) => ticket.zone === zone && isAtACounter(ticket))
    .sort((one, other) => compare(one.called_at, other.called_at));
}

/** Parked and missed of a zone, the longest away first. */
export function awayFrom(floor, zone) {
  return Object.values(floor.tickets)
    .filter((ticket) => ticket.zone === zone && mayReturn(ticket))
    .sort((one, other) => compare(one.missed_at ?? one.called_at, other.missed_at ?? other.called_at));
}

/** Called visitors who wished for company and are still on their way. */
export function toAccompany(floor) {
  return Object.values(floor.tickets)
    .filter((ticket) => ticket.care && ticket.stage === "called")
    .sort((one, other) => compare(one.called_at, other.called_at));
}

export const failingPrinters = (floor) => floor.printers.filter((printer) => printer.state === "failing");

/** Those that print still, and want a new roll soon. */
export const lowPrinters = (floor) => floor.printers.filter((printer) => printer.state === "low");

/** The one thing to do, in the reader's language. */
export const adviceOf = (printer, language) => printer.advices?.[language] || printer.advice || "";

/** Tickets whose number holds what was typed: "23" and "t23" find T0023; exact endings first. */
export function findTickets(floor, typed, atMost = 12) {
  const wanted = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (!wanted) return [];
  const [, letters, digits] = /^([A-Z]*)0*(\d*)/.exec(wanted);
  return Object.values(floor.tickets)
    .map((ticket) => ({ ticket, rank: bestRank(ticket, letters, digits) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank || compare(one.ticket.ticket, other.ticket.ticket))
    .slice(0, atMost)
    .map(({ ticket }) => ticket);
}

/** By the number on the paper too, where that is another one. */
function bestRank(ticket, letters, digits) {
  const ranks = [ticket.ticket, ticket.number_on_paper].filter(Boolean).map((number) => rankOf(number, letters, digits));
  return Math.max(...ranks);
}

function rankOf(number, letters, digits) {
  const [, ownLetters, ownDigits] = /^([A-Z]*)0*(\d*)/.exec(number.toUpperCase());
  if (letters && !ownLetters.startsWith(letters)) return 0;
  if (!digits || ownDigits === digits) return 2;
  return ownDigits.includes(digits) ? 1 : 0;
}

/** A guess of the place until the hall says its own order within the second: by first arrival, at the end for equals. */
function placeInQueues(queues, tickets, ticket) {
  const number = ticket.ticket;
  const own = queues[ticket.zone] ?? [];
  if (ticket.stage === "waiting" && own.includes(number)) return queues;
  const next = {};
  for (const [zone, queue] of Object.entries(queues)) {
    next[zone] = queue.includes(number) ? queue.filter((other) => other !== number) : queue;
  }
  if (ticket.stage !== "waiting") return next;
  const behind = own.findIndex((other) => compare(tickets[other]?.first_arrival_at, ticket.first_arrival_at) > 0);
  const place = behind < 0 ? own.length : behind;
  next[ticket.zone] = [...own.slice(0, place), number, ...own.slice(place)];
  return next;
}

function byKey(list = [], key) {
  return Object.fromEntries(list.map((item) => [item[key], item]));
}

function without(table, key) {
  const { [key]: _gone, ...rest } = table;
  return rest;
}

function compare(one, other) {
  if (one === other) return 0;
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
