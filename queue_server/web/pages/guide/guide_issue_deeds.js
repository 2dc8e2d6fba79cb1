// What a guide does to issue a number for somebody, and to find a service for that or for a ticket at hand.
import { api } from "/common/api.js";
import { troubleText } from "../staff/staff_words.js";
import { applyIssued, applyPromised, chooseService, issueWish, openIssue, toggleMore, tomorrowWish } from "./guide_issue.js";

const SEARCH_AFTER_MS = 150;

/** `state` is the page's own, see guide_page.js; `send(name, path, body)` presses and tells a refusal. */
export function makeIssueDeeds({ state, root, draw, send, closeSheets, lang }) {
  let searchTimer = null;

  async function findServices(text) {
    const asked = text.trim();
    if (!asked) return keepFound(null);
    try {
      const answer = await api.get(`/services?q=${encodeURIComponent(asked)}`, { lang });
      const current = (state.issue ?? state.sheet)?.typed.trim();
      if (current === asked) keepFound(answer.services);
    } catch (error) {
      state.trouble = troubleText(error);
      draw();
    }
  }

  function keepFound(found) {
    if (state.issue) state.issue = { ...state.issue, found };
    else if (state.sheet) state.sheet = { ...state.sheet, found };
    draw();
  }

  return {
    searchServices(text) {
      if (state.issue) state.issue = { ...state.issue, typed: text };
      else state.sheet = { ...state.sheet, typed: text };
      draw();
      clearTimeout(searchTimer);
      searchTimer = setTimeout(() => findServices(text), SEARCH_AFTER_MS);
    },
    openIssue() {
      closeSheets();
      state.issue = openIssue(state.here.floor.printers);
      draw();
      root.querySelector(".sheet input")?.focus({ preventScroll: true });
    },
    chooseService(service) {
      state.issue = chooseService(state.issue, service);
      draw();
      root.querySelector(".sheet h2")?.focus({ preventScroll: true });
    },
    toggleMore(service) {
      state.issue = toggleMore(state.issue, service);
      draw();
    },
    async promiseTomorrow() {
      const booking = await send("issue", "/bookings/tomorrow", tomorrowWish(state.issue));
      if (!booking || !state.issue) return;
      state.issue = applyPromised(state.issue, booking);
      draw();
    },
    changeIssue(change) {
      state.issue = { ...state.issue, ...change };
      draw();
    },
    async issueTicket() {
      const answer = await send("issue", "/tickets", issueWish(state.issue));
      if (!answer || !state.issue) return;
      state.issue = applyIssued(state.issue, answer);
      draw();
      root.querySelector(".sheet h2")?.focus({ preventScroll: true });
    },
  };
}
