// Whether the hall is open now, and when it opens next, in words.
import { hallClock, hallDate, hallTime } from "/common/clock.js";
import { currentLanguage, t } from "/common/words.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** By the hall's clock, also in the minute in which it opens or closes. */
export function isOpen(hall, now = hallClock.now()) {
  const { open_now: wasOpen, opens_at: opens, closes_at: closes } = hall.hours;
  if (wasOpen) return !closes || now < new Date(closes);
  return Boolean(opens) && now >= new Date(opens);
}

/** "" while the hall is open; else when it opens: "明天 09:00 开门…". */
export function openingText(board) {
  if (!board.hall || isOpen(board.hall)) return "";
  const opens = board.hall.hours.opens_at;
  if (!opens || new Date(opens) <= hallClock.now()) return t("kiosk.closed_no_time");
  return t("kiosk.closed_until", { when: `${dayWord(opens)} ${hallTime(opens)}` });
}

function dayWord(opens) {
  const lang = currentLanguage();
  const date = (moment) => hallDate(moment, lang).date;
  if (date(opens) === date(hallClock.now())) return t("kiosk.today");
  if (date(opens) === date(new Date(hallClock.now().getTime() + DAY_MS))) return t("kiosk.tomorrow");
  const day = hallDate(opens, lang);
  return lang === "zh" ? `${day.date}${day.weekday}` : `${day.weekday}, ${day.date},`;
}
