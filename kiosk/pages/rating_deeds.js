// What the touches do for somebody who says how it was.
import { newKey } from "/common/api.js";
import * as data from "./kiosk_data.js";
import * as rating from "./kiosk_rating.js";

/** `kiosk` as in kiosk_deeds.js; `change(step, …values)` shows the board that the step gives. */
export function createRatingDeeds(kiosk, change) {
  let key = ""; // of one mark: pressing again after a lost answer is the same mark

  function rate() {
    key = newKey();
    change(rating.ratingOpened);
  }

  async function sendRating() {
    const { ticket, level, chosen, state } = kiosk.board.rating ?? {};
    if (state !== "asking" || level === null) return;
    change(rating.ratingIs, "sending");
    try {
      change(rating.rated, await data.rate(ticket, { level, reasons: chosen }, key));
      key = newKey();
    } catch (error) {
      if (kiosk.board.rating?.state === "sending") change(rating.ratingIs, "asking", error.message || "away");
    }
  }

  async function callSupervisor() {
    const { ticket, state } = kiosk.board.rating ?? {};
    if (state !== "talk") return;
    change(rating.ratingIs, "calling");
    try {
      await data.askForSupervisor(ticket);
      if (kiosk.board.rating?.state === "calling") change(rating.ratingIs, "coming");
    } catch (error) {
      if (kiosk.board.rating?.state === "calling") change(rating.ratingIs, "talk", error.message || "away");
    }
  }

  return {
    rate,
    sendRating,
    callSupervisor,
    chooseLevel: (level) => change(rating.levelChosen, level),
    touchReason: (code) => change(rating.reasonTouched, code),
    goOnRating: () => change(rating.nextAsked),
  };
}
