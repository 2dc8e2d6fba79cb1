// What is done about a bad experience: each deed is one press; what is shown is the hall's answer.
import { api } from "/common/api.js";
import { findTickets } from "../staff/staff_floor.js";

/** `page`: {here(), lang, panel(), show(more), send(name, path, body), read(reading), readSoon()}; `open(kind, more)` opens the panel. */
export function makeRepairDeeds(page, open) {
  const list = async () => ({ list: await api.get("/repairs", { lang: page.lang }), repair: null });

  async function press(path, body) {
    const repair = await page.send("repair", path, body);
    if (repair) page.show({ repair });
    page.readSoon();
    return repair;
  }

  return {
    openRepairs() {
      open("repairs", { list: null, repair: null });
      return page.read(list);
    },
    backToRepairs: () => page.read(list),
    openRepair: (id) => page.read(async () => ({ repair: await api.get(`/repairs/${id}`, { lang: page.lang }) })),
    newRepair({ ticket = "", words = "", contact = "", origin = "hand" }) {
      const number = ticket.trim() && (findTickets(page.here().floor, ticket)[0]?.ticket ?? ticket.trim().toUpperCase());
      return press("/repairs", { ticket: number, words: words.trim(), contact: contact.trim(), origin });
    },
    /** From a ticket's story: the same panel goes on with the repair. */
    async repairOfStory(ticket) {
      const repair = await page.send("repair", "/repairs", { ticket, origin: "story" });
      if (repair) open("repairs", { list: null, repair });
      page.readSoon();
    },
    stepRepair: (body) => press(`/repairs/${page.panel().repair.id}/steps`, body),
    keepContact: (contact) => press(`/repairs/${page.panel().repair.id}/contact`, { contact }),
  };
}
