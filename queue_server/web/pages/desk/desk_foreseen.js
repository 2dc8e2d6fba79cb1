// The floor as it will be when what was pressed without network has been done. Plain data; the hall has the last word.

const STAGES = { start: "serving", hold: "held", resume: "serving", park: "parked", missed: "missed", transfer: "waiting", hand: "waiting", end: "served" };
const LEAVES = new Set(["parked", "missed", "waiting", "served"]);

/**
 * `wishes` in the order of pressing, as in desk_line.js. `isUnknown`: somebody will be at the counter whom only the hall
 * can name, so that nothing more can be pressed about them.
 */
export function foresee(floor, counter, wishes) {
  let seen = floor;
  let isUnknown = false;
  for (const wish of wishes) {
    seen = withDesk(withTicket(seen, counter, wish), counter, wish);
    isUnknown = isUnknown || onlyTheHallKnows(floor, wish);
  }
  return { floor: seen, isUnknown };
}

function onlyTheHallKnows(floor, { name, ticket, body }) {
  if (name === "end") return body.call_next === true || floor.tickets[ticket]?.services_to_do?.length > 0;
  return ["next", "direct", "undo", "back"].includes(name);
}

function withTicket(floor, counter, { name, ticket, body }) {
  const before = floor.tickets[ticket];
  if (!before) return floor;
  const after = changed(before, counter, name, body);
  const queues = Object.fromEntries(
    Object.entries(floor.queues).map(([zone, queue]) => [zone, after.stage === "waiting" ? queue : queue.filter((n) => n !== ticket)]),
  );
  return { ...floor, queues, tickets: { ...floor.tickets, [ticket]: after } };
}

function changed(ticket, counter, name, body) {
  if (name === "row") return { ...ticket, stage: "called", counter: counter.id, calls: 1, called_at: null, recall_from: null };
  if (name === "add") return { ...ticket, services_to_do: [...(ticket.services_to_do ?? []), body.service] };
  const stage = STAGES[name] ?? ticket.stage;
  return { ...ticket, stage, counter: LEAVES.has(stage) ? null : ticket.counter };
}

function withDesk(floor, counter, { name, body }) {
  const desk = floor.desks[counter.id];
  if (name === "open") return put(floor, { ...desk, counter: counter.id, paused: false });
  if (name === "pause" && desk) return put(floor, { ...desk, paused: true, pause_reason: body.reason });
  if (name !== "close") return floor;
  const { [counter.id]: _gone, ...desks } = floor.desks;
  return { ...floor, desks };
}

const put = (floor, desk) => ({ ...floor, desks: { ...floor.desks, [desk.counter]: desk } });
