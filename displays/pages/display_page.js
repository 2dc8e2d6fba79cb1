// What hall, zone and counter screens have in common: words, the hall, the board, the feed, freshness; drawing in time.
import { api, ApiError } from "/common/api.js";
import { hallClock, hallTime } from "/common/clock.js";
import { connectFeed } from "/common/feed.js";
import { keepFreshness } from "/common/freshness.js";
import { loadWords, pageLanguage, t, tIn } from "/common/words.js";
import { applyEvent, applyWaits, boardFrom } from "./board.js";
import { dressScreen } from "./screen_dress.js";

const RETRY_MS = 3000;
const DRAW_EVERY_MS = 500;
const HALL_AGAIN_MS = 5 * 60_000;
const LOST_AFTER_SECONDS = 600; // a picture this old is not shown at all, not even dimmed

/**
 * Runs a screen for ever. `kind`: hall | zone | counter. `draw(state)` gets {hall, board, now, nowMs, dwell, look}; `onEvent(message, state)` hears each
 * event after it is in the board; `onAnew(state)` is told when the board was read anew (first load, another day); `hasCorner()`: whether pictures are to be shown.
 */
export async function runDisplay({ kind, draw, drawMessage, onEvent, onAnew, hasCorner = () => false }) {
  const state = { hall: null, board: null, freshness: null };
  const say = (key) => drawMessage(key);

  await readUntilItComes(state, say);
  onAnew?.(state);
  const redraw = makeRedraw({ kind, state, draw, say, hasCorner });
  const freshness = keepFreshness({
    staleAfterSeconds: state.hall.limits.stale_after_seconds,
    text: (since) => staleText(since, state.freshness.silentSeconds),
    onChange: redraw,
  });
  state.freshness = freshness;
  freshness.heard(); // the board has just been read

  const feed = connectFeed({
    audience: "display",
    at: { day: state.board.day, seq: state.board.seq },
    onEvent(message) {
      state.board = applyEvent(state.board, message);
      onEvent?.(message, state);
      redraw();
    },
    onWaits(waits) {
      state.board = applyWaits(state.board, waits);
      redraw();
    },
    onHello: () => readHallAgain(state),
    onState: freshness.feed,
    async onReload() {
      await read(state);
      feed.startAt(state.board.day, state.board.seq);
      onAnew?.(state);
      redraw();
    },
  });
  setInterval(redraw, DRAW_EVERY_MS);
  setInterval(() => readHallAgain(state), HALL_AGAIN_MS);
  redraw();
}

/** The dwell time runs with the hall clock, but never so fast that a number cannot be read. */
export function dwellOfHall(hall, rate = hallClock.rate) {
  return {
    dwellMs: Math.max(1500, (hall.limits.call_dwell_seconds * 1000) / rate),
    careExtraMs: Math.max(500, ((hall.limits.care_dwell_extra_seconds ?? 0) * 1000) / rate),
  };
}

/** As which display this machine is enrolled; "" for staff who look at the page. */
export function displayName() {
  return document.getElementById("page").dataset.display ?? "";
}

function makeRedraw({ kind, state, draw, say, hasCorner }) {
  let planned = false;
  let failed = false;
  function now() {
    planned = false;
    if (state.freshness.silentSeconds > LOST_AFTER_SECONDS) return say("displays.lost");
    try {
      const now = hallClock.now();
      const look = dressScreen(kind, state.hall, displayName(), now, hasCorner());
      draw({ ...state, now, nowMs: performance.now(), dwell: dwellOfHall(state.hall), look });
      failed = false;
    } catch (error) {
      if (!failed) console.error("could not draw", error);
      failed = true;
      say("displays.trouble"); // rather a word than yesterday's number
    }
  }
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(now, 0); // a burst of events is drawn once
  };
}

async function read(state) {
  const [hall, answer] = await Promise.all([api.get("/hall"), api.get("/board")]);
  hallClock.set(answer.clock ?? hall.clock);
  state.hall = hall;
  state.board = boardFrom(answer);
}

async function readHallAgain(state) {
  try {
    state.hall = await api.get("/hall");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error; // the server is away; freshness says so, the next round asks again
  }
}

async function readUntilItComes(state, say) {
  document.documentElement.dataset.whole = "yes"; // what fails from here on is tried again here
  await untilItWorks(async () => {
    await loadWords(["common", "displays"], "en", { current: false });
    await loadWords(["common", "displays"], pageLanguage());
  });
  say("displays.opening");
  await untilItWorks(() => read(state), (error) => {
    const isStranger = error.status === 401 || error.status === 403;
    say(isStranger ? "displays.not_enrolled" : "common.not_connected_yet");
  });
}

async function untilItWorks(attempt, onFailure) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      console.warn("trying again", error);
      onFailure?.(error);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function staleText(since, silentSeconds) {
  const values = { time: hallTime(since), seconds: Math.floor(silentSeconds) };
  return `${t("displays.stale_since", values)}\n${tIn("en", "displays.stale_since", values)}`;
}
