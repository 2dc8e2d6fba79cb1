// Whether the hall is open at a moment, and when it opens next, from the hours in GET /hall. Plain data.

/** {isOpen, opensAt}: the answer of the server grows old between two readings, so it is judged against the time. */
export function openingAt(hours, now) {
  const opens = hours.opens_at ? Date.parse(hours.opens_at) : null;
  const closes = hours.closes_at ? Date.parse(hours.closes_at) : null;
  if (hours.open_now) return { isOpen: closes === null || now < closes, opensAt: hours.opens_at };
  return { isOpen: opens !== null && now >= opens, opensAt: hours.opens_at };
}

/** How far off an opening is: "today", "tomorrow" or "later", by the hall's calendar; null when unknown. */
export function dayOfOpening(opensAt, now, timezone) {
  if (!opensAt) return null;
  const days = (calendarDay(opensAt, timezone) - calendarDay(now, timezone)) / 86_400_000;
  return days <= 0 ? "today" : days === 1 ? "tomorrow" : "later";
}

function calendarDay(moment, timeZone) {
  return Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(moment)));
}
