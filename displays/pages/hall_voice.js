// The voice in the hall screen's browser, and the button that a person must touch where the browser keeps sound back.
import { hallClock } from "/common/clock.js";
import { t, tIn } from "/common/words.js";

const TRY_AGAIN_MS = 30_000;

/** Loads the player; the screen works without it, and tries again while the player cannot be had. */
export function startVoice(hall) {
  let player = null;
  const button = makeButton(() => player?.unlock());

  async function load() {
    try {
      const { createVoicePlayer } = await import("/displays/voice/static/voice_player.js");
      player = createVoicePlayer({
        now: () => hallClock.now(),
        staleAfterSeconds: hall.limits.voice_stale_after_seconds,
        onBlocked: () => button.show("blocked"),
        onState: ({ state }) => button.show(state),
      });
      await player.start();
    } catch (error) {
      console.warn("the voice could not be started", error);
      button.show("failed");
      setTimeout(load, TRY_AGAIN_MS);
    }
  }

  load();
  return { hear: (message) => player?.hear(message) };
}

function makeButton(onTouch) {
  const box = document.createElement("button");
  box.type = "button";
  box.id = "voice-button";
  box.className = "voice-button";
  box.hidden = true;
  box.addEventListener("click", onTouch);
  document.body.append(box);
  return {
    show(state) {
      const key = state === "blocked" ? "displays.voice_touch" : state === "failed" ? "displays.voice_failed" : null;
      box.hidden = key === null;
      document.body.classList.toggle("asks-for-a-touch", !box.hidden); // then the pointer shows
      if (key) box.textContent = `${t(key)}\n${tIn("en", key)}`;
    },
  };
}
