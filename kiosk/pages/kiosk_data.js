// What the kiosk reads from the hall, once at start, again when the day changes, and as the visitor goes along.
import { api } from "/common/api.js";

/** Everything that all screens need, in both languages, so that changing the language needs no waiting. */
export async function readHall() {
  const [hall, zh, en, board] = await Promise.all([
    api.get("/hall"),
    api.get("/services?lang=zh", { lang: "zh" }),
    api.get("/services?lang=en", { lang: "en" }),
    api.get("/board"),
  ]);
  return { hall, catalogue: { zh, en }, board };
}

export function readGuide(service, lang) {
  return api.get(`/services/${encodeURIComponent(service)}?lang=${lang}`, { lang });
}

export async function searchServices(query, lang, signal) {
  const answer = await api.get(`/services?lang=${lang}&q=${encodeURIComponent(query)}`, { lang, signal });
  return answer.services;
}

export function readEventsAfter(seq) {
  return api.get(`/events?after=${seq}`);
}

export function askForNumber(wish, key) {
  return api.post("/tickets", wish, { key, timeoutSeconds: 8 });
}

export function readMostAsked() {
  return api.get("/services/most-asked");
}

/** First in line on the next opening day: {code, slot}. */
export function promiseTomorrow(wish, key) {
  return api.post("/bookings/tomorrow", wish, { key, timeoutSeconds: 8 });
}

/** What to bring, on paper, without a number: {paper}, its mark. */
export function askForList(service, wish, key) {
  return api.post(`/services/${encodeURIComponent(service)}/list`, wish, { key, timeoutSeconds: 8 });
}

export function askForHelp(question, key) {
  return api.post("/help", { question }, { key, timeoutSeconds: 6 });
}

/** One part of a screen as a sound: {sound, seconds}, the address of a WAV file. */
export function makeSpeech(wish) {
  return api.post("/speech", wish, { timeoutSeconds: 8 });
}

// --- for those who have a number or a booking already

export function lookAtCode(code, lang) {
  return api.post("/in-hand", { code }, { lang, timeoutSeconds: 6 });
}

export function arriveBooked(code, printer, key) {
  return api.post(`/bookings/${encodeURIComponent(code)}/arrive`, printer ? { printer } : {}, { key, timeoutSeconds: 8 });
}

export function returnTicket(ticket, key) {
  return api.post(`/tickets/${encodeURIComponent(ticket)}/return`, {}, { key, timeoutSeconds: 6 });
}

/** One mark: {low, next_service}. */
export function rate(ticket, mark, key) {
  return api.post(`/tickets/${encodeURIComponent(ticket)}/rating`, mark, { key, timeoutSeconds: 8 });
}

export function askForSupervisor(ticket) {
  return api.post(`/tickets/${encodeURIComponent(ticket)}/rating/supervisor`, {}, { timeoutSeconds: 8 });
}

export function reprint(ticket, link, printer, key) {
  return api.post(`/tickets/${encodeURIComponent(ticket)}/reprint`, { printer, link }, { key, timeoutSeconds: 6 });
}

/** How this kiosk's printer is: {state, problem, advices}. */
export function readPrinter(printer) {
  return api.get(`/printers/${encodeURIComponent(printer)}`);
}
