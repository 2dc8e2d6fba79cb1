// Says on every page of a demo that this is one, and that the visitors are simulated while they are.
import { loadWords, pageLanguage, tIn } from "./words.js";

const NO = new Set([undefined, "", "no", "0", "false"]);
let badge = null;

/** Draws the marker when `<html data-demo="yes">`; feed.js tells it when the simulation starts, stops or speeds up. */
export async function showDemoBadge() {
  if (NO.has(document.documentElement.dataset.demo) || badge) return;
  badge = document.createElement("div");
  badge.className = "demo-badge";
  badge.setAttribute("role", "status");
  let simulation = { running: document.documentElement.dataset.simulation === "yes", speed: 1 };
  await say(badge, simulation);
  document.body.append(badge);
  document.addEventListener("xinting:simulation", (event) => {
    simulation = event.detail;
    say(badge, simulation);
  });
  // the kiosk changes its language without loading the page anew
  new MutationObserver(() => say(badge, simulation)).observe(document.documentElement, { attributeFilter: ["lang"] });
}

async function say(box, { running, speed }) {
  const lang = pageLanguage();
  await loadWords(["common"], lang, { current: false });
  box.textContent = running ? tIn(lang, "common.simulation", { speed }) : tIn(lang, "common.demo");
}

showDemoBadge();
