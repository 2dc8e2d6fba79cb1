// The feed of the hall: alone in knowing sockets, reconnecting and catching up. Described in docs/feed.md.
import { io } from "./vendor/socket.io-client/socket.io.esm.min.js";
import { hallClock } from "./clock.js";
import { createInOrder } from "./in_order.js";
import { reloadWords } from "./words.js";

const RETRY_MS = 500;
const RETRY_AT_MOST_MS = 5000;
const ANSWER_WITHIN_MS = 5000;
const DEAD_AFTER_SECONDS = 20; // four ticks: the line looks open but nothing comes through

/**
 * Listens for ever. `at: {day, seq}` is what the page has already read (of /board or /floor); without it the first
 * `hello` sets the place to start. `onReload` is called when the day changed: read the picture anew, then `startAt`.
 * The hall clock is kept right by the feed itself. Returns {close(), startAt(day, seq), state()}.
 */
export function connectFeed(options) {
  const { audience, link, token, at, onHello, onClock, onSimulation, onWaits, onPrinters, onPrintJob, onCardReader, onState } = options;
  const inOrder = createInOrder({ deliver: (message) => options.onEvent?.(message), day: at?.day, seq: at?.seq });
  let heardAt = null;
  let openedAt = null;
  let reading = false;
  let setup = null; // the version of the hall's setup that the page was read with
  let retryTimer = null;

  const socket = io("/feed", {
    path: "/socket.io",
    transports: ["websocket"],
    reconnection: true,
    reconnectionAttempts: Infinity,
    reconnectionDelay: RETRY_MS,
    reconnectionDelayMax: RETRY_AT_MOST_MS,
    randomizationFactor: 0.5,
    timeout: ANSWER_WITHIN_MS,
    forceNew: true,
    auth: (give) => give({ audience, link, token, day: inOrder.day, last_seq: inOrder.seq }),
  });

  function heard(handler) {
    return (message) => {
      heardAt = performance.now();
      handler(message);
    };
  }

  /** What the screen holds is void. One reading at a time; when it fails, the next tick asks again. */
  async function readAnew() {
    if (reading) return;
    reading = true;
    try {
      await (options.onReload ? options.onReload() : location.reload());
    } catch (error) {
      console.warn("could not read the picture anew", error);
    } finally {
      reading = false;
    }
  }

  function catchUp() {
    if (inOrder.isCatchingUp || !socket.connected) return;
    inOrder.startCatchingUp();
    const asked = { day: inOrder.day, seq: inOrder.seq };
    socket.timeout(ANSWER_WITHIN_MS).emit("since", asked, (lost, answer) => {
      if (!inOrder.isCatchingUp || asked.day !== inOrder.day) return;
      if (lost || !answer) return breakAndRetry();
      heardAt = performance.now();
      if (answer.reload) return readAnew();
      inOrder.caughtUp(answer.events, answer.seq);
    });
  }

  function onHead(head) {
    if (inOrder.isVoid(head)) readAnew();
    else if (inOrder.seq === null) inOrder.startAt(head.day, head.seq);
    else if (head.seq > inOrder.seq) catchUp();
  }

  /** Zones, counters or words may be others now. Pages that were drawn by the server stay as they are. */
  function onSetup(message) {
    const isAnother = setup !== null && message.setup !== setup;
    setup = message.setup;
    if (isAnother && options.onReload) reloadWords().then(readAnew);
  }

  function breakAndRetry() {
    inOrder.forgetHeld();
    socket.disconnect();
    retryLater();
  }

  /** For the cases in which socket.io gives up by itself: refused by the server, or closed by it. */
  function retryLater() {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => socket.connect(), RETRY_MS + Math.random() * RETRY_AT_MOST_MS);
  }

  socket.on("hello", heard((hello) => {
    hallClock.set(hello.clock);
    onHead(hello);
    onSetup(hello);
    onHello?.(hello);
  }));
  socket.on("setup", heard(onSetup));
  socket.on("event", heard((message) => {
    if (inOrder.seq !== null && message.day !== inOrder.day) readAnew();
    else inOrder.hear(message);
  }));
  socket.on("tick", heard((tick) => {
    hallClock.set({ now: tick.now });
    if (tick.seq !== inOrder.seq) catchUp(); // ahead: something was missed or not meant for us; behind: another day
  }));
  socket.on("clock", heard((clock) => {
    hallClock.set(clock);
    onClock?.(clock);
  }));
  socket.on("simulation", heard((simulation) => {
    document.dispatchEvent(new CustomEvent("xinting:simulation", { detail: simulation }));
    onSimulation?.(simulation);
  }));
  socket.on("alerts", heard(() => options.onAlerts?.()));
  socket.on("waits", heard((waits) => onWaits?.(waits)));
  socket.on("printers", heard((printers) => onPrinters?.(printers)));
  socket.on("print_job", heard((job) => onPrintJob?.(job)));
  socket.on("card_reader", heard((message) => onCardReader?.(message)));
  socket.on("connect", () => {
    openedAt = performance.now();
  });
  socket.on("connect_error", (error) => {
    if (audience === "staff" && error.message === "not_signed_in") goToSignIn();
    else if (!socket.active) retryLater();
  });
  socket.on("disconnect", (reason) => {
    inOrder.forgetHeld();
    if (reason === "io server disconnect") retryLater();
  });

  /** Signed out elsewhere, left alone too long, or removed: nothing of the hall stays on this screen. */
  function goToSignIn() {
    const next = encodeURIComponent(location.pathname + location.search);
    location.assign(`/sign-in?next=${next}&lang=${document.documentElement.lang.startsWith("en") ? "en" : "zh"}`);
  }

  function state() {
    const heardSecondsAgo = heardAt === null ? null : (performance.now() - heardAt) / 1000;
    return { connected: socket.connected, heardSecondsAgo };
  }

  const timer = setInterval(() => {
    const now = state();
    const silentMs = performance.now() - Math.max(heardAt ?? 0, openedAt);
    if (now.connected && silentMs > DEAD_AFTER_SECONDS * 1000) breakAndRetry();
    onState?.(now);
  }, 1000);

  return {
    state,
    startAt: (day, seq) => inOrder.startAt(day, seq),
    close() {
      clearInterval(timer);
      clearTimeout(retryTimer);
      socket.disconnect();
    },
  };
}
