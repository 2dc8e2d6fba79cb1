// A day watched again on the hall's own screens: asks for pictures of the log, one after the other, and shows them. It sends
// nothing and listens to nothing of the hall.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { hallClock } from "/common/clock.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { showFrame, whenReady } from "./film_frames.js";
import { makeReel } from "./film_reel.js";
import { drawFilm, drawOpening, screensOf } from "./film_view.js";

const PICTURE_EVERY_MS = 500;

const root = document.querySelector("#page");
const lang = pageLanguage();
const asked = new URLSearchParams(location.search);
const film = { hall: null, days: [], day: "", screen: "hall", reel: null, trouble: "" };
let shown = null; // {screen, moment} of the picture that is on the screen
let asking = false;

async function open(day) {
  film.trouble = "";
  try {
    const { begins, ends, timezone } = await api.get(`/film/${day}`, { lang });
    hallClock.set({ now: begins, rate: 0, timezone });
    film.reel = makeReel({ begins: Date.parse(begins), ends: Date.parse(ends), speed: film.reel?.speed });
    film.day = day;
    shown = null;
  } catch (error) {
    if (!signInWhenNeeded(error)) film.trouble = troubleText(error);
  }
  draw();
}

/** One picture at a time: a slow server shows fewer of them, never old ones after new ones. */
async function picture() {
  if (!film.reel || asking) return;
  const { screen, day, reel } = film;
  const now = Math.round(reel.now());
  if (shown?.screen === screen && shown.day === day && shown.now === now) return;
  asking = true;
  try {
    const at = encodeURIComponent(new Date(now).toISOString());
    const frame = await api.get(`/film/${day}/${screen === "wall" ? "wall" : "hall"}?at=${at}`, { lang }); // all displays draw from one board
    film.trouble = "";
    if (screen !== film.screen || day !== film.day) return;
    const sought = !shown || now < shown.now || now - shown.now > 2 * PICTURE_EVERY_MS * reel.speed;
    showFrame(root.querySelector("iframe"), { hall: film.hall, frame, now, speed: reel.speed, sought });
    shown = { screen, day, now };
  } catch (error) {
    if (signInWhenNeeded(error)) return;
    film.trouble = troubleText(error);
    reel.pause();
  } finally {
    asking = false;
    draw();
  }
}

function draw() {
  if (!film.reel || !film.hall) return render(drawOpening(film.trouble), root);
  return render(drawFilm(film, acts), root);
}

const acts = {
  play() {
    if (film.reel.plays) film.reel.pause();
    else film.reel.play();
    draw();
  },
  seek(moment) {
    film.reel.seek(moment);
    picture();
    draw();
  },
  changeSpeed(speed) {
    film.reel.changeSpeed(speed);
    draw();
  },
  changeScreen(screen) {
    film.screen = screen;
    shown = null;
    draw();
  },
  changeDay: (day) => open(day),
};

await loadWords(["common", "staff", "film"], lang);
draw();
whenReady(() => {
  shown = null; // the screen inside is empty
  picture();
});
try {
  const [hall, { days, today }] = await Promise.all([api.get("/hall", { lang }), api.get("/film", { lang })]);
  Object.assign(film, { hall, days });
  if (screensOf(hall).includes(asked.get("screen"))) film.screen = asked.get("screen");
  const day = days.includes(asked.get("day")) ? asked.get("day") : (days[0] ?? today);
  if (days.length) await open(day);
  else film.trouble = t("film.none");
} catch (error) {
  if (!signInWhenNeeded(error)) film.trouble = troubleText(error);
}
draw();
setInterval(picture, PICTURE_EVERY_MS);
