import assert from "node:assert/strict";
import { test } from "node:test";

import * as board from "../../kiosk/pages/kiosk_board.js";
import * as papers from "../../kiosk/pages/kiosk_papers.js";
import * as slips from "../../kiosk/pages/kiosk_slips.js";
import * as ticket from "../../kiosk/pages/kiosk_ticket.js";

const PAGE = {
  id: "TQ04",
  choices: [{ way: "counter", zone: "special" }],
  materials: [
    { code: "M-ID", name: "身份证", required: "must" },
    { code: "M-CARD", name: "银行卡", required: "must" },
    { code: "M-WED", name: "结婚证", required: "if" },
  ],
};

function atService() {
  const ready = board.withData(board.newBoard(), { load: "ready", hall: { zones: [] } });
  return board.guideArrived(board.guideAsked(board.openService(ready, "TQ04", "k"), "TQ04"), "TQ04", "zh", PAGE);
}

test("ticking off is undone by the same touch, and brought and missing exclude each other", () => {
  let now = papers.marked(atService(), "M-ID", "no");
  assert.deepEqual(papers.missingCodes(now), ["M-ID"]);
  now = papers.marked(now, "M-ID", "yes");
  assert.deepEqual(papers.missingCodes(now), []);
  assert.equal(papers.markOf(papers.marked(now, "M-ID", "yes"), "M-ID"), null);
});

test("everything is here when all that everybody needs is ticked; what depends is not asked for", () => {
  const one = papers.marked(atService(), "M-ID", "yes");
  assert.equal(papers.hasAll(one), false);
  assert.equal(papers.hasAll(papers.marked(one, "M-CARD", "yes")), true);
});

test("what is missing goes with the wish as codes, and whoever fetches it says so", () => {
  const lacking = papers.marked(papers.marked(atService(), "M-WED", "no"), "M-CARD", "no");
  assert.deepEqual(ticket.wishOf(lacking, null, "K1").missing, ["M-CARD", "M-WED"]);
  assert.equal(ticket.wishOf(lacking, null, "K1").to_fetch, false);
  assert.equal(ticket.wishOf(papers.goesToFetch(lacking, true), null, "K1").to_fetch, true);
  assert.equal("missing" in ticket.wishOf(atService(), null, "K1"), false);
});

test("large print on the screen is large print on the paper", () => {
  assert.equal(ticket.wishOf(board.modeChanged(atService(), "large"), null, "K1").large_print, true);
});

test("the next visitor finds nothing ticked and no paper of the last one", () => {
  const asked = slips.slipAsked(papers.marked(atService(), "M-ID", "no"), "promise", "k");
  assert.equal(slips.slipAsked(asked, "list", "l"), null);
  const home = board.goHome(slips.slipArrived(asked, { code: "ABC", paper: "+1" }, 0));
  assert.equal(home.slip, null);
  assert.deepEqual(home.slipPapers, {});
  assert.equal(home.visit, null);
});

test("a list says what became of it: printed before the answer came, silent after six seconds, printed after all", () => {
  const asked = slips.slipAsked(atService(), "list", "k");
  const quick = slips.slipArrived(slips.slipPaperIs(asked, "+L1", "printed"), { paper: "+L1" }, 10);
  assert.equal(quick.slip.paper, "printed");
  const waiting = slips.slipArrived(asked, { paper: "+L2" }, 10);
  assert.equal(slips.slipTick(waiting, 15).slip.paper, "asked");
  const silent = slips.slipTick(waiting, 16);
  assert.equal(silent.slip.paper, "silent");
  assert.equal(slips.slipPaperIs(silent, "+L1", "printed").slip.paper, "silent", "another paper's fate");
  assert.equal(slips.slipPaperIs(silent, "+L2", "printed").slip.paper, "printed");
});

test("a failed wish asked again is the same wish", () => {
  const failed = slips.slipFailed(slips.slipAsked(atService(), "list", "first"), "");
  assert.equal(slips.slipAsked(failed, "list", "second").slip.key, "first");
});

test("from “not sure” to the other centre and back to the service in one touch", () => {
  const unsure = papers.unsureCentreOpened(atService());
  const other = papers.otherCentreOpened(unsure);
  assert.equal(board.placeOf(other).screen, "other_centre");
  assert.equal(board.placeOf(papers.ownCentreChosen(other)).screen, "service");
});
