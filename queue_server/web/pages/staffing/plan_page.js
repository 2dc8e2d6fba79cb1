// The staffing plan's page: one day at a time, read when it is chosen.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage } from "/common/words.js";
import { signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { drawPlan } from "./plan_view.js";

const PATIENCE_SECONDS = 50; // the simulating process may just be starting
const STARTS_AGAIN_AFTER_MS = 2_000;

const root = document.querySelector("#page");
const lang = pageLanguage();
const state = { hall: null, session: null, plan: null, day: new URLSearchParams(location.search).get("day"), reading: false, trouble: "" };

const draw = () => render(drawPlan(state, { choose, again: read }), root);

async function read() {
  const day = state.day;
  Object.assign(state, { reading: true, trouble: "" });
  draw();
  try {
    const question = day ? `?day=${encodeURIComponent(day)}` : "";
    const plan = await api.get(`/staffing-plan${question}`, { lang, timeoutSeconds: PATIENCE_SECONDS });
    if (day === state.day) Object.assign(state, { plan, day: plan.day, reading: false });
  } catch (error) {
    if (signInWhenNeeded(error)) return;
    if (day === state.day && error.code === "forecast_starting") setTimeout(() => day === state.day && read(), STARTS_AGAIN_AFTER_MS);
    else if (day === state.day) Object.assign(state, { trouble: troubleText(error), reading: false });
  }
  draw();
}

function choose(day) {
  state.day = day;
  history.replaceState(null, "", `?day=${day}${lang === "en" ? "&lang=en" : ""}`);
  read();
}

async function open() {
  try {
    [state.hall, state.session] = await Promise.all([api.get("/hall", { lang }), api.get("/session", { lang })]);
  } catch (error) {
    if (!signInWhenNeeded(error)) state.trouble = troubleText(error);
  }
}

await loadWords(["common", "staff", "staffing"], lang);
await open();
if (state.hall) await read();
else draw();
