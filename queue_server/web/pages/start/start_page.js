// The start page of the demo: the living hall's switch, a few numbers, the newest paper. Asks every two seconds.
import { ApiError, api } from "/common/api.js";
import { hallClock, hallTime } from "/common/clock.js";
import { keepFreshness } from "/common/freshness.js";
import { loadWords, pageLanguage, t } from "/common/words.js";

const ASK_EVERY_MS = 2000;
const STALE_AFTER_SECONDS = 12;

const page = document.querySelector("#page");
const presses = [...page.querySelectorAll(".living__press")];
let changing = false;

await loadWords(["common", "start"], pageLanguage());
const freshness = keepFreshness({ staleAfterSeconds: STALE_AFTER_SECONDS });
for (const button of presses) button.addEventListener("click", () => turn(button));
await ask();
setInterval(() => {
  if (document.visibilityState === "visible") ask();
}, ASK_EVERY_MS);
setInterval(showTime, 250); // at sixty times the minute changes every second
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") ask();
});

async function ask() {
  try {
    const answer = await fetch("/demo/now", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.ok) show(await answer.json());
  } catch {
    // the banner says it by its own timer; the next round asks again
  }
}

function show(now) {
  hallClock.set(now.clock);
  freshness.heard();
  fill("waiting", now.waiting);
  fill("served", now.served);
  fill("desks", `${now.open_desks}/${now.counters}`);
  showTime();
  if (!changing) showSwitch(now);
  if (now.newest) showNewest(now.newest);
  showPapers(now.papers);
}

function showTime() {
  if (hallClock.isSet) fill("time", hallTime(hallClock.now()));
}

function showSwitch({ running, speed }) {
  for (const button of presses) {
    const isIt = button.dataset.running === "yes" ? running && Number(button.dataset.speed) === speed : !running;
    button.setAttribute("aria-pressed", String(isIt));
  }
  page.querySelector("[data-state]").textContent = t(running ? "start.simulated" : "start.not_running");
  document.dispatchEvent(new CustomEvent("xinting:simulation", { detail: { running, speed } }));
}

async function turn(button) {
  if (changing) return;
  changing = true;
  const running = button.dataset.running === "yes";
  const says = page.querySelector("[data-says]");
  try {
    const demo = await api.post("/demo", { running, speed: Number(button.dataset.speed ?? 1) });
    hallClock.set(demo.clock);
    says.textContent = "";
    showSwitch(demo);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    says.textContent = `▲ ${error.message && error.status !== 0 ? error.message : t("common.server_away")}`;
  } finally {
    changing = false;
  }
}

function showNewest({ ticket, address }) {
  const link = page.querySelector("[data-newest]");
  link.href = document.documentElement.lang === "en" ? `${address}?lang=en` : address;
  link.removeAttribute("aria-disabled");
  link.querySelector("[data-newest-words]").textContent = t("start.screen_phone_for", { ticket });
}

function showPapers(papers) {
  const place = page.querySelector("[data-papers]");
  const newest = papers[0];
  if (!newest || String(newest.number) === place.dataset.newestNumber) return;
  place.dataset.newestNumber = String(newest.number);
  const link = paperLink(newest);
  const picture = new Image(576, newest.height);
  picture.src = `/demo/paper/${newest.file}`;
  picture.alt = t("start.paper", { n: newest.number });
  link.append(picture);
  place.replaceChildren(link);
  const older = papers.slice(1).map((paper) => {
    const number = paperLink(paper);
    number.textContent = String(paper.number);
    number.setAttribute("aria-label", t("start.paper", { n: paper.number }));
    return number;
  });
  page.querySelector("[data-older]").replaceChildren(...older);
}

function paperLink({ file }) {
  const link = document.createElement("a");
  link.href = `/demo/paper/${file}`;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

function fill(field, text) {
  const place = page.querySelector(`[data-field="${field}"]`);
  if (place.textContent !== String(text)) place.textContent = text;
}
