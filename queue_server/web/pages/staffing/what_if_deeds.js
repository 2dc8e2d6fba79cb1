// Choosing an act, asking the hall what it would do, and doing it where a command exists.
import { api } from "/common/api.js";
import { signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { MOST_ACTS, actOf, choiceOf } from "./what_if_board.js";

const PATIENCE_SECONDS = 50; // the simulating process may just be starting
const STARTS_AGAIN_AFTER_MS = 2_000;

/** Everything the panel shows, and what its touches do. `onChange()` after each change. */
export function makeWhatIf({ here, lang, onChange }) {
  const shown = {
    options: null, // GET /what-if; null: not read yet
    choice: null, // what is being chosen
    acts: [], // {act, choice}: what is done before it, together with it
    answer: null, // POST /what-if
    asking: false,
    starting: false, // the simulating process is, and the question waits for it
    done: false, // the deed has just been done
    trouble: "",
  };
  let question = 0; // the latest one; answers to earlier ones are of no interest

  function change(changes) {
    Object.assign(shown, changes);
    onChange();
  }

  function fail(error) {
    if (!signInWhenNeeded(error)) change({ trouble: troubleText(error), asking: false, starting: false });
  }

  const categories = () => here.catalogue.categories ?? [];

  async function ask() {
    const act = shown.choice && actOf(shown.choice, shown.options, categories());
    const acts = [...shown.acts.map((one) => one.act), ...(act ? [act] : [])];
    const own = ++question;
    if (!acts.length) return change({ answer: null, asking: false, starting: false, trouble: "" });
    change({ asking: true, answer: null, done: false, trouble: "" });
    try {
      const answer = await api.post("/what-if", { acts }, { lang, timeoutSeconds: PATIENCE_SECONDS });
      if (own === question) change({ answer, asking: false, starting: false });
    } catch (error) {
      if (own !== question) return undefined;
      if (error.code !== "forecast_starting") return fail(error);
      change({ starting: true });
      setTimeout(() => own === question && ask(), STARTS_AGAIN_AFTER_MS);
    }
    return undefined;
  }

  return {
    shown,
    categories,
    async read() {
      try {
        change({ options: await api.get("/what-if", { lang }), trouble: "" });
      } catch (error) {
        fail(error);
      }
    },
    chooseKind(kind) {
      shown.choice = choiceOf(kind);
      ask();
    },
    choose(changes) {
      shown.choice = { ...shown.choice, ...changes };
      ask();
    },
    ask,
    /** What was chosen stays, and something more is tried with it. */
    addAnother() {
      const act = actOf(shown.choice, shown.options, categories());
      if (!act || shown.acts.length + 1 >= MOST_ACTS) return;
      change({ acts: [...shown.acts, { act, choice: shown.choice }], choice: null });
    },
    drop(place) {
      shown.acts = shown.acts.filter((_, at) => at !== place);
      ask();
    },
    async deed() {
      const { counter } = shown.answer.deed;
      try {
        if (await here.presses.press("reserve", `/counters/${counter}/open-reserve`)) change({ done: true });
      } catch (error) {
        fail(error);
      }
    },
  };
}
