// What staff pressed, until the hall has answered: busy buttons over the outbox, which keeps and orders what was pressed.
import { makeOutbox } from "../../common/outbox.js";

/**
 * `seen(answer)` resolves when the screen shows what the answer says, so that a button stays busy until then; the rest
 * as `makeOutbox` has it. Kept apart from the page so that node can test it without network, DOM or clock.
 */
export function makePresses({ onChange, seen = async () => {}, ...rest }) {
  const outbox = makeOutbox({ onChange, ...rest });
  const busy = new Set(); // names pressed here and not yet shown
  let unseen = []; // wishes that were answered; the screen does not show it yet

  /** Sends one wish. While the same name is still unanswered, pressing again does nothing (undefined). */
  async function press(name, path, body = {}) {
    if (isBusy(name)) return undefined;
    busy.add(name);
    try {
      const answer = await outbox.send({ name, path, body });
      unseen = [...unseen, { name, path, body }];
      await seen(answer);
      return answer;
    } finally {
      busy.delete(name);
      unseen = unseen.filter((wish) => wish.name !== name);
      onChange();
    }
  }

  const isBusy = (name) => busy.has(name) || outbox.wishes.some((wish) => wish.name === name);

  return {
    press,
    isBusy,
    /** True while any wish of these names is unanswered; without names, any at all. */
    isAnyBusy: (...names) => (names.length ? names.some(isBusy) : busy.size > 0 || outbox.wishes.length > 0),
    /** Wishes in the order of pressing that the screen does not show yet: what a page may show as done already. */
    get wishes() {
      return [...unseen, ...outbox.wishes];
    },
    /** How many presses wait for the network to come back. */
    get kept() {
      return outbox.kept;
    },
    tryNow: outbox.tryNow,
  };
}
