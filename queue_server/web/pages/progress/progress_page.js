// Keeps the visitor's page true without reloading: news by the feed, or by asking every ten seconds without one.
// The server draws; this script replaces the parts that changed, so that both ways show the same.
import { hallClock, hallTime } from "/common/clock.js";
import { keepFreshness } from "/common/freshness.js";
import { waitParts } from "/common/waits.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { isNear, mustDrawAnew, stateAfter, vibrationFor, whatHappened } from "./progress_board.js";

const page = document.querySelector("#page");
const address = `/p/${page.dataset.link}`;
const askAgainMs = Number(page.dataset.askAgainSeconds) * 1000;
let state = null; // the last one heard
let connected = false;
let drawing = null; // a page being fetched
let drawAgain = false; // news came while it was

await loadWordsAtLast();
const freshness = keepFreshness({ staleAfterSeconds: Number(page.dataset.staleAfterSeconds) });
await ask();
listen();
setInterval(() => {
  if (!connected && document.visibilityState === "visible") ask();
}, askAgainMs);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") ask();
});

/** A phone at the edge of the network may need a few tries; until then the page stands as the server drew it. */
async function loadWordsAtLast() {
  for (;;) {
    try {
      return await loadWords(["common", "progress"], pageLanguage());
    } catch {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }
}

/** The socket's code is large for a phone, so it comes after the page is there and useful. */
async function listen() {
  try {
    const { connectFeed } = await import("/common/feed.js");
    connectFeed({
      audience: "visitor",
      link: page.dataset.link,
      at: state ? { day: state.day, seq: state.seq } : undefined,
      onEvent: (message) => hear(stateAfter(state, message), { drawNow: true }),
      onWaits: (waits) => hear({ ...state, ...waits }),
      onState(line) {
        connected = line.connected;
        freshness.feed(line);
        if (line.heardSecondsAgo !== null && line.heardSecondsAgo < 1.5) showTime();
      },
      onReload: ask,
    });
  } catch (error) {
    console.warn("no feed; asking every few seconds instead", error);
  }
}

async function ask() {
  try {
    const answer = await fetch(`${address}/state`, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 404) return location.reload(); // the day is over: the page says so calmly
    if (!answer.ok) return undefined;
    const heard = await answer.json();
    hallClock.set(heard.clock);
    freshness.heard();
    showTime();
    return hear(heard);
  } catch {
    return undefined; // offline: the banner says it by its own timer, and the next round asks again
  }
}

function hear(news, { drawNow = false } = {}) {
  if (!news) return ask();
  const happened = whatHappened(state, news);
  state = news;
  if (happened) buzz(happened);
  if (drawNow || mustDrawAnew(page.dataset.picture, state)) return draw();
  fillNumbers();
  return undefined;
}

function buzz(what) {
  navigator.vibrate?.(vibrationFor(what));
  if (what === "called") document.title = t("progress.title_called", state);
}

async function draw() {
  drawAgain = drawing !== null;
  if (drawing) return;
  try {
    drawing = fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, cache: "no-store" });
    const answer = await drawing;
    if (answer.ok) replaceParts(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // offline in this very moment: the picture still differs, so the next news or question draws again
  } finally {
    drawing = null;
  }
  if (drawAgain) draw();
}

/** Parts that are the same stay as they are, with what the visitor ticked or is writing. */
function replaceParts(fresh) {
  const main = page.querySelector("main");
  const old = new Map([...main.children].map((part) => [part.id, part]));
  const parts = [...fresh.querySelectorAll("#page main > *")].map((part) => {
    const same = old.get(part.id);
    return same && isSame(same, part) ? same : document.adoptNode(part);
  });
  if (parts.some((part, place) => main.children[place] !== part) || parts.length !== main.children.length) {
    main.replaceChildren(...parts);
  }
  page.dataset.picture = fresh.querySelector("#page")?.dataset.picture ?? "";
  document.title = fresh.title;
}

function isSame(one, other) {
  return one.isEqualNode(other) || (one.id === "feedback" && one.querySelector("form") && other.querySelector("form"));
}

function fillNumbers() {
  if (state.stage !== "waiting") return;
  const { minutes, unit, prefix } = waitParts(state.wait);
  fill("ahead", state.ahead ?? "–");
  fill("ahead_words", t(state.ahead === 0 ? "progress.ahead_none" : "progress.ahead"));
  fill("wait_within", state.wait && state.wait.low < 1 ? prefix : "");
  fill("wait", minutes || "–");
  fill("wait_unit", unit);
  fill("wait_words", state.wait ? t(state.wait.rough ? "progress.wait_rough" : "progress.wait") : t("common.wait_unknown"));
  const near = page.querySelector('[data-field="near"]');
  if (near) near.hidden = !isNear(state);
}

function showTime() {
  if (hallClock.isSet) fill("updated", hallTime(hallClock.now()));
}

function fill(field, text) {
  const place = page.querySelector(`[data-field="${field}"]`);
  if (place && place.textContent !== String(text)) place.textContent = text;
}
