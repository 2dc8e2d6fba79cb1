// Asks for a number until there is an answer, always with the same key, so that a lost answer never costs a second number.

const RETRY_AFTER_SECONDS = [1, 2, 3];
const TRY_FOR_SECONDS = 90;

/**
 * `post(wish, key)` asks once; `wait(seconds)` and `now()` (seconds) are time. `onAway` is told when the server is.
 * Gives {answer}, {refusal} or {gaveUp: true}; anything else that goes wrong is thrown.
 */
export async function takeNumber({ post, wish, key, wait, now, onAway, tryForSeconds = TRY_FOR_SECONDS }) {
  const startedAt = now();
  for (let tries = 0; ; tries += 1) {
    try {
      return { answer: await post(wish, key) };
    } catch (error) {
      if (!isWorthTrying(error)) {
        if (error.status > 0) return { refusal: error };
        throw error;
      }
      onAway?.(error);
      const pause = error.details?.seconds ?? RETRY_AFTER_SECONDS[Math.min(tries, RETRY_AFTER_SECONDS.length - 1)];
      if (now() + pause - startedAt > tryForSeconds) return { gaveUp: true };
      await wait(pause);
    }
  }
}

/** The server is away, in trouble, or asks for patience; a refusal with reasons stays a refusal. */
function isWorthTrying(error) {
  return error.mayTryAgain === true || error.status === 429;
}
