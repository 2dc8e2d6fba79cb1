// What a guide does beside a visitor: goes along, notes where they sit, looks through papers, calls again, gives minutes.
import { api } from "/common/api.js";
import { t } from "/common/words.js";
import { troubleText } from "../staff/staff_words.js";

/** `state` is the page's own, see guide_page.js; `send` presses and tells a refusal, `tell` says what was done. */
export function makeCompanyDeeds({ state, draw, send, tell, level, lang }) {
  return {
    async goAlong(ticket, instead) {
      if (await send(`escort-${ticket}`, `/tickets/${ticket}/escort`, { instead })) tell(t("guide.escort_taken", { ticket }));
    },
    async notePlace(ticket, place) {
      await send(`place-${ticket}`, `/tickets/${ticket}/place`, { place });
    },
    async callAgain(ticket) {
      if (await send(`recall-${ticket}`, `/tickets/${ticket}/recall`)) tell(t("guide.called_again", { ticket }));
    },
    async giveMinutes(ticket) {
      if (await send(`minutes-${ticket}`, `/tickets/${ticket}/minutes`)) tell(t("guide.minutes_given", { ticket }), true);
    },
    async openMaterials() {
      const { ticket } = state.sheet;
      const { service, missing } = state.here.floor.tickets[ticket];
      level("materials");
      state.sheet = { ...state.sheet, materials: null, missing: [...missing] };
      try {
        const { materials } = await api.get(`/services/${service}`, { lang });
        if (state.sheet?.ticket === ticket) state.sheet = { ...state.sheet, materials };
      } catch (error) {
        state.trouble = troubleText(error);
      }
      draw();
    },
    tickMaterial(code) {
      const { missing } = state.sheet;
      const has = missing.includes(code);
      state.sheet = { ...state.sheet, missing: has ? missing.filter((each) => each !== code) : [...missing, code] };
      draw();
    },
    async saveMaterials() {
      const { ticket, missing } = state.sheet;
      if (!(await send(`materials-${ticket}`, `/tickets/${ticket}/materials`, { missing }))) return;
      tell(t(missing.length ? "guide.materials_noted" : "guide.materials_all_there", { ticket, n: missing.length }), true);
    },
  };
}
