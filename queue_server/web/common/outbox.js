// What was pressed, until the hall has answered: in order, each with one key, kept over a lost network and a closed page.
// A wish is sent again with its own key until an answer comes, so it is never lost and never done twice.

const AGAIN_AFTER_MS = 2000;
const AWAY = new Set([0, 502, 503, 504]); // not reached, or the hall cannot write just now: the same wish may go again
const SIGNED_OUT = 401;

/** Older than this a wish is handed back instead of sent: the hall has moved on, and tomorrow its key means nothing. */
export const KEPT_SECONDS = 600;

/**
 * Wishes are plain: `{name, path, body}` and what else the page wants to know of them; in the box also `key`, `at` (ms),
 * `tried` (may have arrived) and `away` (once found no network).
 *
 * - `post(path, body, {key})` speaks to the hall.
 * - `store` keeps them over a closed page, see `localStore`.
 * - `onLate({wish, answer?, error?})`: what became of one that an earlier page had pressed.
 * - `onBroken({wish, error, unsent})`: where given, a refusal takes those behind it along, which were pressed in the
 *   belief that it would be done; they settle as undefined.
 * - `later(work, ms)` and `now()` are the clock; node tests bring their own.
 */
export function makeOutbox({
  post,
  newKey,
  onChange,
  onLate = () => {},
  onBroken = null,
  store = NO_STORE,
  later = setTimeout,
  now = Date.now,
  keptSeconds = KEPT_SECONDS,
}) {
  const settlers = new Map(); // key -> {resolve, reject}; of this page's own wishes
  let wishes = store.read().sort((one, other) => one.at - other.at);
  let isSending = false;
  let wake = null;

  /** Puts a wish in the box; resolves with the hall's answer, rejects with its refusal. */
  function send({ body = {}, ...rest }) {
    const wish = { ...rest, body, key: newKey(), at: now(), tried: false, away: false };
    wishes = [...wishes, wish];
    store.keep(wish);
    const settled = new Promise((resolve, reject) => settlers.set(wish.key, { resolve, reject }));
    onChange();
    pump();
    return settled;
  }

  /** One after the other: what somebody pressed second may rest on what was pressed first. */
  async function pump() {
    if (isSending) return;
    isSending = true;
    try {
      while (wishes.length) {
        const wish = wishes[0];
        const end = await sendUntilAnswered(wish);
        if (end.error?.status === SIGNED_OUT) return leaveForLater(wish, end.error);
        take(wish);
        if (end.error && onBroken) breakOff(wish, end.error);
        settle(wish, end);
      }
    } finally {
      isSending = false;
    }
  }

  async function sendUntilAnswered(wish) {
    for (;;) {
      if (now() - wish.at > keptSeconds * 1000) return { error: keptTooLong() };
      wish.tried = true;
      try {
        return { answer: await post(wish.path, wish.body, { key: wish.key }) };
      } catch (error) {
        if (!AWAY.has(error.status)) return { error };
        wish.away = true;
        onChange();
        await aWhile();
      }
    }
  }

  async function aWhile() {
    await new Promise((resolve) => {
      wake = resolve;
      later(resolve, AGAIN_AFTER_MS);
    });
    wake = null;
  }

  function breakOff(wish, error) {
    const unsent = wishes;
    for (const one of unsent) take(one);
    onBroken({ wish, error, unsent });
    for (const one of unsent) settlers.get(one.key)?.resolve(undefined);
    for (const one of unsent) settlers.delete(one.key);
  }

  function take(wish) {
    wishes = wishes.filter((each) => each.key !== wish.key);
    store.drop(wish);
  }

  function settle(wish, { answer, error }) {
    const settler = settlers.get(wish.key);
    settlers.delete(wish.key);
    if (!settler) onLate({ wish, answer, error });
    else if (error) settler.reject(error);
    else settler.resolve(answer);
    onChange();
  }

  /** The session has ended: all stay in the store, and go out when the same person has signed in again. */
  function leaveForLater(wish, error) {
    const settler = settlers.get(wish.key);
    settlers.delete(wish.key);
    if (settler) settler.reject(error);
    else onLate({ wish, error });
    onChange();
  }

  if (wishes.length) later(pump, 0);

  return {
    send,
    /** Unanswered, in the order of pressing. */
    get wishes() {
      return wishes;
    },
    /** How many wait for the network to come back. */
    get kept() {
      return wishes.some((wish) => wish.away) ? wishes.length : 0;
    },
    /** Whether the last one was never sent, so that nobody can have done it and it may be taken back. */
    get mayTakeBack() {
      return wishes.length > 0 && !wishes[wishes.length - 1].tried;
    },
    takeBack() {
      const last = wishes[wishes.length - 1];
      take(last);
      settle(last, {});
    },
    /** The network is back: now instead of at the next round. */
    tryNow() {
      wake?.();
      pump();
    },
  };
}

const NO_STORE = { read: () => [], keep() {}, drop() {} };

/** A page's own memory, by person: nobody's presses are sent under another's name. `storage`: localStorage. */
export function localStore(storage, person) {
  const prefix = `xinting-outbox:${person}:`;
  return {
    read() {
      const names = Array.from({ length: storage.length }, (_, place) => storage.key(place));
      return names.filter((name) => name?.startsWith(prefix)).flatMap((name) => readWish(storage, name));
    },
    keep(wish) {
      try {
        storage.setItem(prefix + wish.key, JSON.stringify(wish));
      } catch {
        // the device has no room: the wish is still sent, only not over a closed page
      }
    },
    drop: (wish) => storage.removeItem(prefix + wish.key),
  };
}

function readWish(storage, name) {
  try {
    const wish = JSON.parse(storage.getItem(name));
    return wish?.key && wish.path ? [{ ...wish, away: false }] : [];
  } catch {
    storage.removeItem(name);
    return [];
  }
}

/** Like a refusal of the hall; its words are the page's. */
function keptTooLong() {
  return Object.assign(new Error("kept too long"), { status: -1, code: "kept_too_long", details: {} });
}
