// Which marks a ticket carries. Plain data; the marks themselves are drawn by ticket_flags.js.

/** Names of the marks a ticket carries, most urgent first. */
export function flagsOf(ticket) {
  return [
    ticket.asked_for_help && "help",
    ticket.put_first && "first",
    ticket.statutory && "law",
    ticket.slot && "booked",
    ticket.paper === "failed" && "paper",
    ticket.on_the_way && "way",
    ticket.came_back && "back",
    ticket.bounced && "bounced",
    !ticket.bounced && ticket.transfers > 0 && "transferred",
    ticket.people > 1 && "people",
    ticket.services_to_do?.length > 0 && "more",
    ["standby", "unlikely"].includes(ticket.promise) && "standby",
    ticket.presence === "here" && "here",
    ticket.language === "en" && "english",
  ].filter(Boolean);
}
