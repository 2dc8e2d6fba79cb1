// What the touches do for somebody who has a ticket or a booking in hand: look it up, come back, take the number, print.
import { newKey } from "/common/api.js";
import * as data from "./kiosk_data.js";
import * as hand from "./kiosk_hand.js";
import { ticketArrived } from "./kiosk_ticket.js";

/** `kiosk`: {board, show(board), now(), printer}; `change(step, ...)` does a step on the board. */
export function createHandDeeds(kiosk, change) {
  let keys = {}; // one key for each wish about one code, so that pressing twice is one wish

  function openHand() {
    keys = {};
    change(hand.handOpened);
  }

  /** From any screen: a scanner wrote it. */
  function scanned(text) {
    if (kiosk.board.load !== "ready" || kiosk.board.ticket || kiosk.board.issue.state !== "none") return;
    change(hand.handOpened, text);
    sendCode();
  }

  async function sendCode() {
    if (!kiosk.board.hand.text || hand.isHandBusy(kiosk.board)) return;
    const { board, code } = hand.handSent(kiosk.board);
    kiosk.show(board);
    if (!code) return;
    keys = {};
    try {
      change(hand.handFound, code, await data.lookAtCode(code, board.lang));
    } catch (error) {
      if (kiosk.board.hand.state === "looking") refuse(error);
    }
  }

  function refuse(error) {
    change(hand.handRefused, error.status ? "refused" : "away", error.status ? error.message : "");
  }

  /** Does one thing once; the same press again, or after a lost answer, is the same wish. */
  async function once(state, ask, then) {
    if (hand.isHandBusy(kiosk.board)) return;
    const { found, text } = kiosk.board.hand;
    keys[state] = keys[state] ?? newKey();
    change(hand.handDoes, state);
    try {
      const answer = await ask(found, keys[state]);
      if (kiosk.board.hand.text === text && kiosk.board.hand.state === state) await then(answer, found);
    } catch (error) {
      if (!error.mayTryAgain) delete keys[state];
      if (kiosk.board.hand.state === state) refuse(error);
    }
  }

  const arrive = () =>
    once(
      "arriving",
      ({ booking }, key) => data.arriveBooked(booking.code, kiosk.printer, key),
      (answer) => change(ticketArrived, answer, kiosk.now()),
    );

  const comeBack = () =>
    once(
      "returning",
      ({ ticket }, key) => data.returnTicket(ticket, key),
      async (_, { ticket, link }) => {
        const found = await data.lookAtCode(link ?? ticket, kiosk.board.lang);
        change((board) => ({ ...board, hand: { ...board.hand, state: "ticket", found } }));
      },
    );

  const printAgain = () =>
    once(
      "printing",
      ({ ticket, link }, key) => data.reprint(ticket, link, kiosk.printer, key),
      () => change(hand.handRefused, "printed"),
    );

  const type = (text) => change(hand.handTyped, text);
  return {
    openHand,
    scanned,
    sendCode,
    arrive,
    comeBack,
    printAgain,
    typeCode: (event) => type(event.target.value),
    typeCodeLetter: (letter) => type(kiosk.board.hand.text + letter),
    eraseCode: () => type([...kiosk.board.hand.text].slice(0, -1).join("")),
    clearCode: () => type(""),
  };
}
