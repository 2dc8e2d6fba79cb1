// Which call is said when, as plain data. No DOM, no sound, no clock: `now` is hall time in milliseconds or a Date.

export const STALE_AFTER_SECONDS = 30;

export function emptyQueue(staleAfterSeconds = STALE_AFTER_SECONDS) {
  return { day: null, heard: [], waiting: [], saying: null, dropped: 0, staleAfterSeconds };
}

/** Takes a message of the feed. Only calls are kept, each (day, seq) once; what is too old is counted and let go. */
export function applyCall(queue, event, now) {
  if (event?.name !== "ticket_called") return queue;
  const heard = event.day === queue.day ? queue.heard : [];
  if (heard.includes(event.seq)) return queue; // feeds repeat themselves after a reconnect
  const known = { ...queue, day: event.day, heard: [...heard, event.seq] };
  const call = { day: event.day, seq: event.seq, at: event.at, ticket: event.ticket, counter: event.counter };
  return dropStale({ ...known, waiting: [...known.waiting, call] }, now);
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
  return Number(now) - Date.parse(call.at) > staleAfterSeconds * 1000;
}
