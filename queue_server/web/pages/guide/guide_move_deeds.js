// What a guide does to move people: picking, asking what it would do, letting go, undoing; and telling who stayed and why.
import { api } from "/common/api.js";
import { t } from "/common/words.js";
import { signInWhenNeeded } from "../staff/staff_hall.js";
import { troubleText } from "../staff/staff_words.js";
import { MOVE_REASONS } from "../staff/staff_moves.js";
import { moveWishes, outcomeOf, stillWaiting, togglePicked, usualReason } from "./guide_moving.js";

/** `state` is the page's own, see guide_page.js; `tell(words)` says what was done, `draw()` shows. */
export function makeMoveDeeds({ state, draw, tell, closeSheets, lang }) {
  const zoneOf = (id) => state.here.hall.zones.find((zone) => zone.id === id);

  /** Asks what a move would do to these waits. Without network the page says so and moves all the same. */
  async function foresee(tickets, { to = "zone", position = "fair" } = {}) {
    const asked = { tickets: tickets.join(","), to, position };
    const isAgain = state.asked && new URLSearchParams(state.asked).toString() === new URLSearchParams(asked).toString();
    if (!isAgain) state.prospects = null; // of others, or elsewhere
    if (!tickets.length) return;
    state.asked = asked;
    try {
      const answer = await api.get(`/would-wait?${new URLSearchParams(asked)}`, { lang });
      if (state.asked === asked) state.prospects = answer;
    } catch (error) {
      signInWhenNeeded(error);
    }
    draw();
  }

  /** Sends these on, all at once; each is refused for itself when it was called in the same moment. */
  async function move(tickets, to, how, stageOf = (ticket) => state.here.floor.tickets[ticket]?.stage) {
    const { here } = state;
    state.trouble = "";
    state.news = "";
    const wishes = moveWishes(tickets, to, how, stageOf);
    const sent = wishes.map((wish) => here.presses.press(wish.name, wish.path, wish.body));
    draw();
    const outcome = outcomeOf(wishes, await Promise.allSettled(sent));
    if (outcome.moved.length) state.move = { tickets: outcome.moved, until: outcome.until, why: how.why };
    if (outcome.kept.length) tellWhoStayed(outcome);
    draw();
    return outcome;
  }

  function tellWhoStayed({ moved, kept }) {
    const { error } = kept[0];
    if (signInWhenNeeded(error)) return;
    const others = kept.length > 1 ? t("guide.more_stayed", { tickets: kept.slice(1).map((each) => each.ticket).join(t("staff.list_comma")) }) : "";
    const rest = moved.length ? t("guide.others_moved", { n: moved.length }) : "";
    state.trouble = [whyStayed(error), others, rest].filter(Boolean).join(" ");
  }

  /** Asks again while something is at hand: the queues move on, and another guide may have moved it. */
  function foreseeAgain() {
    if (state.asked && (state.sheet || state.picked.length)) foresee(state.asked.tickets.split(","), state.asked);
  }

  function stopPicking() {
    Object.assign(state, { picked: [], isPicking: false, drag: null, prospects: null });
  }

  return {
    foresee,
    foreseeAgain,
    /** For events of the feed: only what is at hand matters. */
    foreseeIfTouched(ticket) {
      if (ticket && (state.sheet?.ticket === ticket || state.picked.includes(ticket))) foreseeAgain();
    },
    startPicking() {
      closeSheets();
      Object.assign(state, { isPicking: true, picked: [], why: MOVE_REASONS[0], prospects: null });
      draw();
    },
    stopPicking() {
      stopPicking();
      draw();
    },
    pick(ticket) {
      state.picked = togglePicked(state.picked, ticket);
      foresee(state.picked);
      draw();
    },
    why_(why) {
      state.why = why;
      draw();
    },
    async movePicked(to) {
      const tickets = stillWaiting(state.picked, state.here.floor);
      const how = { why: state.why };
      stopPicking();
      await move(tickets, to, how);
    },
    /** Of the sheet: one ticket, to a zone, service, counter or officer. */
    async moveOne(to) {
      const { ticket, how, stage } = state.sheet;
      closeSheets(); // shown as done at once; if the hall says no, that is told
      await move([ticket], to, how, () => stage);
    },
    async undo() {
      const { here, move: last } = state;
      const sent = last.tickets.map((ticket) => here.presses.press(`undo-${ticket}`, `/tickets/${ticket}/undo-transfer`));
      const results = await Promise.allSettled(sent);
      const failed = results.find((result) => result.status === "rejected");
      state.move = null;
      if (failed && !signInWhenNeeded(failed.reason)) state.trouble = troubleText(failed.reason);
      const back = last.tickets.filter((_, place) => results[place].status === "fulfilled");
      if (back.length) tell(t("guide.undone", { ticket: back.join(t("staff.list_comma")) }));
      draw();
    },
    /** For `watchDrags`: a card is lifted, with all others that are picked when it is one of them. */
    dragged: {
      onPick(ticket, point) {
        if (state.here.floor.tickets[ticket]?.stage !== "waiting") return;
        const isNew = !state.picked.includes(ticket);
        if (isNew) state.picked = state.isPicking ? togglePicked(state.picked, ticket) : [ticket];
        closeSheets();
        state.drag = { ticket, isNew, ...placeUnder(point) };
        foresee(state.picked);
        draw();
        putInHand(point);
      },
      onMove(point) {
        if (!state.drag) return;
        const under = placeUnder(point);
        if (under.zone !== state.drag.zone || under.why !== state.drag.why) {
          state.drag = { ...state.drag, ...under };
          draw();
        }
        putInHand(point);
      },
      onDrop(point, { hasMoved }) {
        if (!state.drag) return;
        const { zone, why } = placeUnder(point);
        const from = state.here.floor.tickets[state.drag.ticket]?.zone;
        const tickets = stillWaiting(state.picked, state.here.floor);
        state.drag = null;
        if (!hasMoved) return beginPickingWith();
        const stays = !zone || tickets.every((number) => state.here.floor.tickets[number].zone === zone);
        if (stays) return state.isPicking ? draw() : (stopPicking(), draw());
        stopPicking();
        move(tickets, { zone }, { why: why ?? usualReason(zoneOf(from), zoneOf(zone)) });
      },
      onCancel() {
        state.drag = null;
        if (!state.isPicking) stopPicking();
        draw();
      },
    },
  };

  /** Lifted and put down in its place: the first of several. */
  function beginPickingWith() {
    state.isPicking = true;
    state.why ??= MOVE_REASONS[0];
    draw();
  }
}

/** Kindly: the visitor is already walking to that counter. */
function whyStayed(error) {
  const { stage, ticket, counter } = error.details ?? {};
  return error.code === "ticket_moved_on" && stage === "called" ? t("guide.called_so_stays", { ticket, counter }) : troubleText(error);
}

/** The zone, and the reason, that the finger is over. */
function placeUnder({ under }) {
  const place = under?.closest?.("[data-zone]");
  return { zone: place?.dataset.zone ?? null, why: under?.closest?.("[data-why]")?.dataset.why ?? null };
}

function putInHand({ x, y }) {
  const card = document.querySelector(".in-hand");
  card?.style.setProperty("transform", `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
}
