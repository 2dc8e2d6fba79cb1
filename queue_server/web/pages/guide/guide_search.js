// Finding one ticket by what was typed, said or scanned. Plain data.
import { findTickets } from "../staff/staff_floor.js";

const LINK = /(?:^|\/p\/)([0-9]{4})-([A-Z]?[0-9]{4})-[A-Z2-7]{20}$/i;

/** Of a paper's code or a number: `{ticket}`, or `{why}`: "day" for a paper of another day, "unknown". */
export function numberIn(text, floor) {
  const code = text.normalize("NFKC").trim();
  const [, day, number] = LINK.exec(code) ?? [];
  if (day && day !== floor.day.slice(5).replace("-", "")) return { why: "day" };
  const ticket = number ? number.toUpperCase() : findTickets(floor, code, 2)[0]?.ticket;
  return ticket && floor.tickets[ticket] ? { ticket } : { why: "unknown" };
}

/** The letters that numbers begin with now, for the pad. */
export const lettersOf = (floor) => [...new Set(Object.keys(floor.tickets).map((number) => number.replace(/[^A-Z]/g, "")))].filter(Boolean).sort();
