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
  const lang = pageLanguage();
  await loadWords(["common"], lang, { current: false });
  say(badge, lang, { running: document.documentElement.dataset.simulation === "yes", speed: 1 });
  document.body.append(badge);
  document.addEventListener("xinting:simulation", (event) => say(badge, lang, event.detail));
}

function say(box, lang, simulation) {
  if (!simulation.running) box.textContent = tIn(lang, "common.demo");
  else box.textContent = tIn(lang, "common.simulation", { speed: simulation.speed });
}

showDemoBadge();
