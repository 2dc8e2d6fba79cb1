// A small hall for the tests of the staff's boards: two zones with people waiting, at counters and away.

export const NOW = Date.parse("2026-11-23T01:42:00Z"); // 09:42 in the hall

export const HALL = {
  zones: [
    { id: "smart", name: { zh: "智慧网办区", en: "Smart Online Zone" }, shape: "●", tone: "smart" },
    { id: "special", name: { zh: "特殊业务受理区", en: "Special Business Zone" }, shape: "■", tone: "special" },
    { id: "care", name: { zh: "爱心服务区", en: "Care Zone" }, shape: "♥", tone: "care" },
  ],
  counters: [
    { id: "1", zone: "smart", services: null },
    { id: "3", zone: "special", services: null },
    { id: "6", zone: "special", services: ["DK01"] },
    { id: "8", zone: "care", services: null },
  ],
  limits: { wait_good_minutes: 10, wait_look_minutes: 15, wait_act_minutes: 30, calls_before_missed: 3 },
};

export function ticket(number, changes = {}) {
  return {
    ticket: number,
    service: "TQ01",
    zone: "special",
    care: false,
    language: "zh",
    channel: "kiosk:K1",
    stage: "waiting",
    for_counter: null,
    counter: null,
    calls: 0,
    first_arrival_at: "2026-11-23T01:30:00+00:00",
    called_at: null,
    started_at: null,
    held_at: null,
    ended_at: null,
    missed_at: null,
    outcome: null,
    reason: null,
    came_back: false,
    transfers: 0,
    bounced: false,
    undo_until: null,
    recall_from: null,
    feedback: null,
    asked_for_help: false,
    paper: "printed",
    issue: 1,
    ...changes,
  };
}

export const called = (number, counter, changes = {}) =>
  ticket(number, {
    stage: "called",
    counter,
    calls: 1,
    called_at: "2026-11-23T01:41:30+00:00",
    recall_from: "2026-11-23T01:42:15+00:00",
    ...changes,
  });

export const desk = (counter, changes = {}) => ({
  counter,
  zone: "special",
  officer: "zhao",
  officer_name: "赵静",
  paused: false,
  pause_reason: null,
  opened_at: "2026-11-23T01:00:00+00:00",
  idle_since: null,
  ticket: null,
  ...changes,
});

export function floorAnswer(changes = {}) {
  const tickets = [
    ticket("T0021", { first_arrival_at: "2026-11-23T01:10:00+00:00" }),
    ticket("D0004", { first_arrival_at: "2026-11-23T01:20:00+00:00", service: "DK01" }),
    ticket("T0023", { first_arrival_at: "2026-11-23T01:30:00+00:00" }),
    ticket("W0041", { zone: "smart", first_arrival_at: "2026-11-23T01:40:00+00:00" }),
  ];
  return {
    day: "2026-11-23",
    seq: 17,
    tickets,
    desks: [desk("3")],
    queues: { smart: ["W0041"], special: ["T0021", "D0004", "T0023"], care: [] },
    waits: { T0021: { ahead: 0, wait: null }, D0004: { ahead: 1, wait: null }, T0023: { ahead: 2, wait: null } },
    zones: HALL.zones.map(({ id }) => ({ zone: id, waiting: 1, wait: null, open_desks: 1, closed: false, notice: "" })),
    help: [],
    printers: [],
    ...changes,
  };
}

export const message = (seq, name, fields = {}) => ({
  seq,
  day: "2026-11-23",
  name,
  at: "2026-11-23T01:42:00+00:00",
  after: {},
  ...fields,
});
