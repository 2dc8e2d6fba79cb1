// What the touches do that end in a paper without a number.
import { newKey } from "/common/api.js";
import * as data from "./kiosk_data.js";
import { missingCodes } from "./kiosk_papers.js";
import * as slips from "./kiosk_slips.js";

/** `kiosk` as in kiosk_deeds.js; `change(step, …values)` shows the board that the step gives. */
export function createSlipDeeds(kiosk, change) {
  async function ask(kind, key, send) {
    const asked = slips.slipAsked(kiosk.board, kind, key);
    if (!asked) return;
    kiosk.show(asked);
    const { visit, lang, modes } = asked;
    const wish = { language: lang, missing: missingCodes(asked), large_print: modes.large };
    if (kiosk.printer) wish.printer = kiosk.printer;
    try {
      const answer = await send(visit.service, wish, asked.slip.key);
      if (kiosk.board.visit === visit) change(slips.slipArrived, answer, kiosk.now());
    } catch (error) {
      if (kiosk.board.visit === visit) change(slips.slipFailed, error.status ? error.message : "");
    }
  }

  const askList = () => ask("list", newKey(), data.askForList);

  return {
    askList,
    /** The paper did not come: another one, not the same wish. */
    askListAgain() {
      change(slips.slipClosed);
      return askList();
    },
    askTomorrow: () =>
      ask("promise", `tomorrow-${kiosk.board.visit?.key}`, (service, wish, key) => data.promiseTomorrow({ ...wish, service }, key)),
    closeSlip: () => change(slips.slipClosed),
  };
}
