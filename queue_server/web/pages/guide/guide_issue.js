// Issuing a ticket for somebody: which service, how, done. Plain data, tested with node --test.

/** The first step. The paper goes to the first printer that works; without any, to none. */
export function openIssue(printers) {
  const printer = printers.find((each) => each.state !== "failing")?.printer ?? null;
  const asked = { service: null, more: [], way: "counter", care: false, language: "zh", people: 1, statutory: false };
  return { step: "service", typed: "", found: null, ...asked, again: false, reason: null, printer, answer: null, booking: null };
}

/** A service was chosen. The staffed counter is the beginning where both ways are possible: coaching is only an offer. */
export function chooseService(issue, service) {
  return { ...issue, step: "how", service, way: "counter", reason: null, typed: "", found: null };
}

/** One more service on the same number; pressing it again takes it off. */
export function toggleMore(issue, service) {
  const has = issue.more.some((each) => each.id === service.id);
  const more = has ? issue.more.filter((each) => each.id !== service.id) : [...issue.more, service];
  return { ...issue, step: "how", more, typed: "", found: null };
}

export function issueWish(issue) {
  const { service, more, way, care, language, people, statutory, again, reason, printer } = issue;
  return {
    service: service.id,
    services: more.map((each) => each.id),
    way,
    care,
    language,
    people,
    statutory,
    again,
    choice_reason: reason ?? "",
    ...(printer ? { printer } : {}),
  };
}

/** Too late for today: first in line on the next day the hall opens. */
export function tomorrowWish({ service, care, language, printer }) {
  return { service: service.id, care, language, ...(printer ? { printer } : {}) };
}

export const applyPromised = (issue, booking) => ({ ...issue, step: "promised", booking });

/** Why the counter, though it could be done with a coach; asked of nobody, said by the guide where it helps to know. */
export const CHOICE_REASONS = ["face_to_face", "no_phone", "tried_online"];

export function applyIssued(issue, answer) {
  return { ...issue, step: "done", answer };
}
