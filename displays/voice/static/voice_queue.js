// Which call is said when, as plain data. No DOM, no sound, no clock: `now` is hall time in milliseconds or a Date.

export const STALE_AFTER_SECONDS = 30;

export function emptyQueue(staleAfterSeconds = STALE_AFTER_SECONDS) {
  return { day: null, heard: [], waiting: [], saying: null, dropped: 0, staleAfterSeconds };
}

/** What is said first: an emergency, then a supervisor's notice, then the calls in their order. */
const EMERGENCY = 0;
const NOTICE = 1;
const CALL = 2;
const NOTICE_STALE_AFTER_SECONDS = 300; // nobody stands up for it; but one of five minutes ago may be untrue by now

function rankOf(event) {
  if (event?.name === "ticket_called") return CALL;
  if (event?.name !== "notice_put_up") return null;
  return event.emergency ? EMERGENCY : event.speak ? NOTICE : null;
}

/** Takes a message of the feed. What is to be spoken is kept, each (day, seq) once; what is too old is counted and let go. */
export function applyCall(queue, event, now) {
  const rank = rankOf(event);
  if (rank === null) return queue;
  const heard = event.day === queue.day ? queue.heard : [];
  if (heard.includes(event.seq)) return queue; // feeds repeat themselves after a reconnect
  const known = { ...queue, day: event.day, heard: [...heard, event.seq] };
  const call = { day: event.day, seq: event.seq, at: event.at, rank, ticket: event.ticket, counter: event.counter };
  const before = known.waiting.filter((other) => other.rank <= rank);
  return dropStale({ ...known, waiting: [...before, call, ...known.waiting.slice(before.length)] }, now);
}

/** Whether what waits must break into what is being said. */
export function mustBreakIn({ saying, waiting }) {
  return saying !== null && waiting[0]?.rank === EMERGENCY && saying.rank > EMERGENCY;
}

/** What is being said is broken off and said once more afterwards. */
export function brokenOff({ saying, ...queue }) {
  const before = queue.waiting.filter((other) => other.rank < saying.rank);
  return { ...queue, saying: null, waiting: [...before, saying, ...queue.waiting.slice(before.length)] };
}

/** Puts the next call that is still worth saying into `saying`; while one is being said nothing changes. */
export function sayNext(queue, now) {
  if (queue.saying) return queue;
  const fresh = dropStale(queue, now);
  const [next = null, ...waiting] = fresh.waiting;
  return next ? { ...fresh, saying: next, waiting } : fresh;
}

/** The call being said has come to its end, well or badly. */
export function said(queue) {
  return queue.saying ? { ...queue, saying: null } : queue;
}

/** The sound was refused by the browser: the call goes back to the front, where it grows old or is said later. */
export function notSaid(queue) {
  return queue.saying ? { ...queue, saying: null, waiting: [queue.saying, ...queue.waiting] } : queue;
}

export function soundUrl(call) {
  return `/displays/voice/${encodeURIComponent(call.day)}/${call.seq}.wav`;
}

function dropStale(queue, now) {
  const waiting = queue.waiting.filter((call) => !isStale(call, now, queue.staleAfterSeconds));
  const gone = queue.waiting.length - waiting.length;
  return gone ? { ...queue, waiting, dropped: queue.dropped + gone } : queue;
}

function isStale(call, now, staleAfterSeconds) {
  const limit = call.rank === CALL ? staleAfterSeconds : Math.max(staleAfterSeconds, NOTICE_STALE_AFTER_SECONDS);
  return Number(now) - Date.parse(call.at) > limit * 1000;
}
