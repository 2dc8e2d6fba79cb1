// Reading, making, cancelling and importing bookings, and letting people arrive with them: for guide and supervisor.
import { api } from "/common/api.js";
import { t } from "/common/words.js";
import { bookingRows, codeOf } from "./bookings_board.js";
import { signInWhenNeeded } from "./staff_hall.js";
import { troubleText } from "./staff_words.js";

/** Everything the sheet shows, and what its touches do. `onChange()` after each change. */
export function makeBookings({ here, lang, onChange }) {
  const shown = {
    rows: null, // null: not read yet
    code: "", // typed or scanned
    asking: null, // code of the booking to be cancelled
    making: null, // {service, typed, found, day, slots, booking}
    news: "",
    trouble: "",
  };

  function change(changes) {
    Object.assign(shown, changes);
    onChange();
  }

  async function attempt(work) {
    change({ trouble: "", news: "" });
    try {
      return await work();
    } catch (error) {
      if (!signInWhenNeeded(error)) change({ trouble: troubleText(error) });
      return undefined;
    }
  }

  const press = (name, path, body) => attempt(() => here.presses.press(name, path, body));

  async function read() {
    const answer = await attempt(() => api.get(`/bookings?day=${here.floor.day}`, { lang }));
    if (answer) change({ rows: bookingRows(answer.bookings) });
  }

  async function readSlots() {
    const { service, day } = shown.making;
    const question = new URLSearchParams({ service: service.id, day });
    const answer = await attempt(() => api.get(`/bookings/slots?${question}`, { lang }));
    if (answer && shown.making?.day === day) change({ making: { ...shown.making, slots: answer.slots } });
  }

  return {
    shown,
    read,
    typeCode: (code) => change({ code }),
    async arrive(typed) {
      const code = codeOf(typed);
      if (!code) return;
      const printer = here.floor.printers.find((each) => each.state !== "failing")?.printer;
      const answer = await press("booking", `/bookings/${code}/arrive`, printer ? { printer } : {});
      if (!answer) return;
      const { ticket } = answer;
      change({ code: "", news: t(printer ? "staff.booking_arrived" : "staff.booking_arrived_no_paper", { ticket, printer }) });
      await keepNews(read);
    },
    ask: (code) => change({ asking: code }),
    async cancel(code) {
      if (!(await press("booking", `/bookings/${code}/cancel`))) return;
      change({ asking: null, news: t("staff.booking_cancelled", { code }) });
      await keepNews(read);
    },
    make: () => change({ making: { service: null, typed: "", found: null, day: here.floor.day, slots: null, booking: null } }),
    stopMaking: () => change({ making: null }),
    async search(typed) {
      change({ making: { ...shown.making, typed } });
      if (!typed.trim()) return change({ making: { ...shown.making, found: null } });
      const answer = await attempt(() => api.get(`/services?q=${encodeURIComponent(typed.trim())}`, { lang }));
      if (answer && shown.making?.typed === typed) change({ making: { ...shown.making, found: answer.services } });
      return undefined;
    },
    async chooseService(service) {
      change({ making: { ...shown.making, service, slots: null } });
      await readSlots();
    },
    async chooseDay(day) {
      change({ making: { ...shown.making, day, slots: null } });
      await readSlots();
    },
    async book(slot) {
      const { service } = shown.making;
      const booking = await press("booking", "/bookings", { service: service.id, slot, language: "zh" });
      if (booking) change({ making: { ...shown.making, booking } });
      await keepNews(booking ? read : readSlots); // a slot that was full is gone from the list
    },
    async importFile(file) {
      const answer = await press("booking", "/bookings/import", { csv: await file.text() });
      if (!answer) return;
      change({ news: t("staff.csv_taken", { n: answer.imported }) });
      await keepNews(read);
    },
  };

  /** Reading anew wipes what was just said; say it still. */
  async function keepNews(work) {
    const { news, trouble } = shown;
    await work();
    change({ news, trouble: shown.trouble || trouble });
  }
}
