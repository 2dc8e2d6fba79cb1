// The far wall of the film: the same drawing as on the wall, from pictures of the log. No feed, no sound.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { hallClock } from "/common/clock.js";
import { loadWords, pageLanguage } from "/common/words.js";
import { digitSize, wallBoard } from "../supervisor/supervisor_wall_board.js";
import { drawWall } from "../supervisor/supervisor_wall_view.js";
import { hearFrames } from "./film_frames.js";

const root = document.querySelector("#page");
root.style.setProperty("--far-digit-size", digitSize(Number(root.dataset.widthMm)));
const lang = pageLanguage();
await loadWords(["common"], lang === "en" ? "zh" : "en", { current: false }); // an emergency was told in both
await loadWords(["common", "staff", "supervisor"], lang);

hearFrames(({ hall, frame }) => {
  hallClock.set({ now: frame.at, rate: 0, timezone: hall.clock.timezone });
  render(drawWall({ hall, board: wallBoard(frame, hall.limits), trouble: "" }), root);
});
