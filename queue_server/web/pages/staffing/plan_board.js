// The staffing plan as plain data. No DOM; tested with node --test.

/** One row a half hour, with a cell for each zone that expects anybody all day or has a counter. */
export function planTable({ zones }) {
  const shown = zones.filter(({ counters, rows }) => counters > 0 || rows.some(({ arrivals }) => arrivals > 0));
  const times = shown[0]?.rows.map(({ from }) => from) ?? [];
  return { zones: shown, rows: times.map((from, place) => ({ from, cells: shown.map((zone) => cellOf(zone, zone.rows[place])) })) };
}

function cellOf({ counters, desk_kinds: kinds = [] }, row) {
  const tooMany = row.needed > counters || kinds.some((kind, place) => row.desks[place].needed > kind.counters);
  return { ...row, tooMany, split: splitOf(kinds, row) };
}

/** How many desks of which kind: [{title, needed}]; none where a zone has one kind only, or nobody is needed. */
function splitOf(kinds, { desks = [] }) {
  if (kinds.length < 2) return [];
  return kinds.map(({ title }, place) => ({ title, ...desks[place] })).filter(({ needed }) => needed > 0);
}

/** The half hours in which the usual roster has too few, as stretches by zone: [{zone, from, until}]. */
export function shortStretches({ zones }) {
  return zones.flatMap(({ zone, rows }) => {
    const found = [];
    rows.forEach(({ from, short }, place) => {
      if (!short) return;
      if (place > 0 && rows[place - 1].short) found[found.length - 1].until = halfHourAfter(from);
      else found.push({ zone, from, until: halfHourAfter(from) });
    });
    return found;
  });
}

export function halfHourAfter(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  const later = hours * 60 + minutes + 30;
  return `${String(Math.floor(later / 60)).padStart(2, "0")}:${String(later % 60).padStart(2, "0")}`;
}
