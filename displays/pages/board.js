// What the displays know of the hall, as plain data: from GET /board, then kept right by the feed. No DOM, socket or clock.

const RECENT_SHOWN = 8;
const LEFT_THE_CALL = new Set(["serving", "held", "served", "parked"]);

/** From the answer of GET /board. */
export function boardFrom(answer) {
  return {
    day: answer.day,
    seq: answer.seq,
    calls: answer.calls.map(callOf), // now called, newest first
    recent: answer.recent.map(callOf), // called before, no longer called, newest first
    missed: answer.missed.map(({ ticket, zone }) => ({ ticket, zone })),
    serving: new Map((answer.serving ?? []).map(({ ticket, counter }) => [counter, ticket])),
    zones: answer.zones,
    next: answer.next ?? {}, // zone → the tickets that come next, in order
    desksKnown: answer.desks !== undefined,
    desks: new Map((answer.desks ?? []).map((desk) => [desk.counter, desk])),
    errorMinutes: answer.error_minutes ?? null,
    errorOf: answer.error_of ?? "today",
    notices: answer.notices ?? [], // the supervisor's words to everybody, the newest first
    dayIsOver: false,
  };
}

/** The notice that hangs at `now`, hall time; null for none. */
export function noticeNow(board, now) {
  return board.notices.find((notice) => Date.parse(notice.until) > now) ?? null;
}

/** The board after one event of the feed. */
export function applyEvent(board, event) {
  if (event.seq <= board.seq) return board; // heard twice
  let changed = { ...board, seq: event.seq };
  const after = event.after ?? {};
  if (after.ticket) changed = withTicket(changed, after.ticket, event.name);
  if (after.zone) changed = withZone(changed, after.zone);
  if (after.notices) changed = { ...changed, notices: after.notices };
  if (event.name.startsWith("desk_")) changed = { ...changed, desks: desksAfter(board.desks, event) };
  if (event.name === "day_closed") changed = { ...changed, calls: [], missed: [], serving: new Map(), dayIsOver: true };
  return changed;
}

/** The board after a `waits` message: how many wait, how long, who comes next. */
export function applyWaits(board, waits) {
  return {
    ...board,
    zones: waits.zones ?? board.zones,
    next: waits.next ?? board.next,
    errorMinutes: waits.error_minutes ?? board.errorMinutes,
    errorOf: waits.error_of ?? board.errorOf,
  };
}

/** The call of this ticket that stands now; undefined when it is no longer called. */
export function callOfTicket(board, ticket) {
  return board.calls.find((call) => call.ticket === ticket);
}

function callOf({ ticket, zone, counter, calls, called_at, care }) {
  return { ticket, zone, counter, attempt: calls ?? 1, calledAt: called_at, care: Boolean(care) };
}

function withTicket(board, ticket, eventName) {
  const before = callOfTicket(board, ticket.ticket);
  const calls = board.calls.filter((call) => call !== before);
  const isCalled = ticket.stage === "called";
  if (isCalled && eventName === "ticket_called") calls.unshift(callOf(ticket));
  else if (isCalled) insertByTime(calls, callOf(ticket)); // a transfer taken back: called before, not just now
  const wentToCounter = before && LEFT_THE_CALL.has(ticket.stage);
  return {
    ...board,
    calls,
    recent: isCalled || wentToCounter ? recentAfter(board.recent, ticket, wentToCounter && before) : board.recent,
    missed: missedAfter(board.missed, ticket),
    serving: servingAfter(board.serving, ticket),
  };
}

function insertByTime(calls, call) {
  const place = calls.findIndex((other) => other.calledAt < call.calledAt);
  calls.splice(place < 0 ? calls.length : place, 0, call);
}

function recentAfter(recent, ticket, call) {
  const others = recent.filter((each) => each.ticket !== ticket.ticket);
  return call ? [call, ...others].slice(0, RECENT_SHOWN) : others;
}

function missedAfter(missed, ticket) {
  const others = missed.filter((each) => each.ticket !== ticket.ticket);
  return ticket.stage === "missed" ? [{ ticket: ticket.ticket, zone: ticket.zone }, ...others] : others;
}

function servingAfter(serving, ticket) {
  const atCounters = [...serving].filter(([, served]) => served !== ticket.ticket);
  if (ticket.stage === "serving" || ticket.stage === "held") atCounters.push([ticket.counter, ticket.ticket]);
  return new Map(atCounters);
}

function withZone(board, { zone, closed, notice }) {
  const zones = board.zones.map((each) => (each.zone === zone ? { ...each, closed, notice } : each));
  return { ...board, zones };
}

function desksAfter(before, { name, counter }) {
  const desks = new Map(before);
  if (name === "desk_closed") desks.delete(counter);
  else desks.set(counter, { counter, paused: name === "desk_paused" });
  return desks;
}
