// What a supervisor decides for today: each deed is one press, then the arrangement is read again.
import { api } from "/common/api.js";
import { hallTime } from "/common/clock.js";
import { t } from "/common/words.js";
import { findTickets } from "../staff/staff_floor.js";
import { chosenAfter, firstChoice, momentToday } from "./supervisor_today_board.js";

/** `page`: {here(), lang, panel(), show(more), send(name, path, body), read(reading), readSoon()}. */
export function makeTodayDeeds(page) {
  const number = (typed) => findTickets(page.here().floor, typed)[0]?.ticket ?? typed.trim().toUpperCase();
  const arrangement = async () => {
    const today = await api.get("/day/arrangement", { lang: page.lang });
    return { today, chosen: page.panel()?.chosen ?? firstChoice(today, page.here().hall) };
  };

  async function press(path, body = {}) {
    const done = await page.send("today", path, body);
    if (done) await page.read(arrangement);
    page.readSoon();
    return done;
  }

  return {
    readToday: () => page.read(arrangement),
    choose(change) {
      const { today, chosen } = page.panel();
      page.show({ chosen: chosenAfter(chosen, change, today) });
    },
    extendHours(time) {
      const now = page.here().now();
      const closes = time && momentToday(time, hallTime(new Date(now)), now);
      return press("/day/extend", { closes, reason: time ? "rush" : "" });
    },
    async arrangeCounter(body, what) {
      if (await press(`/counters/${page.panel().chosen.counter}/${what}`, body)) page.show({ chosen: { ...page.panel().chosen, counter: "" } });
    },
    restoreCounter: (counter) => press(`/counters/${counter}/restore`),
    async callBack(typed, counter, reason) {
      const ticket = number(typed);
      const done = await press(`/tickets/${encodeURIComponent(ticket)}/call-back`, { counter, reason });
      if (done) page.show({ calledBack: t("supervisor.back_done", { ticket, counter }) });
      return done;
    },
    isSure: () => Boolean(page.panel()?.isSure),
    askWhetherSure: () => page.show({ isSure: true }),
    thinkAgain: () => page.show({ isSure: false }),
    putUpNotice({ minutes, ...notice }) {
      const until = new Date(page.here().now() + minutes * 60_000).toISOString();
      return page.send("notice", "/notices", { ...notice, until });
    },
    takeDownNotice: (notice) => page.send("notice", `/notices/${notice}/take-down`),
  };
}
