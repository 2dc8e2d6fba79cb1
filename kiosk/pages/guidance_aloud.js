// Spoken guidance: what is said when a screen opens, when a key moves on, and once more on wish.
import { t } from "/common/words.js";
import { createSpeaker } from "./speaker.js";
import { partsIn, partsOf, textOf } from "./speech_text.js";

/** `kiosk`: {board}. `root`: where the screens are drawn. */
export function createGuidance(kiosk, root) {
  let lastParts = [];
  let hasIntroduced = false;
  const speaker = createSpeaker({ onPart: mark, onTrouble: () => root.classList.add("is-mute") });

  function say(parts) {
    if (!kiosk.board.modes.speech) return;
    root.classList.remove("is-mute");
    lastParts = parts;
    speaker.say(parts, { lang: kiosk.board.lang, slow: kiosk.board.modes.slow });
  }

  return {
    /** A screen or a panel opened: all of it, and at the first one how to go on. */
    screen() {
      const parts = partsOf(root);
      if (!hasIntroduced) parts.unshift({ text: t("kiosk.speech_begins") });
      hasIntroduced = true;
      say(parts);
    },
    /** Something on the screen has an answer now: the paper, a code, a search. */
    news(selector) {
      const told = root.querySelector(selector);
      if (told) say(partsIn(told));
    },
    /** The keys came to one thing. */
    focused(element) {
      const kind = element.getAttribute("aria-pressed") === "true" ? t("kiosk.say_on") : "";
      say([{ text: [textOf(element), kind].filter(Boolean).join("，"), element }]);
    },
    sentence: (text) => say([{ text }]),
    again: () => say(lastParts),
    stop() {
      hasIntroduced = false;
      lastParts = [];
      speaker.stop();
    },
    hush: () => speaker.stop(),
  };

  /** What is being said can be seen too, for those who hear and see a little of both. */
  function mark(part) {
    for (const marked of root.querySelectorAll("[data-said]")) delete marked.dataset.said;
    if (part?.element?.isConnected) part.element.dataset.said = "now";
  }
}
