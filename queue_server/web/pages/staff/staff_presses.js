// What staff pressed, until the hall has answered: busy buttons, one key per press, kept while the network is away.
// A press is sent again with its own key until an answer comes, so it is never lost and never done twice.

const AGAIN_AFTER_MS = 2000;
const AWAY = new Set([0, 502, 503, 504]); // not reached, or the hall cannot write just now: the same press may go again

/**
 * `post(path, body, {key})` speaks to the hall; `seen(answer)` resolves when the screen shows what the answer says, so
 * that a button stays busy until then; `onChange()` is told after each change; `later(work, ms)` waits.
 * Kept apart from the page so that node can test it without network, DOM or clock.
 */
export function makePresses({ post, newKey, onChange, seen = async () => {}, later = setTimeout }) {
  const waiting = new Map(); // name -> {name, path, body, key, away}

  /** Sends one wish. While the same name is still unanswered, pressing again does nothing (undefined). */
  async function press(name, path, body = {}) {
    if (waiting.has(name)) return undefined;
    const wish = { name, path, body, key: newKey(), away: false, wake: null };
    waiting.set(name, wish);
    onChange();
    try {
      const answer = await sendUntilAnswered(wish);
      await seen(answer);
      return answer;
    } finally {
      waiting.delete(name);
      onChange();
    }
  }

  async function sendUntilAnswered(wish) {
    for (;;) {
      try {
        return await post(wish.path, wish.body, { key: wish.key });
      } catch (error) {
        if (!AWAY.has(error.status)) throw error;
        wish.away = true;
        onChange();
        await new Promise((resolve) => {
          wish.wake = resolve;
          later(resolve, AGAIN_AFTER_MS);
        });
        wish.wake = null;
      }
    }
  }

  return {
    press,
    isBusy: (name) => waiting.has(name),
    /** True while any wish of these names is unanswered; without names, any at all. */
    isAnyBusy: (...names) => (names.length ? names.some((name) => waiting.has(name)) : waiting.size > 0),
    /** How many presses wait for the network to come back. */
    get kept() {
      return [...waiting.values()].filter((wish) => wish.away).length;
    },
    /** The network is back: try now instead of at the next round. */
    tryNow() {
      for (const wish of waiting.values()) wish.wake?.();
    },
  };
}
