// “What if”: what can be chosen, what a choice asks, what the answer says. Plain data, no DOM; tested with node --test.

export const KINDS = ["open", "close", "serve", "move_break", "add_people"];
export const MOST_ACTS = 4;
const DETAILS = { close: [30, 60, 0], move_break: [-30, 30, 60], add_people: [1, 2, 3] };
const USUAL = { close: 60, move_break: 30, add_people: 1 };
const MOST_ROWS = 6;

/** A new choice: only its kind is known. */
export const choiceOf = (kind) => ({ kind, counter: null, zone: null, category: null, n: USUAL[kind] ?? null });

/** What a kind of act can be done to now: ids of counters, or of zones for `add_people`. */
export function targets(kind, options, hall) {
  if (kind === "add_people") return hall.zones.map(({ id }) => id);
  const fits = {
    open: (one) => !one.open,
    close: (one) => one.open,
    serve: (one) => one.open,
    move_break: (one) => one.break !== null,
  }[kind];
  return options.counters.filter(fits).map(({ counter }) => counter);
}

/** How much or how many: the numbers to choose from. */
export const amounts = (kind) => DETAILS[kind] ?? [];

/** Categories that a counter can be opened for, or be told to keep to; none where it can do but one. */
export function categoriesOf(choice, options, categories) {
  const counter = options.counters.find((one) => one.counter === choice.counter);
  if (!counter || !["open", "serve"].includes(choice.kind)) return [];
  const lent = choice.kind === "serve" && choice.zone !== null;
  const may = (service) => lent || counter.services === null || counter.services.includes(service);
  const found = categories.filter(({ services }) => services.some(may));
  return found.length > 1 ? found.map(({ id }) => id) : [];
}

/** Zones that a counter could help instead of its own. */
export function otherZones(choice, options, hall) {
  if (choice.kind !== "serve") return [];
  const own = options.counters.find((one) => one.counter === choice.counter)?.zone;
  return own ? hall.zones.map(({ id }) => id).filter((id) => id !== own) : [];
}

/** The act as POST /what-if wants it; null while something is still to be chosen. */
export function actOf(choice, options, categories) {
  const { kind, counter, zone, category, n } = choice;
  if (kind === "add_people") return zone && n ? { kind, zone, people: n } : null;
  if (!counter) return null;
  if (kind === "close" || kind === "move_break") return { kind, counter, minutes: n };
  if (kind === "serve" && !zone && !category) return null;
  const services = category ? servicesOf(choice, options, categories) : null;
  return { kind, counter, ...(kind === "serve" && zone ? { zone } : {}), ...(services ? { services } : {}) };
}

function servicesOf({ counter, category, zone }, options, categories) {
  const all = categories.find(({ id }) => id === category).services;
  const can = options.counters.find((one) => one.counter === counter).services;
  return can === null || zone ? all : all.filter((service) => can.includes(service));
}

/** The table: everybody first, then where most changes; rows in which nothing can be told apart from chance last. */
export function resultRows({ groups }) {
  const [everybody, ...others] = groups;
  const size = (row) => Math.max(...[row.longest_change, row.average_change].map((one) => (one.beyond_chance ? Math.abs(one.mean) : 0)));
  const zones = others.filter(({ category }) => category === null);
  const moved = others.filter((row) => row.category !== null && size(row) >= 1).sort((a, b) => size(b) - size(a));
  const rows = [everybody, ...zones.flatMap((zone) => [zone, ...moved.filter(({ zone: id }) => id === zone.zone)])];
  return rows.slice(0, MOST_ROWS).map((row) => ({ ...row, moved: size(row) >= 1 }));
}

/** The row that the first sentence is about: where the longest wait changes most beyond chance; null: nowhere. */
export function mainRow({ groups }) {
  const told = groups.slice(1).filter(({ longest_change: one, people }) => one.beyond_chance && people > 0);
  const by = (row) => Math.abs(row.longest_change.mean);
  return told.reduce((best, row) => (best === null || by(row) > by(best) ? row : best), null);
}
