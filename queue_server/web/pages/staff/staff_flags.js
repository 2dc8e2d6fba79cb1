// Which marks a ticket carries. Plain data; the marks themselves are drawn by ticket_flags.js.

/** Names of the marks a ticket carries, most urgent first. */
export function flagsOf(ticket) {
  return [
    ticket.asked_for_help && "help",
    ticket.paper === "failed" && "paper",
    ticket.on_the_way && "way",
    ticket.came_back && "back",
    ticket.bounced && "bounced",
    !ticket.bounced && ticket.transfers > 0 && "transferred",
    ticket.language === "en" && "english",
  ].filter(Boolean);
}
