// The day's chart as plain data: minutes of the hall's day against people waiting. No canvas; tested with node --test.

/**
 * `timeOf(iso)` gives "09:31" in the hall's own time. The axis is the hall's opening hours, so that the chart stands still
 * and only the lines move; it grows when the day is longer. Right of now stands what is foreseen, as a band, where that is
 * worth showing; `ahead` as GET /measures has it.
 */
export function chartBoard({ series, zones, hours, timeOf, ahead = { times: [], zones: {} } }) {
  const minutes = minutesOfDay(series.times, timeOf);
  const spans = hours.today ?? [];
  const now = minutes[minutes.length - 1] ?? null;
  const last = spans[spans.length - 1];
  const starts = [spans[0]?.[0] && minuteOf(spans[0][0]), minutes[0]].filter(isNumber);
  const ends = [last?.[1] && minuteOf(last[1]), now].filter(isNumber);
  const lines = zones.map((zone) => ({
    zone,
    points: minutes.map((minute, place) => [minute, series.zones[zone.id]?.[place] ?? 0]),
  }));
  const bands = bandsOf(ahead, zones, timeOf);
  return {
    from: starts.length ? Math.floor(Math.min(...starts) / 30) * 30 : 9 * 60,
    until: ends.length ? Math.ceil(Math.max(...ends) / 30) * 30 : 17 * 60,
    now,
    lines,
    bands,
    top: topOf(Math.max(...[...lines, ...bands].flatMap(({ points }) => points.map((point) => point[point.length - 1])), 0)),
  };
}

/** Each zone's band from now on: [minute, P50, P90]. */
function bandsOf({ times, zones: foreseen }, zones, timeOf) {
  const minutes = minutesOfDay(times, timeOf);
  return zones
    .filter(({ id }) => foreseen[id])
    .map((zone) => ({ zone, points: minutes.map((minute, place) => [minute, foreseen[zone.id].p50[place], foreseen[zone.id].p90[place]]) }));
}

/** The axis ends a little above the highest point, at a number that four whole steps reach. */
function topOf(most) {
  const step = Math.ceil((most * 1.08) / 4);
  return Math.max(1, step > 5 ? Math.ceil(step / 5) * 5 : step) * 4;
}

function minutesOfDay(times, timeOf) {
  if (!times.length) return [];
  const first = minuteOf(timeOf(times[0]));
  const start = Date.parse(times[0]);
  return times.map((time) => first + (Date.parse(time) - start) / 60_000);
}

const isNumber = (value) => typeof value === "number" && !Number.isNaN(value);

export function minuteOf(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export function clockOf(minute) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  return `${two(minute / 60)}:${two(minute % 60)}`;
}
