// The floor as it will be once the hall has answered: what was pressed and not answered yet shows at once, marked.
// When the hall says no, the wish leaves the outbox and the floor is again what the hall says.
import { withTicket } from "./staff_floor.js";

const TICKET_WISH = /^\/tickets\/([^/]+)\/(transfer|return|abandon|here|place|minutes)$/;

/** `wishes` as the outbox has them: {path, body}. The very floor when none of them changes what is shown. */
export function hopedFloor(floor, wishes) {
  return wishes.reduce((hoped, wish) => {
    const [, number, verb] = TICKET_WISH.exec(wish.path) ?? [];
    const ticket = number && hoped.tickets[number];
    return ticket ? withTicket(hoped, { ...ticket, ...HOPED[verb](ticket, wish.body), hoped: true }) : hoped;
  }, floor);
}

const HOPED = {
  transfer: (ticket, { zone, service, counter, officer }) => ({
    zone: zone ?? ticket.zone,
    service: service ?? ticket.service,
    for_counter: counter ?? null,
    for_officer: officer ?? null,
    stage: "waiting",
  }),
  return: () => ({ stage: "waiting" }),
  abandon: () => ({ stage: "abandoned" }),
  place: (_ticket, { place }) => ({ place }),
  minutes: () => ({ stage: "parked", reason: "minutes" }),
  here: () => ({ presence: "here" }),
};
