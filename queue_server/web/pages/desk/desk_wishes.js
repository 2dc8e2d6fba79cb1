// What each verb and each choice of the desk asks of the hall: path and body. Plain data, tested with node --test.
import { transferTargets } from "../staff/staff_targets.js";
import { MOVE_REASONS, POSITIONS, PUT_FIRST_REASONS } from "../staff/staff_moves.js";
import { phraseOf } from "./desk_guide.js";
import { OUTCOMES, PARK_REASONS, PAUSE_REASONS } from "./desk_board.js";
import { KEYS } from "./desk_keys.js";

const PANELS = new Set(["end", "park", "transfer", "add", "direct", "pause", "hand", "call"]);
const SERVICES_SHOWN = 9;
const AFTER = ["stop", "next"]; // ending: take a breath, or call the next one at once
const CALLS = { guide: ["company", "copies", "language"], supervisor: ["upset", "decide", "now"] }; // whom, and what for
const KEEP_FOR = ["queue", "counter", "officer"]; // whom somebody parked comes back to

/** Verbs that ask something first, and so open a panel instead of being sent. */
export const opensPanel = (verb) => PANELS.has(verb);

/** {path, body} of a verb that needs no further choice. */
export function wishOf(verb, { counter, ticket }) {
  switch (verb) {
    case "open":
      return { path: `/counters/${counter}/open`, body: {} };
    case "next":
      return { path: `/counters/${counter}/call-next`, body: { if_free: true } };
    case "close":
      return { path: `/counters/${counter}/close`, body: {} };
    default:
      return { path: `/tickets/${ticket.ticket}/${verb}`, body: {} }; // recall, start, hold, resume, missed
  }
}

/** What is chosen beside the choices when a panel opens. */
export function firstOptions(hall) {
  return { after: hall.call_on_finish ? "next" : "stop", keep: "queue", position: "fair", why: MOVE_REASONS[0] };
}

/** The options after one was changed. Going first needs a reason of its own, which somebody has to choose. */
export function withOption(options, name, value) {
  const why = name === "position" ? { why: value === "first" ? null : MOVE_REASONS[0] } : {};
  return { ...options, ...why, [name]: value };
}

/** The value after the one chosen, for the key that goes through them. */
export function nextValue(option) {
  return option.values[(option.values.indexOf(option.chosen) + 1) % option.values.length];
}

/**
 * An open panel: its choices in order; each is sent as `wish`, or leads one step deeper with `opens`. `options` are
 * answered beside them: [{name, key, values, chosen}].
 */
export function panelOf(kind, context) {
  const panel = MAKERS[kind](context);
  return { kind, key: KEYS[kind] ?? null, hasDefault: false, search: false, options: [], ...panel };
}

const moveOptions = ({ position, why }) => [
  { name: "position", key: "Q", values: POSITIONS, chosen: position },
  { name: "why", key: "Y", values: position === "first" ? PUT_FIRST_REASONS : MOVE_REASONS, chosen: why },
];

/** The colleagues at open desks, whether or not they can do it. */
function officersBeside(context) {
  return transferTargets(context)
    .counters.filter((target) => target.desk && target.id !== context.counter)
    .map((target) => ({ id: target.desk.officer, zone: target.zone, officerTarget: target, enabled: target.serves }));
}

function endOf(ticket, outcome, options, { risks = [] }) {
  const told = risks.filter((risk) => risk.told).map((risk) => risk.code);
  return { outcome, call_next: options.after === "next", told, expected_stage: ticket.stage };
}

const MAKERS = {
  // done only when what has to be told was told; the other ends need no such word
  end: ({ ticket, options, guide, notices = { open: 0 } }) => ({
    hasDefault: true,
    notices: notices.open ? notices : null,
    options: [{ name: "after", key: "N", values: AFTER, chosen: options.after }],
    choices: OUTCOMES.map((outcome) => ({
      id: outcome,
      label: `desk.outcome_${outcome}`,
      phrase: phraseOf(guide, outcome),
      enabled: outcome !== "done" || !notices.open,
      wish: { path: `/tickets/${ticket.ticket}/end`, body: endOf(ticket, outcome, options, notices) },
    })),
  }),
  park: ({ ticket, options }) => ({
    options: [{ name: "keep", key: "B", values: KEEP_FOR, chosen: options.keep }],
    choices: PARK_REASONS.map((reason) => ({
      id: reason,
      label: `staff.reason_${reason}`,
      wish: { path: `/tickets/${ticket.ticket}/park`, body: { reason, keep_for: options.keep, expected_stage: ticket.stage } },
    })),
  }),
  hand: (context) => ({
    choices: officersBeside(context).map((choice) => ({
      ...choice,
      wish: transferWish({ ...context, options: { position: "first", why: "handed_over" } }, { officer: choice.id }),
    })),
  }),
  call: ({ counter }) => ({
    choices: Object.entries(CALLS).flatMap(([wanted, reasons]) =>
      reasons.map((reason) => ({
        id: `${wanted}-${reason}`,
        label: `staff.call_${reason}`,
        whom: `staff.role_${wanted}`,
        wish: { path: `/counters/${counter}/call-colleague`, body: { wanted, reason } },
      })),
    ),
  }),
  pause: ({ counter }) => ({
    choices: PAUSE_REASONS.map((reason) => ({
      id: reason,
      label: `staff.reason_${reason}`,
      wish: { path: `/counters/${counter}/pause`, body: { reason } },
    })),
  }),
  add: ({ ticket, found }) => ({
    search: true,
    choices: found
      .filter((service) => ![ticket.service, ...(ticket.services_to_do ?? [])].includes(service.id))
      .slice(0, SERVICES_SHOWN)
      .map((service) => ({
        id: service.id,
        service,
        wish: { path: `/tickets/${ticket.ticket}/services`, body: { service: service.id } },
      })),
  }),
  direct: ({ counter, found }) => ({
    search: true,
    choices: found.slice(0, SERVICES_SHOWN).map((service) => ({
      id: service.id,
      service,
      wish: { path: `/counters/${counter}/serve-directly`, body: { service: service.id } },
    })),
  }),
  row: ({ counter, row, neighbour, isFree }) => ({
    about: row,
    choices: [
      { id: "call", label: "desk.call_this", enabled: isFree, wish: { path: `/counters/${counter}/call`, body: { ticket: row } } },
      { id: "why", label: "staff.why_order", enabled: neighbour !== null, opens: "why" },
    ],
  }),
  why: ({ row, explained }) => ({ back: "row", about: row, explained, choices: [] }),
  transfer: (context) => ({
    options: moveOptions(context.options),
    choices: [
      ...transferTargets(context).zones.map((target) => ({
        id: target.id,
        zone: target.zone,
        target,
        enabled: !target.closed && context.options.why !== null,
        wish: transferWish(context, { zone: target.id }),
      })),
      { id: "service", label: "staff.change_service", opens: "transfer_service", enabled: context.options.why !== null },
      { id: "counter", label: "staff.change_counter", opens: "transfer_counter", enabled: context.options.why !== null },
      { id: "officer", label: "staff.change_officer", opens: "transfer_officer", enabled: context.options.why !== null },
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
        wish: transferWish(context, { counter: target.id }),
      })),
  }),
  transfer_officer: (context) => ({
    back: "transfer",
    choices: officersBeside(context).map((choice) => ({ ...choice, wish: transferWish(context, { officer: choice.id }) })),
  }),
  transfer_service: (context) => ({
    back: "transfer",
    search: true,
    choices: context.found
      .filter((service) => service.id !== context.ticket.service)
      .slice(0, SERVICES_SHOWN)
      .map((service) => ({ id: service.id, service, wish: transferWish(context, { service: service.id }) })),
  }),
};

function transferWish({ ticket, options }, to) {
  const { position, why } = options;
  return { path: `/tickets/${ticket.ticket}/transfer`, body: { ...to, position, reason: why, expected_stage: ticket.stage } };
}
