// Sentences that several staff pages need, made from keys; the sentences themselves stand in words/<lang>/staff.json.
import { pick, t } from "/common/words.js";

/** What to say when a press was refused or could not be sent. */
export function troubleText(error) {
  if (error.status === 0) return t("common.server_away");
  if (error.code === "kept_too_long") return t("staff.kept_too_long");
  if (error.status === 403) return error.message || t("staff.not_allowed");
  return error.message || t("staff.unexpected");
}

/** A reason as stored in the log, said in words where it is one of ours. */
export function reasonText(reason, known) {
  if (!reason) return "";
  return known.includes(reason) ? t(`staff.reason_${reason}`) : reason;
}

/** "■ 特殊业务受理区" as plain text, for sentences. */
export const zoneText = (zone) => `${zone.shape} ${pick(zone.name)}`;

/** Plain and official name of a service; the id where the catalogue has lost it. */
export function serviceName(services, id) {
  return services[id]?.plain_name ?? id;
}

/** Where a ticket is now, as one short sentence. */
export function whereText(ticket) {
  const atCounter = { called: "staff.called_to", serving: "staff.served_at", held: "staff.held_at" }[ticket.stage];
  if (atCounter) return t(atCounter, { counter: ticket.counter });
  if (ticket.stage === "waiting" && ticket.for_counter) return t("staff.waits_for_counter", { counter: ticket.for_counter });
  return t(`common.stage_${ticket.stage}`);
}
