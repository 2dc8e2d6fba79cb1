// How it was, as plain data: the mark of one handling after the other, by whoever has the number of a visit just over.
//
// `board.rating`: {ticket, service, reasons: {level: [code]}, level, chosen: [code], state, message}; `service` where
// there were several. state: asking | sending | talk (a low mark: shall somebody come?) | calling | coming | thanks.

/** Opens the question for the ticket in hand. */
export function ratingOpened(board) {
  const { found } = board.hand;
  if (!found?.may_rate || !found.rating) return board;
  const rating = { ...asking(found.rating.service), ticket: found.ticket, reasons: found.rating.reasons };
  return { ...board, rating, trail: [...board.trail, { screen: "rating" }] };
}

function asking(service) {
  return { service, level: null, chosen: [], state: "asking", message: "" };
}

/** Another level has other reasons. */
export function levelChosen(board, level) {
  if (!isAsking(board)) return board;
  const chosen = level === board.rating.level ? board.rating.chosen : [];
  return { ...board, rating: { ...board.rating, level, chosen } };
}

export function reasonTouched(board, code) {
  if (!isAsking(board)) return board;
  const { chosen } = board.rating;
  const others = chosen.filter((one) => one !== code);
  return { ...board, rating: { ...board.rating, chosen: others.length < chosen.length ? others : [...chosen, code] } };
}

export function isAsking({ rating }) {
  return rating?.state === "asking";
}

export function ratingIs(board, state, message = "") {
  return board.rating ? { ...board, rating: { ...board.rating, state, message } } : board;
}

/** `answer`: {low, next_service}. A low mark asks first whether somebody should come. */
export function rated(board, { low, next_service: next }) {
  if (board.rating?.state !== "sending") return board;
  const hand = { ...board.hand, found: { ...board.hand.found, may_rate: false } }; // whoever goes back is not asked again
  const later = { ...board, hand, rating: { ...board.rating, next } };
  return low ? ratingIs(later, "talk") : nextAsked(later);
}

/** Of several services the next is asked about; then thanks. */
export function nextAsked(board) {
  const { rating } = board;
  if (!rating.next) return ratingIs(board, "thanks");
  return { ...board, rating: { ...rating, ...asking(rating.next), next: null } };
}
