// How the modes reach the page: as classes of <html>, which the styles know, and the share of the screen in easy reach.

/** EN 301 549 and ADA 707: what is operated lies at most so high above the floor. */
export const REACH_MM = 1220;
const LEAST_SHARE = 0.45; // with less the large buttons no longer fit; such a screen hangs too high for anybody seated

/**
 * The lower share of the screen that lies within reach, 0.45 to 1. `longSideMm` of the picture and `lowerEdgeMm` above the
 * floor are the kiosk's own measures; the window says whether it stands upright.
 */
export function lowShare({ longSideMm, lowerEdgeMm }, { innerWidth: width, innerHeight: height }) {
  const heightMm = Number(longSideMm) * Math.min(1, height / width);
  const share = (REACH_MM - Number(lowerEdgeMm)) / heightMm;
  if (!Number.isFinite(share)) return 1; // measures are not known: nothing is claimed
  return Math.min(1, Math.max(LEAST_SHARE, share));
}

/** `calm` is the class that all screens share. */
export function showModes(page, modes, share) {
  for (const [mode, name] of Object.entries({ large: "is-large", contrast: "is-contrast", low: "is-low", calm: "calm", speech: "is-spoken" })) {
    page.classList.toggle(name, modes[mode] && !(mode === "low" && share === 1));
  }
  // even the same value would have every style looked at again
  if (page.style.getPropertyValue("--low-share") !== String(share)) page.style.setProperty("--low-share", String(share));
}
