import assert from "node:assert/strict";
import { test } from "node:test";

import * as board from "../../kiosk/pages/kiosk_board.js";

const CATALOGUE = {
  tiles: [
    { id: "rent", title: "租房取钱", services: ["TQ04", "TQ05"] },
    { id: "retire", title: "退休取钱", services: ["TQ11"] },
    { id: "all", title: "全部事项", services: ["TQ04", "TQ05", "TQ11"] },
  ],
  categories: [{ id: "TQ", title: "取钱", services: ["TQ04", "TQ05", "TQ11"] }],
  services: [
    { id: "TQ04", plain_name: "租房取钱" },
    { id: "TQ05", plain_name: "租公租房取钱" },
    { id: "TQ11", plain_name: "退休取钱" },
  ],
};
const HALL = { zones: [{ id: "smart", purpose: "coaching" }, { id: "special", purpose: "counter" }, { id: "care", purpose: "care" }] };
const TWO_WAYS = {
  id: "TQ04",
  choices: [
    { way: "coaching", zone: "smart", wait: { low: 3, high: 6 }, waiting: 2, closed: false },
    { way: "counter", zone: "special", wait: { low: 14, high: 22 }, waiting: 9, closed: false },
  ],
};
const ONE_WAY = { id: "TQ11", choices: [{ way: "counter", zone: "special", wait: null, waiting: 9, closed: false }] };

function readyBoard() {
  return board.withData(board.newBoard(), { load: "ready", hall: HALL, catalogue: { zh: CATALOGUE, en: CATALOGUE } });
}

function atService(service, page) {
  const opened = board.guideAsked(board.openService(readyBoard(), service, "key-1"), service);
  return board.guideArrived(opened, service, "zh", page);
}

const screen = (now) => board.placeOf(now).screen;

test("a tile with several services asks which one, a tile with one service opens it", () => {
  assert.equal(screen(board.openTile(readyBoard(), "rent", "k")), "tile");
  assert.equal(screen(board.openTile(readyBoard(), "retire", "k")), "service");
});

test("the tile for everything leads to the categories and is not shown among the named ones", () => {
  assert.equal(screen(board.openTile(readyBoard(), "all", "k")), "categories");
  assert.deepEqual(board.homeTiles(readyBoard()).map((tile) => tile.id), ["rent", "retire"]);
});

test("a common visit takes four touches: tile, service, no company, way", () => {
  const touches = [
    (now) => board.openTile(now, "rent", "k"),
    (now) => board.guideArrived(board.guideAsked(board.openService(now, "TQ04", "k"), "TQ04"), "TQ04", "zh", TWO_WAYS),
    (now) => board.answerCare(now, false),
  ];
  const now = touches.reduce((state, touch) => touch(state), readyBoard());

  assert.equal(screen(now), "way"); // and the fourth touch takes the number
});

test("with one way only, or with company, the answer leads straight to the number", () => {
  assert.equal(screen(board.answerCare(atService("TQ11", ONE_WAY), false)), "service");
  const accompanied = board.answerCare(atService("TQ04", TWO_WAYS), true);
  assert.equal(screen(accompanied), "service");
  assert.equal(accompanied.visit.care, true);
});

test("back goes one screen back, keeps the key while the service stays and never leaves home", () => {
  const atWay = board.answerCare(atService("TQ04", TWO_WAYS), false);

  const atServiceAgain = board.goBack(atWay);
  assert.equal(screen(atServiceAgain), "service");
  assert.equal(atServiceAgain.visit.key, "key-1");

  const home = board.goBack(board.goBack(atServiceAgain));
  assert.equal(screen(home), "home");
  assert.equal(home.visit, null);
});

test("going home keeps the language of the person, leaving forgets it with every choice", () => {
  const chosen = { ...atService("TQ04", TWO_WAYS), lang: "en", modes: { ...readyBoard().modes, large: true } };

  assert.equal(board.goToStart(chosen).lang, "en");
  const forgotten = board.goHome(chosen);
  assert.deepEqual([forgotten.lang, forgotten.modes.large, forgotten.visit, forgotten.guide.page], ["zh", false, null, null]);
  assert.equal(board.isUntouched(forgotten), true);
});

test("a call for help outlives the person's going home, and works again once answered", () => {
  const asked = board.helpIs(board.helpPressed(readyBoard()), "coming");

  const later = board.goHome(asked);
  assert.equal(later.help, "coming");
  assert.equal(board.mayAskHelp(later), false);

  const answered = board.helpIs(later, "answered");
  assert.equal(board.helpPressed(answered).help, "asking");
});

test("pressing help again while the guide is coming sends no second call", () => {
  const coming = board.helpIs(board.helpPressed(readyBoard()), "coming");
  assert.equal(board.helpPressed(coming).help, "coming");
});

test("the waits of the two ways are the newest ones, and a zone closed meanwhile shows as closed", () => {
  const zones = [{ zone: "smart", waiting: 5, wait: { low: 7, high: 9 }, closed: false, notice: "" }];
  let now = board.withWaits(atService("TQ04", TWO_WAYS), { zones });
  assert.deepEqual(board.choicesNow(now)[0].wait, { low: 7, high: 9 });

  now = board.withZoneClosed(now, { zone: "smart", closed: true, notice: "设备检修" });
  assert.equal(board.choicesNow(now)[0].closed, true);
});

test("an answer to an older search is not shown for a newer one", () => {
  const typing = board.typed(board.typed(readyBoard(), "zu"), "zuf");

  assert.equal(board.found(typing, "zu", CATALOGUE.services).search.state, "looking");
  assert.equal(board.found(typing, "zuf", []).search.state, "nothing");
  assert.equal(board.typed(typing, " ").search.state, "empty");
});

test("the page of a service left behind is not shown", () => {
  const moved = board.guideAsked(board.openService(readyBoard(), "TQ11", "k"), "TQ11");
  assert.equal(board.guidePage(board.guideArrived(moved, "TQ04", "zh", TWO_WAYS)), null);
});

test("care is offered where the hall has the zone, shown as closed when it is, and left out where there is none", () => {
  assert.equal(board.careOffer(readyBoard()), "open");
  assert.equal(board.careOffer(board.withZoneClosed(readyBoard(), { zone: "care", closed: true, notice: "" })), "closed");
  assert.equal(board.careOffer({ ...readyBoard(), hall: { zones: [] } }), "none");
});
