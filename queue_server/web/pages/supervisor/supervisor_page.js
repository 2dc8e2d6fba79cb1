// The supervisor's wall: figures are read again when the feed says that something happened, and every 15 s.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { hallTime } from "/common/clock.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { makeBookings } from "../staff/bookings_deeds.js";
import { findTickets } from "../staff/staff_floor.js";
import { openHall, signInWhenNeeded } from "../staff/staff_hall.js";
import { readOrder } from "../staff/staff_order.js";
import { troubleText } from "../staff/staff_words.js";
import { makeAdvice } from "../staffing/advice_deeds.js";
import { makeWhatIf } from "../staffing/what_if_deeds.js";
import { supervisorBoard } from "./supervisor_board.js";
import { drawChart } from "./supervisor_chart.js";
import { chartBoard } from "./supervisor_chart_board.js";
import { makeReading } from "../staff/staff_reading.js";
import { makeRepairDeeds } from "./supervisor_repairs_deeds.js";
import { makeTodayDeeds } from "./supervisor_today_deeds.js";
import { makeSound } from "../staff/staff_sound.js";
import { drawOpening, drawSupervisor, sayChart } from "./supervisor_view.js";

const root = document.querySelector("#page");
const lang = pageLanguage();
let here = null; // the open hall
const sound = makeSound();
let advice = null; // what would help, once the hall is open
let asking = null; // {zone, close} while a zone is to be closed or opened
let panel = null; // what lies over the wall: {kind, bookings, explained}
let trouble = ""; // the last refusal, in words

const figures = makeReading({
  ask: () => api.get("/measures", { lang }),
  onRead: (measures) => sound.hear(measures.alerts),
  onChange() {
    draw();
    drawDay();
  },
});
const readSoon = figures.soon;

function draw(openingTrouble = "") {
  const { answer: measures, trouble: measuresTrouble } = figures;
  if (!here || !measures) return render(drawOpening(openingTrouble || measuresTrouble), root);
  const board = supervisorBoard({ hall: here.hall, floor: here.floor, measures, now: here.now() });
  const chartText = sayChart(board, here.hall);
  const state = { here, board, advice, asking, panel, trouble, measuresTrouble, sound: sound.state, chartText };
  return render(drawSupervisor(state, acts), root);
}

function drawDay() {
  const box = root.querySelector("#chart");
  const measures = figures.answer;
  if (!box || !measures) return;
  const board = chartBoard({ series: measures.series, zones: here.hall.zones, hours: here.hall.hours, timeOf: hallTime, ahead: measures.ahead });
  drawChart(box, board, { now: t("supervisor.chart_now") }).catch((error) => console.warn("no chart", error));
}

const forDeeds = {
  here: () => here,
  lang,
  panel: () => panel,
  show(more) {
    if (panel) panel = { ...panel, ...more };
    draw();
  },
  send: (...press) => send(...press),
  read: (reading) => readPanel(reading),
  readSoon,
};

const acts = {
  ...makeTodayDeeds(forDeeds),
  ...makeRepairDeeds(forDeeds, (kind, more) => acts.openPanel(kind, more)),
  openFigure(figure, { zone = "", service = "" }) {
    acts.openPanel("figure", { figure, zone, service, tickets: null });
    const asked = new URLSearchParams({ figure, zone, service });
    return readPanel(() => api.get(`/measures/tickets?${asked}`, { lang }));
  },
  /** `day`: of a visit that is past; left out, of today. */
  openStory(ticket, day = "") {
    acts.openPanel("story", { ticket, past: day && day !== here.floor.day ? day : "", steps: null });
    return readPanel(() => api.get(`/tickets/${encodeURIComponent(ticket)}/story${day ? `?day=${day}` : ""}`, { lang }));
  },
  askStory: (typed, day = "") => acts.openStory(numberOf(typed, day), day),
  async takeAlert(alert) {
    await send(alert.id, `/alerts/${encodeURIComponent(alert.id)}/take`);
    readSoon();
  },
  async openAlert(alert) {
    acts.openPanel("alert", { alert, deeds: [], people: [] });
    await readPanel(async () => {
      const { deeds, people } = await api.get("/alerts", { lang });
      return { deeds, people };
    });
  },
  async closeAlert(done) {
    if (await send(panel.alert.id, `/alerts/${encodeURIComponent(panel.alert.id)}/close`, { done })) acts.closePanel();
    readSoon();
  },
  async assignAlert(person) {
    if (!person) return;
    if (await send(panel.alert.id, `/alerts/${encodeURIComponent(panel.alert.id)}/take`, { person })) acts.closePanel();
    readSoon();
  },
  async changeSound() {
    await sound.change();
    draw();
  },
  async answerHelp(alert) {
    await send(alert.id, `/help/${encodeURIComponent(alert.place)}/answer`);
    readSoon();
  },
  async answerTalk(alert) {
    await send(alert.id, `/tickets/${encodeURIComponent(alert.ticket)}/supervisor-coming`);
    readSoon();
  },
  askZone(zone, close) {
    asking = { zone, close };
    trouble = "";
    draw();
    root.querySelector(".wall__dialog")?.showModal();
  },
  openPanel(kind, more = {}) {
    trouble = "";
    panel = { kind, explained: null, ...more };
    if (kind === "bookings") {
      panel.bookings = makeBookings({ here, lang, onChange: () => draw() });
      panel.bookings.read();
    }
    if (kind === "what_if") {
      panel.whatIf = makeWhatIf({ here, lang, onChange: () => draw() });
      panel.whatIf.read();
    }
    if (kind === "today") acts.readToday();
    if (kind === "alerts") readPanel(() => api.get("/alerts", { lang }));
    draw();
    root.querySelector(".wall__dialog")?.showModal();
  },
  closePanel() {
    panel = null;
    trouble = "";
    draw();
  },
  async explain(first, second, day = "") {
    trouble = "";
    try {
      const [one, other] = [first, second].map((typed) => numberOf(typed, day));
      const explained = await readOrder(one, other, { day, lang });
      if (panel?.kind === "order") panel = { ...panel, explained };
    } catch (error) {
      if (!signInWhenNeeded(error)) trouble = troubleText(error);
    }
    draw();
  },
  async changeDay(what) {
    if (await send("day", `/day/${what}`)) acts.closePanel();
    readSoon();
  },
  async changeReserve(counter, opens) {
    await send("reserve", `/counters/${counter}/${opens ? "open" : "close"}-reserve`);
  },
  stopAsking() {
    asking = null;
    draw();
  },
  async changeZone(notice, moveTo = null) {
    const { zone, close } = asking;
    const done = close
      ? await send("zone", `/zones/${zone}/close`, { notice, move_to: moveTo })
      : await send("zone", `/zones/${zone}/reopen`);
    acts.stopAsking();
    if (done) readSoon();
  },
};

/** Of today also from some of its digits; of a day that is past (`day`) as it was typed. */
function numberOf(typed, day) {
  const whole = typed.trim().toUpperCase();
  return day && day !== here.floor.day ? whole : (findTickets(here.floor, typed)[0]?.ticket ?? whole);
}

/** What a panel shows comes after it is open; one that was closed meanwhile stays closed. */
async function readPanel(read) {
  const asked = panel.kind;
  trouble = ""; // of what was shown before
  try {
    const found = await read();
    if (panel?.kind === asked) panel = { ...panel, ...found };
  } catch (error) {
    if (!signInWhenNeeded(error)) trouble = troubleText(error);
  }
  draw();
}

async function send(name, path, body = {}) {
  trouble = "";
  try {
    return await here.presses.press(name, path, body);
  } catch (error) {
    trouble = troubleText(error);
    return undefined;
  } finally {
    draw();
  }
}

await loadWords(["common", "staff", "supervisor", "staffing"], lang);
await loadWords(["supervisor"], lang === "en" ? "zh" : "en", { current: false }); // ready notices are in both
draw();
here = await openHall({ lang, onChange: () => draw(), onEvent: readSoon, onTrouble: (error) => draw(troubleText(error)) });
advice = makeAdvice({ here, lang, onChange: () => draw() });
await figures.begin();
