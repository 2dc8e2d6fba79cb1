// How large the numbers are and how many fit: worked out from the screen's size and what its furthest seat needs. Pure.
//
// Lengths in "u" are those of displays.css, where 1 u is 1 px at 1920 × 1080 and at 1080 × 1920.

import { layoutOf } from "./layouts.js";

const DIGIT_OF_FONT = 0.73; // height of a digit in Noto Sans CJK SC, as a part of the font's size
const COUNTER_OF_TICKET = 0.8; // the counter's digits beside the ticket's; as large as they where no side stands
// what a card takes, in the ticket's font sizes, for "W8888" and counter "88": [across, down]
const ROW = [6.3, 1.38];
const LARGE_ROW = [6.5, 1.38];
const STACKED = [3.9, 2.4];
const GAP = 26;
const BAR = 96;

/** What stands around the calls on each screen: beside or below, foot, and what pictures add below, in u. */
const AROUND = {
  hall: { sideShare: 1.92 / 2.92, sideGap: 44, sideBelow: 560, cornerBelow: 348, foot: 96, footUpright: 128, padding: 36 },
  zone: { sideShare: 2.6 / 3.6, sideGap: 48, sideBelow: 730, cornerBelow: 110, foot: 96, footUpright: 128, padding: 40 },
};

/**
 * {places, side, stacked, fontPx, enough}: `places` large calls, whether the side stands, whether the counter stands
 * below the ticket, the ticket's font size in px, and whether the digits are as large as `leastPx` asks.
 * `corner`: pictures stand at the side. The more is shown the better, as long as it can be read: fewer calls come first, then no side, then one call alone.
 */
export function arrangeScreen({ width, height, kind = "hall", leastPx = 0, settings = {}, corner = false }) {
  const upright = height > width;
  const most = settings.most_calls || (upright ? 4 : 3);
  const layout = layoutOf(settings);
  const hasSide = layout.side && (layout.waits || corner); // no empty side
  const sides = hasSide ? [true, false] : [false];
  const some = counts(most, 2).length ? [counts(most, 2), [1]] : [[1]];
  let best = null;
  for (const several of some) {
    for (const side of sides) {
      for (const places of several) {
        for (const stacked of [false, true]) {
          const fontPx = fontOf({ width, height, upright, kind, places, side, stacked, corner });
          const made = { places, side, stacked, fontPx, enough: smallestDigit(fontPx, side) >= leastPx };
          if (made.enough) return made;
          if (!best || fontPx > best.fontPx) best = made;
        }
      }
    }
  }
  return best;
}

/** The counter's own screen: one ticket. `compact` leaves all but ticket and counter small. */
export function arrangeCounter({ width, height, leastPx = 0 }) {
  const u = unit(width, height);
  const across = (width - 112 * u) / 3.4;
  const fontOfShare = (share) => Math.floor(Math.min(across, height * share));
  const usual = fontOfShare(height > width ? 0.25 : 0.37);
  if (usual * DIGIT_OF_FONT >= leastPx) return { fontPx: usual, compact: false, enough: true };
  const fontPx = fontOfShare(0.5);
  return { fontPx, compact: true, enough: fontPx * DIGIT_OF_FONT >= leastPx };
}

/** The counter's digits are the smaller ones, and as needed as the ticket's. */
function smallestDigit(fontPx, side) {
  return fontPx * DIGIT_OF_FONT * (side ? COUNTER_OF_TICKET : 1);
}

function fontOf({ width, height, upright, kind, places, side, stacked, corner }) {
  const around = AROUND[kind];
  const u = unit(width, height);
  const edge = (upright ? 40 : 56) * u;
  const foot = (upright ? around.footUpright : around.foot) * u;
  let w = width - 2 * edge;
  let h = height - BAR * u - foot - 2 * around.padding * u;
  if (side && upright) h -= (around.sideBelow + around.sideGap + (corner ? around.cornerBelow : 0)) * u;
  if (side && !upright) w = (w - around.sideGap * u) * around.sideShare;
  const cardHeight = (h - GAP * u * (places - 1)) / places;
  const [across, down] = stacked ? STACKED : side ? ROW : LARGE_ROW;
  return Math.max(0, Math.floor(Math.min(w / across, cardHeight / down)));
}

function unit(width, height) {
  return height > width ? Math.min(width / 1080, height / 1920) : Math.min(height / 1080, width / 1920);
}

function counts(from, to) {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);
}
