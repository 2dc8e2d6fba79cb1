// Issuing a ticket for somebody: which service, how, done. Plain data, tested with node --test.

/** The first step. The paper goes to the first printer that works; without any, to none. */
export function openIssue(printers) {
  const printer = printers.find((each) => each.state !== "failing")?.printer ?? null;
  return { step: "service", typed: "", found: null, service: null, way: "counter", care: false, language: "zh", printer, answer: null };
}

/** A service was chosen. The staffed counter is the beginning where both ways are possible: coaching is only an offer. */
export function chooseService(issue, service) {
  return { ...issue, step: "how", service, way: "counter" };
}

export function issueWish(issue) {
  const { service, way, care, language, printer } = issue;
  return { service: service.id, way, care, language, ...(printer ? { printer } : {}) };
}

export function applyIssued(issue, answer) {
  return { ...issue, step: "done", answer };
}
