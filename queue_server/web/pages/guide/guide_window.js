// Which rows of a long list are drawn: those in sight and some around them. Plain numbers: no DOM.

const STEP = 4; // the window moves by so many rows at once, so that most scrolling draws nothing
const AROUND = 8; // rows drawn above and below what is seen

/** `{from, to}` of the rows to draw. All rows are `rowHeight` px high; `top` and `height` are what of the list is seen. */
export function windowOf({ count, rowHeight, top = 0, height = 0 }) {
  const first = Math.floor(top / rowHeight) - AROUND;
  const last = Math.ceil((top + height) / rowHeight) + AROUND;
  const from = Math.max(0, Math.min(first - (first % STEP), count - 1));
  return { from, to: Math.min(count, last - (last % STEP) + STEP) };
}
