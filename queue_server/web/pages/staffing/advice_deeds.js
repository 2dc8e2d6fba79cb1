// What the hall advises: read now and then, answered with yes or a reason.
import { api } from "/common/api.js";
import { signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";

const READ_EVERY_MS = 15_000;

/** `onChange()` after each change. Keeps reading until the page is left. */
export function makeAdvice({ here, lang, onChange }) {
  const shown = {
    advices: null, // GET /advice; null: not read yet
    declining: null, // id of the advice to which no is being said
    busy: false,
    trouble: "",
  };

  function change(changes) {
    Object.assign(shown, changes);
    onChange();
  }

  async function read() {
    try {
      change({ advices: await api.get("/advice", { lang }) });
    } catch (error) {
      signInWhenNeeded(error); // the wall itself says when the hall cannot be reached
    }
  }

  async function answer(id, path, body) {
    change({ busy: true, trouble: "" });
    try {
      await here.presses.press("advice", `/advice/${id}/${path}`, body);
      change({ declining: null });
    } catch (error) {
      if (!signInWhenNeeded(error)) change({ trouble: troubleText(error) });
    }
    shown.busy = false;
    await read();
  }

  read();
  setInterval(read, READ_EVERY_MS);
  return {
    shown,
    accept: (id) => answer(id, "accept", {}),
    askWhyNot: (id) => change({ declining: id }),
    decline: (id, reason) => answer(id, "decline", { reason }),
  };
}
