// What the screen above a counter shows: one thing, the one that matters to the person walking up to it.

/** `state`: "called", "serving", "paused", "free", "closed" (nobody signed in) or "unknown" (no such counter). */
export function counterPicture({ board, hall, counter }) {
  const known = hall.counters.find((each) => each.id === counter);
  const desk = board.desks.get(counter);
  const call = board.calls.find((each) => each.counter === counter);
  const served = board.serving.get(counter);
  return {
    counter,
    zone: known?.zone ?? "",
    ticket: call?.ticket ?? served ?? null,
    care: call?.care ?? false,
    attempt: call?.attempt ?? 0,
    calledAt: call?.calledAt ?? null,
    state: counterState({ known, call, served, desk, desksKnown: board.desksKnown }),
  };
}

function counterState({ known, call, served, desk, desksKnown }) {
  if (!known) return "unknown";
  if (call) return "called";
  if (served) return "serving";
  if (desk?.paused) return "paused";
  if (desk || !desksKnown) return "free";
  return "closed";
}
