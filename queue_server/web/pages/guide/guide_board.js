// What the guide's tablet shows, from the floor and the moment. Plain data: no DOM, no socket, no words.
import { atCountersOf, awayFrom, failingPrinters, findTickets, isOver, toAccompany, waitingIn } from "../staff/staff_floor.js";
import { MOVE_REASONS } from "../staff/staff_moves.js";
import { secondsUntil } from "../staff/staff_wait.js";

export const CARDS_SHOWN = 40; // drawn at first; more on request, so that a very long queue stays smooth

/** `shown`: zone -> how many cards the guide has asked to see. */
export function guideBoard({ floor, hall, shown = {} }) {
  return {
    attention: attentionOf(floor),
    zones: hall.zones.map((zone) => {
      const waiting = waitingIn(floor, zone.id);
      const limit = shown[zone.id] ?? CARDS_SHOWN;
      return {
        zone,
        now: floor.zones[zone.id] ?? null,
        waiting: waiting.length,
        cards: waiting.slice(0, limit),
        more: Math.max(0, waiting.length - limit),
        atCounters: atCountersOf(floor, zone.id),
        away: awayFrom(floor, zone.id),
      };
    }),
  };
}

/** What needs a person now, in this order: somebody asked, somebody is to be accompanied, a printer fails. */
export function attentionOf(floor) {
  return [
    ...floor.help.map((call) => ({ kind: "help", id: `help-${call.place}`, ...call })),
    ...toAccompany(floor).map((ticket) => ({ kind: "escort", id: `escort-${ticket.ticket}`, ticket: ticket.ticket, counter: ticket.counter })),
    ...failingPrinters(floor).map((printer) => ({ kind: "printer", id: `printer-${printer.printer}`, ...printer })),
  ];
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
  };
}

/** How a move is made when a sheet opens: by arrival, as the visitor wishes. */
export const usualMove = () => ({ position: "fair", why: MOVE_REASONS[0], isOpen: false });

/** After one of them was changed. Going first needs a reason of its own, which somebody has to choose. */
export function changeMove(how, change) {
  const why = change.position ? { why: change.position === "first" ? null : MOVE_REASONS[0] } : {};
  return { ...how, ...why, ...change };
}

/** What is asked of the hall. A ticket that was called since the sheet opened is not torn away: the hall refuses. */
export function moveWish(to, { how, stage }) {
  return { ...to, position: how.position, reason: how.why, expected_stage: stage };
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

/** The toast after a move: where the ticket is now and how long it may still be undone; null when it is over. */
export function undoToast({ move, floor, hall, now }) {
  if (!move) return null;
  const seconds = secondsUntil(move.until, now);
  const ticket = floor.tickets[move.ticket];
  if (!ticket || seconds <= 0 || ticket.stage !== "waiting") return null;
  return {
    ticket: move.ticket,
    seconds,
    zone: hall.zones.find((zone) => zone.id === ticket.zone),
    counter: ticket.for_counter,
    ahead: floor.waits[move.ticket]?.ahead ?? null,
  };
}
