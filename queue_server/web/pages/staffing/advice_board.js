// Advice as the wall says it. Plain data, no DOM; tested with node --test.

export const REASONS = ["nobody_free", "they_rest", "not_needed"];

/** The act of an advice as “what if” has its choices. */
export const choiceOfAct = ({ kind, counter, zone, category, minutes, people }) => ({
  kind,
  counter: counter || null,
  zone: zone || null,
  category,
  n: kind === "add_people" ? people : minutes,
});

/** Key of the sentence and what it is filled with; words of who it is about are the caller's. */
export function effectOf({ trouble, promised }) {
  if (trouble === "left_over") return { key: "effect_left", values: { before: promised.left_before, after: promised.left_after } };
  const { before, after } = promised;
  if (before.longest === null) return { key: after.longest === null ? "effect_p90" : "effect_called", values: { before: before.p90, after: after.longest ?? after.p90 } };
  return { key: "effect_longest", values: { before: before.longest, after: after.longest } };
}

/**
 * Afterwards: kept | missed | as_before | unknown. “Kept” when what was then lies nearer to what was promised than to
 * what was feared, and the act was done; of an act that was not done it is said how it went without.
 */
export function verdictOf({ trouble, promised, happened, state, made }) {
  if (!happened || happened.longest === null) return "unknown";
  if (state !== "accepted" || made === false) return "without";
  const [feared, hoped, was] =
    trouble === "left_over"
      ? [promised.left_before, promised.left_after, happened.not_called]
      : [promised.before.longest, promised.after.longest, happened.longest];
  if (feared === null || hoped === null) return "known";
  return Math.abs(was - hoped) <= Math.abs(was - feared) ? "kept" : "missed";
}
