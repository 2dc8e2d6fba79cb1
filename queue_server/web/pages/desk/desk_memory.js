// What this desk remembers of the visit at hand and of the day: papers seen, risks told, mistakes read. Nothing personal.

/** `storage` keeps over a reload which services' mistakes the officer has read `day()`; the rest lasts as long as the visit. */
export function makeMemory(storage, person, day) {
  const visits = new Map(); // ticket and service -> {told, seen}
  const name = `xinting.desk.read.${person}`;

  function of(ticket) {
    const key = `${ticket.ticket}:${ticket.service}`;
    if (!visits.has(key)) visits.set(key, { told: new Set(), seen: new Set() });
    return visits.get(key);
  }

  function readToday() {
    try {
      const kept = JSON.parse(storage.getItem(name) ?? "null");
      return kept?.day === day() ? kept.services : [];
    } catch {
      return [];
    }
  }

  return {
    told: (ticket) => of(ticket).told,
    seen: (ticket) => of(ticket).seen,
    isRead: (service) => readToday().includes(service),
    /** All of the service's notices are told, its mistakes read. */
    acknowledge(ticket, guide) {
      for (const risk of guide.risks) of(ticket).told.add(risk.code);
      const services = [...new Set([...readToday(), ticket.service])];
      try {
        storage.setItem(name, JSON.stringify({ day: day(), services }));
      } catch {
        // full or forbidden: then it is asked once more
      }
    },
    /** Ticks a paper, or takes the tick away. */
    tick(ticket, paper) {
      const { seen } = of(ticket);
      if (!seen.delete(paper)) seen.add(paper);
    },
  };
}
