// What the touches on the tools' screens do: one question after the other, each answer sent with those before it.
import { api, newKey } from "/common/api.js";
import * as on from "./tools_board.js";

/** `kiosk` as in kiosk_deeds.js. `readTools` is also called after “back” and a change of language. */
export function createToolsDeeds(kiosk) {
  const change = (step, ...values) => kiosk.show(step(kiosk.board, ...values));
  const place = () => kiosk.board.trail[kiosk.board.trail.length - 1];

  function go(next) {
    change(on.goTo, next);
    readTools();
  }

  async function readTools() {
    const here = place();
    const { lang } = kiosk.board;
    if (here.screen !== "tools" && here.screen !== "tool") return;
    const of = here.screen === "tools" ? `/tools?lang=${lang}` : on.queryOf(here, lang);
    change(on.asking, of);
    try {
      const answer = await api.get(of, { lang });
      if (here.screen === "tool") change(on.pageArrived, of, answer);
      else if (kiosk.board.tools.of === of) change(on.listArrived, answer.tools);
    } catch (error) {
      change(on.pageFailed, of);
      if (!("status" in error)) throw error; // a fault of ours, for the log
    }
  }

  /** The answer to the question at hand; none where it may be left out. */
  function answer(values) {
    const here = place();
    const { page, state } = kiosk.board.tools;
    if (here.screen !== "tool" || state !== "ready" || !page?.question) return; // a second touch before the next question
    go(on.toolPlace(here.tool, [...here.answers, [page.question.field, values]]));
  }

  async function printSheet() {
    const here = place();
    const { paper, page } = kiosk.board.tools;
    if (!page?.sheet || paper === "asking") return;
    change(on.paperIs, "asking");
    const query = on.queryOf(here, kiosk.board.lang).split("?")[1];
    try {
      await api.post(`/tools/${here.tool}/paper`, { printer: kiosk.printer, query }, { key: newKey(), timeoutSeconds: 8 });
      change(on.paperIs, "asked");
    } catch {
      change(on.paperIs, "failed");
    }
  }

  return {
    readTools,
    canPrint: Boolean(kiosk.printer),
    openTools: () => go(on.toolsPlace),
    openTool: (tool) => go(on.toolPlace(tool)),
    answerTool: answer,
    answerTyped: () => answer(on.valueOf(kiosk.board.tools.page.question, kiosk.board.tools.text)),
    answerMany: () => answer(kiosk.board.tools.chosen),
    typeDigit: (sign) => change(on.typedKey, sign),
    eraseDigit: () => change(on.erasedKey),
    typeTenThousand: () => change(on.timesTenThousand),
    typeAmount: (event) => change(on.withText, event.target.value.slice(0, 40)),
    toggleChoice: (value) => change(on.toggled, value),
    printSheet,
  };
}
