// Where a ticket may be sent. Plain data for the desk's and the guide's pickers.

/** The zones, and one step deeper the counters. `here`: it waits there already; `closed`, `serves`: whether it may. */
export function transferTargets({ hall, floor, ticket }) {
  const zones = hall.zones.map((zone) => ({
    id: zone.id,
    zone,
    waiting: floor.zones[zone.id]?.waiting ?? 0,
    wait: floor.zones[zone.id]?.wait ?? null,
    closed: floor.zones[zone.id]?.closed ?? false,
    here: ticket.zone === zone.id && !ticket.for_counter && ticket.stage === "waiting",
  }));
  const counters = hall.counters.map((counter) => ({
    id: counter.id,
    zone: hall.zones.find((zone) => zone.id === counter.zone),
    desk: floor.desks[counter.id] ?? null,
    serves: !counter.services || counter.services.includes(ticket.service),
    here: ticket.for_counter === counter.id,
  }));
  return { zones, counters };
}
