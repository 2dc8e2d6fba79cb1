// How this one screen is set: its block of the hall's file, with the defaults of every screen that is not named there.

const DEFAULTS = {
  distance_m: 0,
  height_mm: 0,
  layout: "calls_and_zones",
  most_calls: 0,
  contrast: "house",
  evening_from: "",
  evening_until: "",
  playlist: "",
  clip_seconds: 15,
  silent: false,
};

const DIGITS_DEGREES = 0.7; // EN 301 549: capital height as seen from where people sit

/** The settings of the display with this name. `displays` as GET /hall has them. */
export function settingsOf(displays, id) {
  return { ...DEFAULTS, ...(displays ?? []).find((each) => each.id === id) };
}

/** The least height of a digit in CSS px, so that it fills 0.7° from `distance_m`; 0 where nothing was measured. */
export function leastDigitPx({ distance_m, height_mm }, screenHeightPx) {
  if (!(distance_m > 0) || !(height_mm > 0)) return 0;
  const digitMm = 2 * distance_m * 1000 * Math.tan((DIGITS_DEGREES / 2) * (Math.PI / 180));
  return (digitMm * screenHeightPx) / height_mm;
}

/** Whether the evening's colours hold at `time`, "HH:MM" in the hall; a span may go over midnight. */
export function isEvening({ evening_from: from, evening_until: until }, time) {
  if (!from || !until || from === until) return false;
  return from < until ? from <= time && time < until : time >= from || time < until;
}
