// The card reader as the screen knows it, as plain data: whether it is there, and a yes or no of the card just laid.
// The reader is the machine's; what it saw is one person's, and goes with them.

/** It says how it is every fifteen seconds; three times unheard, it is not there. */
const HEARD_WITHIN_SECONDS = 50;
/** How long it stays said that a card gave nothing. A precedence stays as long as its mark holds. */
const SAID_SECONDS = 20;

export const NO_READER = Object.freeze({ state: "none", isSimulated: false, age: null, heardAt: 0 }); // none | ready | away

export function noCard() {
  return { seen: null, mark: null, until: 0, isDeclined: false };
}

/** `message` of the feed: {reader, simulated, age, seen, mark, seconds}. */
export function cardReaderSays(board, message, atSeconds) {
  const { reader: state, simulated: isSimulated, age } = message;
  const told = { ...board, reader: { state, isSimulated, age, heardAt: atSeconds } };
  if (!message.seen || board.ticket) return told; // a number once given stays as it is
  const until = atSeconds + (message.seconds ?? SAID_SECONDS);
  return { ...told, card: { ...noCard(), seen: message.seen, mark: message.mark ?? null, until } };
}

/** What a second's passing does: a reader not heard of is away, what was said of a card is forgotten. */
export function cardTick(board, atSeconds) {
  const { reader, card } = board;
  const isSilent = reader.state === "ready" && atSeconds > reader.heardAt + HEARD_WITHIN_SECONDS;
  const isOver = card.seen !== null && atSeconds >= card.until;
  if (!isSilent && !isOver) return board;
  return { ...board, reader: isSilent ? { ...reader, state: "away" } : reader, card: isOver ? noCard() : card };
}

/** Precedence is an offer: declined in one touch, and taken after all in another. */
export function precedenceDeclined(board, isDeclined) {
  return { ...board, card: { ...board.card, isDeclined } };
}

/** What goes with the wish for a number; null when there is nothing or it is not wanted. */
export function cardMark(board) {
  return board.card.seen === "older" && !board.card.isDeclined ? board.card.mark : null;
}
