// The corner of a hall screen: pictures and videos one after another. Never with sound: the room listens for calls.
import { clipAfter, clipsOf } from "./playlist.js";

const LOOK_AGAIN_MS = 60_000; // for files put up or taken away
const VIDEO_AT_MOST_MS = 10 * 60_000; // one that hangs does not hold the corner for ever

/** `settings()` gives the screen's settings of now. Asked for its box at each drawing. */
export function startCorner(settings) {
  const box = document.createElement("div");
  box.className = "corner";
  box.id = "corner";
  let files = [];
  let showing = null;
  let timer = null;

  async function look() {
    try {
      const answer = await fetch("/displays/files", { headers: { Accept: "application/json" } });
      if (answer.ok) files = (await answer.json()).files;
    } catch (error) {
      console.warn("the corner's files are unknown", error); // what shows goes on
    }
  }

  function next() {
    clearTimeout(timer);
    const { playlist, clip_seconds } = settings();
    const clip = clipAfter(showing?.name, clipsOf(playlist, files));
    showing = clip;
    if (clip === null) return box.replaceChildren();
    box.replaceChildren(clip.kind === "video" ? video(clip, next) : picture(clip, next));
    timer = setTimeout(next, clip.kind === "video" ? VIDEO_AT_MOST_MS : clip_seconds * 1000);
  }

  look();
  setInterval(look, LOOK_AGAIN_MS);
  return {
    /** The box to draw now; null while nothing is to be shown. */
    box() {
      if (clipsOf(settings().playlist, files).length === 0) return null;
      if (showing === null) next();
      return box;
    },
  };
}

function picture({ name }, onFailure) {
  const image = document.createElement("img");
  image.src = `/displays/files/${encodeURIComponent(name)}`;
  image.alt = "";
  image.addEventListener("error", () => setTimeout(onFailure, 1000));
  return image;
}

function video({ name }, onEnd) {
  const film = document.createElement("video");
  film.muted = true;
  film.autoplay = true;
  film.playsInline = true;
  film.src = `/displays/files/${encodeURIComponent(name)}`;
  film.addEventListener("ended", onEnd);
  film.addEventListener("error", () => setTimeout(onEnd, 1000));
  return film;
}
