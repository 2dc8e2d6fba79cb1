// The officer's presses over the outbox. With the network gone nobody is kept waiting: presses stand in line, and the desk
// goes on as if they were done. What the hall then refuses takes along what was pressed after it.
import { makeOutbox } from "../../common/outbox.js";

const KEPT_SECONDS = 3600; // each says what it expects to find, so that it may come late; a call of this morning may not

/**
 * `isDown()` knows from elsewhere that the line is dead, before a request has waited for it; `seen(answer)` resolves when
 * the screen shows what the answer says; the rest as `makeOutbox` has it.
 */
export function makeLine({ onChange, isDown = () => false, seen = async () => {}, ...rest }) {
  const outbox = makeOutbox({ onChange, keptSeconds: KEPT_SECONDS, onBroken, ...rest });
  const showing = new Set(); // answered, and not yet on the screen
  let refused = null;

  const isAway = () => outbox.kept > 0 || (outbox.wishes.length > 0 && isDown());
  const isAwaited = () => showing.size > 0 || (outbox.wishes.length > 0 && !isAway());

  function onBroken(broken) {
    if (broken.wish.away || broken.unsent.length) refused = broken;
  }

  /** Undefined while an answer is on its way: a second press of an impatient finger is none. `ticket`: whom it is about. */
  async function press(name, path, body = {}, ticket = null) {
    if (isAwaited()) return undefined;
    refused = null;
    const answer = await outbox.send({ name, path, body, ticket });
    showing.add(name);
    try {
      await seen(answer);
      return answer;
    } finally {
      showing.delete(name);
      onChange();
    }
  }

  return {
    press,
    isBusy: (name) => showing.has(name) || (isAwaited() && outbox.wishes[0]?.name === name),
    isAnyBusy: isAwaited,
    /** What is noted, in the order of pressing, while the network is gone. */
    get wishes() {
      return isAway() ? outbox.wishes : [];
    },
    /** What came late and was refused: {wish, error, unsent}, until the next press; else null. */
    get refused() {
      return refused;
    },
    get mayTakeBack() {
      return isAway() && outbox.mayTakeBack;
    },
    takeBack: outbox.takeBack,
    tryNow: outbox.tryNow,
  };
}
