// The far wall: the same figures as the supervisor's page, large, without anything to touch. Left on for weeks: it keeps
// one picture and throws the one before away.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { supervisorBoard } from "./supervisor_board.js";
import { makeSound } from "./supervisor_sound.js";
import { digitSize } from "./supervisor_wall_board.js";
import { drawWall, drawWallOpening } from "./supervisor_wall_view.js";

const READ_AT_MOST_EVERY_MS = 1000;
const READ_EVERY_MS = 15_000;

const root = document.querySelector("#page");
const lang = pageLanguage();
const sound = makeSound();
let here = null;
let measures = null;
let trouble = "";
let reading = null;
let readAt = -Infinity;

function readSoon() {
  reading ??= setTimeout(readMeasures, Math.max(0, readAt + READ_AT_MOST_EVERY_MS - performance.now()));
}

async function readMeasures() {
  readAt = performance.now();
  try {
    measures = await api.get("/measures", { lang });
    trouble = "";
    sound.hear(measures.alerts);
  } catch (error) {
    if (signInWhenNeeded(error)) return;
    trouble = troubleText(error);
  } finally {
    reading = null;
  }
  draw();
}

function draw(openingTrouble = "") {
  if (!here || !measures) return render(drawWallOpening(openingTrouble || trouble), root);
  const board = supervisorBoard({ hall: here.hall, floor: here.floor, measures, now: here.now() });
  return render(drawWall({ here, board, trouble }), root);
}

root.style.setProperty("--far-digit-size", digitSize(Number(root.dataset.widthMm)));
await loadWords(["common", "staff", "supervisor"], lang);
draw();
here = await openHall({ lang, onChange: () => draw(), onEvent: readSoon, onTrouble: (error) => draw(troubleText(error)) });
await readMeasures();
setInterval(readSoon, READ_EVERY_MS);
