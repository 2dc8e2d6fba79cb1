// What each verb and each choice of the desk asks of the hall: path and body. Plain data, tested with node --test.
import { transferTargets } from "../staff/staff_targets.js";
import { OUTCOMES, PARK_REASONS, PAUSE_REASONS } from "./desk_board.js";
import { KEYS } from "./desk_keys.js";

const PANELS = new Set(["end", "park", "transfer"]);
const SERVICES_SHOWN = 9;

/** Verbs that ask something first, and so open a panel instead of being sent. */
export const opensPanel = (verb) => PANELS.has(verb);

/** {path, body} of a verb that needs no further choice. */
export function wishOf(verb, { counter, ticket }) {
  switch (verb) {
    case "open":
      return { path: `/counters/${counter}/open`, body: {} };
    case "next":
      return { path: `/counters/${counter}/call-next`, body: {} };
    case "close":
      return { path: `/counters/${counter}/close`, body: {} };
    default:
      return { path: `/tickets/${ticket.ticket}/${verb}`, body: {} }; // recall, start, hold, resume, missed
  }
}

/** An open panel: its choices in order; each is sent as `wish`, or leads one step deeper with `opens`. */
export function panelOf(kind, context) {
  const panel = MAKERS[kind](context);
  return { kind, key: KEYS[kind] ?? null, hasDefault: false, search: false, ...panel };
}

const MAKERS = {
  end: ({ ticket }) => ({
    hasDefault: true,
    choices: OUTCOMES.map((outcome) => ({
      id: outcome,
      label: `desk.outcome_${outcome}`,
      wish: { path: `/tickets/${ticket.ticket}/end`, body: { outcome } },
    })),
  }),
  park: ({ ticket }) => ({
    choices: PARK_REASONS.map((reason) => ({
      id: reason,
      label: `staff.reason_${reason}`,
      wish: { path: `/tickets/${ticket.ticket}/park`, body: { reason } },
    })),
  }),
  pause: ({ counter }) => ({
    choices: PAUSE_REASONS.map((reason) => ({
      id: reason,
      label: `staff.reason_${reason}`,
      wish: { path: `/counters/${counter}/pause`, body: { reason } },
    })),
  }),
  transfer: (context) => ({
    choices: [
      ...transferTargets(context).zones.map((target) => ({
        id: target.id,
        zone: target.zone,
        target,
        enabled: !target.closed,
        wish: transferWish(context.ticket, { zone: target.id }),
      })),
      { id: "service", label: "staff.change_service", opens: "transfer_service" },
      { id: "counter", label: "staff.change_counter", opens: "transfer_counter" },
    ],
  }),
  transfer_counter: (context) => ({
    back: "transfer",
    choices: transferTargets(context)
      .counters.filter((target) => target.id !== context.counter)
      .map((target) => ({
        id: target.id,
        zone: target.zone,
        counterTarget: target,
        enabled: target.serves,
        wish: transferWish(context.ticket, { counter: target.id }),
      })),
  }),
  transfer_service: ({ ticket, found }) => ({
    back: "transfer",
    search: true,
    choices: found
      .filter((service) => service.id !== ticket.service)
      .slice(0, SERVICES_SHOWN)
      .map((service) => ({ id: service.id, service, wish: transferWish(ticket, { service: service.id }) })),
  }),
};

function transferWish(ticket, to) {
  return { path: `/tickets/${ticket.ticket}/transfer`, body: to };
}
