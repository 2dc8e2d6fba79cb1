// Why one ticket goes before another, as the hall explains it: {first, second, reasons: [{code, words, details}]}.
import { api } from "/common/api.js";

/** `counter`: as this counter would choose; left out, the zone's own order. `day`: of one that is past; for supervisors. */
export function readOrder(one, other, { counter = null, day = "", lang }) {
  const question = new URLSearchParams({ first: one, second: other, ...(counter && { counter }), ...(day && { day }) });
  return api.get(`/order?${question}`, { lang });
}
