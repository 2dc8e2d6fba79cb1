// What the service at hand asks of the officer: papers, risks to tell, mistakes to know, words that help, time. Plain data.

const FORGOTTEN_TIMES = 3; // as long as usual, …
const FORGOTTEN_MINUTES = 20; // … and at least so long: then “finish” was perhaps forgotten, as the supervisor's alert has it
const HARD_ALWAYS = ["long_wait", "papers_missing", "not_eligible"];

/**
 * `guide` as GET /services/{id}/at-counter; `told`: codes told to this visitor; `isRead`: whether this officer has read
 * the service's common mistakes today. `open`: how much is still to be acknowledged before the service can be finished.
 */
export function noticesOf(guide, { told, isRead }) {
  if (!guide) return { risks: [], mistakes: [], isRead: true, open: 0 };
  const risks = guide.risks.map((risk) => ({ ...risk, told: told.has(risk.code) }));
  const unread = guide.mistakes.length > 0 && !isRead;
  const open = risks.filter((risk) => !risk.told).length + (unread ? 1 : 0);
  return { risks, mistakes: guide.mistakes, isRead: !unread, open };
}

/** What to say where it is hard: for this service always, else when this visitor waited long or lacks a paper. */
export function phrasesFor(guide, ticket) {
  const now = new Set([["look", "act"].includes(ticket.level) && "long_wait", ticket.missing?.length > 0 && "papers_missing"]);
  return (guide?.phrases ?? []).filter((phrase) => now.has(phrase.when) || !HARD_ALWAYS.includes(phrase.when));
}

/** The one phrase for an outcome that the visitor will not like. */
export const phraseOf = (guide, when) => guide?.phrases.find((phrase) => phrase.when === when) ?? null;

/** Minutes at the counter against what is usual. `level`: usual | longer | forgotten; null before the service began. */
export function serviceTime(ticket, usual, now) {
  if (!ticket?.started_at || !usual) return null;
  const minutes = Math.max(0, Math.floor((now - Date.parse(ticket.started_at)) / 60_000));
  const forgotten = Math.max(usual * FORGOTTEN_TIMES, FORGOTTEN_MINUTES);
  const isForgotten = minutes >= forgotten && ticket.stage === "serving";
  const level = isForgotten ? "forgotten" : minutes > usual ? "longer" : "usual";
  return { minutes, usual: Math.round(usual), level, share: Math.min(1, minutes / usual) };
}
