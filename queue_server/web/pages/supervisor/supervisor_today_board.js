// What may be arranged for today, as plain data. No DOM, no words, no clock; tested with node --test.

const LAST_MINUTE = 23 * 60 + 59;

/** "17:00" and 30 → "17:30"; null when that is another day. */
export function laterBy(time, minutes) {
  if (!time) return null;
  const [hours, rest] = time.split(":").map(Number);
  const later = hours * 60 + rest + minutes;
  if (later > LAST_MINUTE) return null;
  return [Math.floor(later / 60), later % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** A time of the hall's day as a moment, by what the hall's clock shows now. `now` in milliseconds. */
export function momentToday(time, shownNow, now) {
  const inMinutes = (shown) => shown.split(":").map(Number).reduce((hours, rest) => hours * 60 + rest);
  const moment = new Date(now + (inMinutes(time) - inMinutes(shownNow)) * 60_000);
  moment.setUTCSeconds(0, 0);
  return moment.toISOString();
}

/** The services that a zone can do, in the catalogue's order. */
export function servicesOfZone({ hall, services }, zone) {
  const coaches = hall.zones.find(({ id }) => id === zone)?.purpose === "coaching";
  return Object.values(services).filter(({ coaching }) => !coaches || (coaching?.possible ?? coaching)).map(({ id }) => id);
}

/** What a form begins with: the first counter, in the zone where it stands now. */
export function firstChoice(today, hall) {
  return { counter: "", zone: hall.zones[0]?.id ?? today.counters[0]?.zone };
}

/** The choice after a change: another known counter brings its zone. */
export function chosenAfter(chosen, change, today) {
  const known = change.counter === undefined ? null : today.counters.find(({ id }) => id === change.counter);
  return { ...chosen, ...change, ...(known ? { zone: known.zone } : {}) };
}
