// Hall time: what the server's clock says now, which the demo may run faster than real time. Never the device's own clock.

export function createHallClock(monotonic = () => performance.now()) {
  let hallMs = null;
  let heardAt = 0;
  let rate = 1;
  let timezone = "Asia/Shanghai";
  let simulated = false;

  return {
    /** Takes a Clock of the server: {now, rate, simulated, timezone}; what is left out stays as it was. */
    set(clock) {
      if (!clock?.now) return;
      hallMs = Date.parse(clock.now);
      heardAt = monotonic();
      rate = clock.rate ?? rate;
      timezone = clock.timezone ?? timezone;
      simulated = clock.simulated ?? simulated;
    },
    /** Hall time now. Before the server has said anything, the device's own time (`isSet` tells). */
    now() {
      return hallMs === null ? new Date() : new Date(hallMs + (monotonic() - heardAt) * rate);
    },
    get isSet() {
      return hallMs !== null;
    },
    get rate() {
      return rate;
    },
    get timezone() {
      return timezone;
    },
    get simulated() {
      return simulated;
    },
  };
}

export const hallClock = createHallClock();

const formats = new Map();

function formatFor(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
}

/** "09:31" of an ISO time or Date in the hall's own time zone; "" for nothing. */
export function hallTime(moment, timeZone = hallClock.timezone) {
  if (!moment) return "";
  return formatFor("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(new Date(moment));
}

/** {weekday: "星期一", date: "11月23日"} or {weekday: "Monday", date: "23 November"}. */
export function hallDate(moment, lang = "zh", timeZone = hallClock.timezone) {
  const locale = lang === "en" ? "en-GB" : "zh-CN";
  const when = new Date(moment);
  return {
    weekday: formatFor(locale, { weekday: "long", timeZone }).format(when),
    date: formatFor(locale, { month: "long", day: "numeric", timeZone }).format(when),
  };
}

/** Whole hall minutes from an ISO time until now, never below 0. */
export function minutesSince(iso, now = hallClock.now()) {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
}

/** Hall seconds from an ISO time until now; negative while it lies ahead. */
export function secondsSince(iso, now = hallClock.now()) {
  return (now - Date.parse(iso)) / 1000;
}
