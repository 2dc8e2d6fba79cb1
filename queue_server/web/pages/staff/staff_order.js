// Why one ticket goes before another, as the hall explains it: {first, second, reasons: [{code, words, details}]}.
import { api } from "/common/api.js";

/** `counter`: as this counter would choose; left out, the zone's own order. */
export function readOrder(one, other, { counter = null, lang }) {
  const question = new URLSearchParams({ first: one, second: other, ...(counter && { counter }) });
  return api.get(`/order?${question}`, { lang });
}
