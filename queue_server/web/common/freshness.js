// An old picture says so itself: by its own timer, in words, and dimmed. A bright screen with a dead number is the worst.
import { hallClock, hallTime } from "./clock.js";
import { t } from "./words.js";

/**
 * Watches how long ago the server was heard. Sets `data-stale="yes|no"` on <html> (base.css then dims what carries
 * `data-dims`) and draws the banner, unless the page draws its own with `onChange({stale, since})` and `banner: false`.
 * `text(since)` words the banner from the hall time of the last word heard (null: none yet).
 * Call `heard()` whenever something came, or hand `feed(state)` to connectFeed's onState.
 */
export function keepFreshness({ staleAfterSeconds = 15, banner = true, text = staleText, onChange } = {}) {
  const page = document.documentElement;
  const startedAt = performance.now();
  let limit = staleAfterSeconds;
  let heardAt = null;
  let heardHallTime = null;
  let stale = false;
  const box = banner ? makeBanner() : null;

  const silentSeconds = () => (performance.now() - (heardAt ?? startedAt)) / 1000;

  function judge() {
    const nowStale = silentSeconds() > limit;
    if (nowStale !== stale) {
      stale = nowStale;
      page.dataset.stale = stale ? "yes" : "no";
      onChange?.({ stale, since: hallTime(heardHallTime) });
    }
    if (box) fill(box, stale && text(heardHallTime));
  }

  function heard(secondsAgo = 0) {
    const at = performance.now() - secondsAgo * 1000;
    if (heardAt !== null && at <= heardAt) return;
    heardAt = at;
    heardHallTime = new Date(hallClock.now() - secondsAgo * 1000 * hallClock.rate);
    judge();
  }

  page.dataset.stale = "no";
  const timer = setInterval(judge, 1000);
  return {
    heard,
    feed(state) {
      if (state.heardSecondsAgo !== null) heard(state.heardSecondsAgo);
    },
    setLimit(seconds) {
      if (seconds > 0) limit = seconds;
    },
    get silentSeconds() {
      return silentSeconds();
    },
    get isStale() {
      return stale;
    },
    stop() {
      clearInterval(timer);
      box?.remove();
    },
  };
}

function makeBanner() {
  const box = document.createElement("p");
  box.className = "stale-banner";
  box.setAttribute("role", "status");
  box.hidden = true;
  document.body.append(box);
  return box;
}

function fill(box, text) {
  box.hidden = !text;
  if (text && box.textContent !== text) box.textContent = text;
}

function staleText(since) {
  return since ? t("common.stale_since", { time: hallTime(since) }) : t("common.not_connected_yet");
}
