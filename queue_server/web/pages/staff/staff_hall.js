// Opens the hall for a staff page: who is here, the hall, its services, the floor; then keeps the floor true by the feed.
import { api, newKey } from "/common/api.js";
import { hallClock } from "/common/clock.js";
import { connectFeed } from "/common/feed.js";
import { keepFreshness } from "/common/freshness.js";
import { localStore } from "/common/outbox.js";
import { applyEvent, applyPrinters, applyWaits, forgetOver, makeFloor } from "./staff_floor.js";
import { makePresses as makeStaffPresses } from "./staff_presses.js";

const AGAIN_AFTER_MS = 2000;
const SHOWN_WITHIN_MS = 1500; // an answer's events arrive by the feed within milliseconds; else the floor is read anew
const FORGET_EVERY_MS = 60_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Reads what a staff page needs and listens for ever. `onChange()` after anything changed and once a second (waits and
 * countdowns move by themselves); `onTrouble(error)` while the first reading fails; `onEvent(message)` after each event;
 * `onLate({wish, answer?, error?})` tells what became of a press that this page made before it was closed or reloaded.
 * `onAlerts()` when what the hall's rules tell may be otherwise. `makePresses` keeps what is pressed until it is answered; it gets its tools and the open hall.
 */
export async function openHall({ lang, onChange, onTrouble, onEvent, onLate, onAlerts, makePresses = makeStaffPresses }) {
  const first = await readUntilAnswered(lang, onTrouble);
  const here = {
    ...first,
    lang,
    floor: makeFloor(first.floorAnswer),
    connected: false,
    isDown: false, // it was connected, and is no more
    now: () => hallClock.now().getTime(),
  };
  hallClock.set(first.hall.clock);
  hallClock.set(first.floorAnswer.clock);
  here.services = byId(first.catalogue.services);
  here.presses = makePresses({
    post: (path, body, options) => api.post(path, body, { ...options, lang }),
    newKey,
    onChange,
    onLate,
    store: localStore(localStorage, first.session.person),
    seen: (answer) => untilShown(here, answer, readAnew),
    here,
  });

  const freshness = keepFreshness({ staleAfterSeconds: first.hall.limits.stale_after_seconds });
  const feed = connectFeed({
    audience: "staff",
    at: { day: here.floor.day, seq: here.floor.seq },
    onEvent(message) {
      here.floor = applyEvent(here.floor, message);
      onEvent?.(message);
      onChange();
    },
    onAlerts,
    onWaits(waits) {
      here.floor = applyWaits(here.floor, waits);
      onChange();
    },
    onPrinters(printers) {
      here.floor = applyPrinters(here.floor, printers);
      onChange();
    },
    onState(state) {
      freshness.feed(state);
      if (state.connected && !here.connected) here.presses.tryNow();
      here.isDown = !state.connected && (here.isDown || here.connected);
      here.connected = state.connected;
      onChange();
    },
    onReload: readAnew,
  });

  async function readAnew() {
    try {
      const paths = ["/hall", "/services", "/floor"]; // zones and words may be others too
      const [hall, catalogue, answer] = await Promise.all(paths.map((path) => api.get(path, { lang })));
      Object.assign(here, { hall, services: byId(catalogue.services), floor: makeFloor(answer) });
      hallClock.set(answer.clock);
      feed.startAt(answer.day, answer.seq);
      onChange();
    } catch (error) {
      signInWhenNeeded(error); // the feed asks again as soon as it is heard
    }
  }

  setInterval(() => {
    here.floor = forgetOver(here.floor, here.now());
  }, FORGET_EVERY_MS);
  window.addEventListener("online", () => here.presses.tryNow());
  return here;
}

async function readUntilAnswered(lang, onTrouble) {
  for (;;) {
    try {
      const [session, hall, catalogue, floorAnswer] = await Promise.all(
        ["/session", "/hall", "/services", "/floor"].map((path) => api.get(path, { lang })),
      );
      return { session, hall, catalogue, floorAnswer };
    } catch (error) {
      if (signInWhenNeeded(error)) await new Promise(() => {}); // the page is leaving
      onTrouble(error);
      if (!(error.status === 0 || error.status >= 500)) throw error;
      await pause(AGAIN_AFTER_MS);
    }
  }
}

/** A session that has ended leads to the sign-in page and from there back here. */
export function signInWhenNeeded(error) {
  if (error.status !== 401) return false;
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  return true;
}

async function untilShown(here, answer, readAnew) {
  const until = performance.now() + SHOWN_WITHIN_MS;
  while (answer?.seq > here.floor.seq && performance.now() < until) await pause(20);
  if (answer?.seq > here.floor.seq) await readAnew();
}

function byId(services = []) {
  return Object.fromEntries(services.map((service) => [service.id, service]));
}
