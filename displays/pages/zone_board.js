// What a zone's screen shows: its own calls and who comes next, by number only.

const CALLS_SHOWN = 4;
const NEXT_SHOWN = 6;

/** The board with only this zone's calls; a zone screen queues them behind each other like the hall screen. */
export function callsOfZone(board, zone) {
  return board.calls.filter((call) => call.zone === zone);
}

export function zonePicture({ board, cards, zone, isJustCalled }) {
  const now = board.zones.find((each) => each.zone === zone);
  const shown = cards.shown.slice(0, CALLS_SHOWN).map((card) => ({ ...card, justCalled: isJustCalled(card) }));
  return {
    state: now === undefined ? "unknown" : now.closed ? "closed" : shown.length > 0 ? "busy" : "quiet",
    cards: shown,
    next: (board.next[zone] ?? []).filter((ticket) => !isCalledNow(board, ticket)).slice(0, NEXT_SHOWN),
    knowsNext: board.next[zone] !== undefined,
    missed: board.missed.filter((each) => each.zone === zone).map((each) => each.ticket),
    now: now ?? { zone, waiting: 0, wait: null, closed: false, notice: "" },
  };
}

/** The order of the queue comes a moment after the call that shortened it. */
function isCalledNow(board, ticket) {
  return board.calls.some((call) => call.ticket === ticket);
}
