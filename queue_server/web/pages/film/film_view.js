// Draws the film: that it is a replay and of when, what moves it, and the screen that is watched.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallDate, hallTime } from "/common/clock.js";
import { currentLanguage, pick, t } from "/common/words.js";
import { zoneOf } from "/common/zones.js";
import { SPEEDS } from "./film_reel.js";

/** Every screen of the hall, as its address inside the film: hall, wall, zone/special, counter/3. */
export function screensOf({ zones, counters }) {
  return ["hall", "wall", ...zones.map(({ id }) => `zone/${id}`), ...counters.map(({ id }) => `counter/${id}`)];
}

function screenName(screen, hall) {
  const [kind, id] = screen.split("/");
  if (kind === "zone") return t("film.screen_zone", { zone: pick(zoneOf(hall, id).name) });
  return kind === "counter" ? t("film.screen_counter", { counter: id }) : t(`film.screen_${kind}`);
}

export function drawOpening(trouble) {
  return html`<main class="staff-opening" aria-busy=${trouble === ""}>
    <p class="staff-opening__words" role="status">${trouble || t("common.loading")}</p>
    ${trouble ? html`<a class="staff-link" href=${`/supervisor?lang=${currentLanguage()}`}>${t("film.back")}</a>` : nothing}
  </main>`;
}

export function drawFilm({ hall, days, day, screen, reel, trouble }, acts) {
  const lang = currentLanguage();
  return html`
    <header class="film__head">
      <h1><span class="film__mark" aria-hidden="true">◀◀</span> ${t("film.replay")}</h1>
      <p class="film__when">
        <span>${pick(hall.name)}</span>
        <span>${hallDate(reel.now(), lang).date}</span>
        <strong class="number" data-film-time>${hallTime(reel.now())}</strong>
      </p>
      <p class="film__note">${t("film.nothing_live")}</p>
      <a class="staff-link" href=${`/supervisor?lang=${lang}`}>${t("film.back")}</a>
    </header>
    <main class="film__around"><iframe class="film__screen" src=${`/supervisor/film/${screen}?lang=${lang}`} title=${screenName(screen, hall)}></iframe></main>
    ${trouble ? html`<p class="film__trouble note note--act" role="alert">▲ ${trouble}</p>` : nothing}
    <footer class="film__bar">
      <button class="button button--main film__play" type="button" data-act="play" @click=${acts.play}>${reel.plays ? `❚❚ ${t("film.pause")}` : `▶ ${t("film.play")}`}</button>
      <label class="film__seek">
        <span class="only-read">${t("film.seek")}</span>
        <input type="range" min=${reel.begins} max=${reel.ends} step="1000" .value=${String(Math.round(reel.now()))}
          aria-valuetext=${hallTime(reel.now())} @input=${(event) => acts.seek(Number(event.target.value))} />
        <span class="film__ends number"><span>${hallTime(reel.begins)}</span><span>${hallTime(reel.ends)}</span></span>
      </label>
      ${choice("speed", t("film.speed"), SPEEDS.map((speed) => [speed, `${speed}×`]), reel.speed, (value) => acts.changeSpeed(Number(value)))}
      ${choice("screen", t("film.screen"), screensOf(hall).map((one) => [one, screenName(one, hall)]), screen, acts.changeScreen)}
      ${choice("day", t("film.day"), days.map((one) => [one, one]), day, acts.changeDay)}
    </footer>
  `;
}

function choice(name, label, options, chosen, change) {
  return html`<label class="film__choice"><span class="only-read">${label}</span>
    <select class="field" name=${name} @change=${({ target }) => change(target.value)}>
      ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
    </select></label>`;
}
