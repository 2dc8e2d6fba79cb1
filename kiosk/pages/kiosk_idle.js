// When the visitor has gone, and when a child is drumming on the glass. Pure: seconds come in from outside.

/**
 * rest: nothing to forget, or nothing to interrupt | awake | warning | over.
 * The warning may be answered as often as wanted: every touch starts the time anew.
 */
export function idlePhase(silentSeconds, { kiosk_idle_seconds: idle, kiosk_warning_seconds: warning }) {
  if (silentSeconds < idle) return "awake";
  return silentSeconds < idle + warning ? "warning" : "over";
}

/** Whole seconds left of the warning. */
export function secondsLeft(silentSeconds, { kiosk_idle_seconds: idle, kiosk_warning_seconds: warning }) {
  return Math.max(0, Math.ceil(idle + warning - silentSeconds));
}

const DRUMMING_PRESSES = 12;
const DRUMMING_WITHIN_SECONDS = 2;

/**
 * Remembers the last presses. More than a person makes on purpose: `isDrumming`, and they count for nothing
 * until the hands have rested, so that a child at the kiosk takes no tickets.
 */
export function pressed(presses, atSeconds) {
  return [...presses.filter((at) => at > atSeconds - DRUMMING_WITHIN_SECONDS), atSeconds].slice(-DRUMMING_PRESSES);
}

export function isDrumming(presses) {
  return presses.length >= DRUMMING_PRESSES;
}

const SAME_PRESS_SECONDS = 0.4;
const SAME_PRESS_PIXELS = 40;

/** The second half of a double press whose first half already led to another screen: it was not meant for this one. */
export function isEcho(press, previous) {
  if (!previous || press.screen === previous.screen) return false;
  const isSoon = press.at - previous.at < SAME_PRESS_SECONDS;
  return isSoon && Math.hypot(press.x - previous.x, press.y - previous.y) < SAME_PRESS_PIXELS;
}
