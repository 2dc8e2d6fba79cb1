// The far wall: large figures, nothing to touch, nothing personal. Left on for weeks: it keeps one picture and throws the one
// before away. A screen let in as a wall shows it by itself; a supervisor's browser shows the same.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { hallClock } from "/common/clock.js";
import { connectFeed } from "/common/feed.js";
import { keepFreshness } from "/common/freshness.js";
import { loadWords, pageLanguage } from "/common/words.js";
import { makeReading } from "../staff/staff_reading.js";
import { makeSound } from "../staff/staff_sound.js";
import { digitSize, wallBoard } from "./supervisor_wall_board.js";
import { drawWall, drawWallOpening } from "./supervisor_wall_view.js";

const HALL_AGAIN_MS = 5 * 60_000;

const root = document.querySelector("#page");
const lang = pageLanguage();
const device = document.documentElement.dataset.device ?? "";
const sound = makeSound();
let hall = null;
let feed = null;

const figures = makeReading({
  async ask() {
    hall ??= await api.get("/hall", { lang });
    return api.get("/wall", { lang });
  },
  onRead(wall) {
    hallClock.set(wall.clock);
    sound.hear(wall.alerts);
    if (feed) return;
    const freshness = keepFreshness({ staleAfterSeconds: hall.limits.stale_after_seconds });
    freshness.heard();
    feed = connectFeed({
      audience: device || "staff",
      at: { day: wall.day, seq: wall.seq },
      onEvent: figures.soon,
      onWaits: figures.soon,
      onState: freshness.feed,
      onReload: readAnew,
    });
  },
  onChange: draw,
  device,
});

/** Another day, or another setup: zones and words may be others. */
async function readAnew() {
  hall = await api.get("/hall", { lang });
  const wall = await api.get("/wall", { lang });
  feed.startAt(wall.day, wall.seq);
  figures.soon();
}

function draw() {
  const { answer, trouble } = figures;
  if (!hall || !answer) return render(drawWallOpening(trouble), root);
  return render(drawWall({ hall, board: wallBoard(answer, hall.limits), trouble }), root);
}

root.style.setProperty("--far-digit-size", digitSize(Number(root.dataset.widthMm)));
await loadWords(["common"], lang === "en" ? "zh" : "en", { current: false }); // an emergency is told in both
await loadWords(["common", "staff", "supervisor"], lang);
draw();
document.documentElement.dataset.whole = "yes"; // what fails from here on is tried again here
await figures.begin();
setInterval(draw, 1000); // the clock moves by itself
setInterval(async () => {
  hall = await api.get("/hall", { lang }).catch(() => hall); // while the server is away the freshness says so
}, HALL_AGAIN_MS);
