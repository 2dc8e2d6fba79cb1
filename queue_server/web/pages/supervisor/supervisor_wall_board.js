// What the far wall shows, and how large digits must be to be read from afar. Plain data; tested with node --test.
import { waitLevel } from "../staff/staff_wait.js";

export const READ_FROM_MM = 5000;
const DEGREES = 0.7; // capital height in degrees of view (EN 301 549, ADA 707)
const CAPITAL_OF_FONT = 0.73; // of Noto Sans CJK: a digit's height in parts of the font's size
const DRAWN_WIDTH = 1920;
export const ALERTS_SHOWN = 3;

/** Millimetres that a digit must be high to be read from there: 61 at five metres. */
export function capitalHeight(fromMm = READ_FROM_MM) {
  return 2 * fromMm * Math.tan((DEGREES / 2) * (Math.PI / 180));
}

/** The font's size in units of a picture 1920 wide, on a screen of this width. */
export function digitSize(widthMm, fromMm = READ_FROM_MM) {
  return Math.ceil((capitalHeight(fromMm) / CAPITAL_OF_FONT) * (DRAWN_WIDTH / widthMm));
}

/** The most urgent alerts, and how many more there are. */
export function alertsShown(alerts) {
  return { shown: alerts.slice(0, ALERTS_SHOWN), more: Math.max(0, alerts.length - ALERTS_SHOWN) };
}

/** `wall` as GET /wall. */
export function wallBoard(wall, limits) {
  const zones = wall.zones.map((zone) => ({
    ...zone,
    waitLevel: zone.longest_wait_minutes === null ? "good" : waitLevel(zone.longest_wait_minutes, limits),
  }));
  return { all: wall.all, zones, notices: wall.notices ?? [], ...alertsShown(wall.alerts) };
}
