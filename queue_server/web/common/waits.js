// How a wait is said: a range in minutes, "rough" where it is rough, and honestly nothing where it cannot be said.
import { currentLanguage, tIn } from "./words.js";

/** {prefix, minutes, unit, note} of a Wait, so that the number can be drawn larger than its words. */
export function waitParts(wait, lang = currentLanguage()) {
  if (!wait) return { prefix: "", minutes: "", unit: "", note: tIn(lang, "common.wait_unknown") };
  const low = Math.round(wait.low);
  const high = Math.max(low, Math.round(wait.high));
  const within = low < 1;
  return {
    prefix: tIn(lang, within ? "common.wait_within" : "common.wait_about"),
    minutes: within ? String(Math.max(1, high)) : low === high ? String(low) : `${low}–${high}`,
    unit: tIn(lang, "common.minutes_short"),
    note: wait.rough && high > 1 ? tIn(lang, "common.wait_rough") : "", // a free counter is no guess
  };
}

/** "约 14–22 分", "约 10–30 分（粗略）", "3 分以内" or "暂时估不准". */
export function waitText(wait, lang = currentLanguage()) {
  if (!wait) return tIn(lang, "common.wait_unknown");
  const { prefix, minutes, unit, note } = waitParts(wait, lang);
  const text = [prefix, minutes, unit].filter(Boolean).join(" ");
  return note ? tIn(lang, "common.wait_with_note", { text, note }) : text;
}
