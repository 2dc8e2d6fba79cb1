import assert from "node:assert/strict";
import { test } from "node:test";

import { goBack, goHome, guideArrived, guideAsked, newBoard, openService, placeOf } from "../../kiosk/pages/kiosk_board.js";
import * as ticket from "../../kiosk/pages/kiosk_ticket.js";

const PAGE = { id: "TQ11", choices: [{ way: "counter", zone: "special" }] };
const ANSWER = { ticket: "T0023", zone: "special", ahead: 5, paper: "asked" };

function chosen() {
  return guideArrived(guideAsked(openService(newBoard(), "TQ11", "key-1"), "TQ11"), "TQ11", "zh", PAGE);
}

function asked() {
  const now = chosen();
  return ticket.issueAsked(now, ticket.wishOf(now, null));
}

test("the wish names service, way, care and language, and the printer only where there is one", () => {
  assert.deepEqual(ticket.wishOf(chosen(), null), { service: "TQ11", way: "counter", care: false, language: "zh" });
  assert.equal(ticket.wishOf(chosen(), null, "K1").printer, "K1");
});

test("a second press while the first is on its way asks for nothing", () => {
  assert.equal(ticket.issueAsked(asked(), {}), null);
  assert.equal(ticket.issueAsked(ticket.serverAway(asked()), {}), null);
  assert.equal(ticket.issueAsked(ticket.ticketArrived(asked(), ANSWER, 0), {}), null);
});

test("nobody walks back while the number is being asked for", () => {
  const now = asked();
  assert.equal(goBack(now), now);
});

test("after giving up, the next try uses the same key; after a refusal it is a new wish with a new key", () => {
  assert.equal(ticket.gaveUp(ticket.serverAway(asked())).visit.key, "key-1");
  assert.equal(ticket.refused(asked(), { code: "hall_closed", message: "…" }, "key-2").visit.key, "key-2");
});

test("the paper is said to come, then to be taken", () => {
  const shown = ticket.ticketArrived(asked(), ANSWER, 100);
  assert.equal(placeOf(shown).screen, "ticket");
  assert.equal(shown.ticket.paperNow, "asked");
  assert.equal(ticket.paperIs(shown, "T0023", "printed", 101).ticket.paperNow, "printed");
});

test("six seconds of silence count as no paper, and a late paper still counts", () => {
  const shown = ticket.ticketArrived(asked(), ANSWER, 100);

  assert.equal(ticket.ticketTick(shown, 105).ticket.paperNow, "asked");
  const silent = ticket.ticketTick(shown, 106);
  assert.equal(silent.ticket.paperNow, "silent");
  assert.equal(ticket.isWithoutPaper(silent.ticket), true);
  assert.equal(ticket.paperIs(silent, "T0023", "printed", 108).ticket.paperNow, "printed");
});

test("a printer that is quicker than the answer is not missed, another ticket's paper is not mistaken", () => {
  const early = ticket.paperIs(asked(), "T0023", "printed", 1);
  assert.equal(ticket.ticketArrived(early, ANSWER, 2).ticket.paperNow, "printed");

  const shown = ticket.ticketArrived(asked(), ANSWER, 2);
  assert.equal(ticket.paperIs(shown, "T0099", "failed", 3).ticket.paperNow, "asked");
});

test("the ticket leaves the screen after 25 s, after 60 s when there is no paper, and stays as often as wanted", () => {
  const printed = ticket.paperIs(ticket.ticketArrived(asked(), ANSWER, 100), "T0023", "printed", 101);
  assert.equal(placeOf(ticket.ticketTick(printed, 124)).screen, "ticket");
  assert.equal(placeOf(ticket.ticketTick(printed, 126)).screen, "home");

  const failed = ticket.paperIs(ticket.ticketArrived(asked(), ANSWER, 100), "T0023", "failed", 102);
  assert.equal(placeOf(ticket.ticketTick(failed, 161)).screen, "ticket");
  assert.equal(placeOf(ticket.ticketTick(ticket.ticketStays(failed, 161), 200)).screen, "ticket");
});

test("when the ticket leaves, the next person begins in Chinese with nothing chosen", () => {
  const english = { ...ticket.ticketArrived(asked(), ANSWER, 0), lang: "en", modes: { ...newBoard().modes, large: true } };
  assert.deepEqual(ticket.ticketTick(english, 61), goHome(english));
});
