// How large the numbers are, for whom a screen hangs far away, in the evening, or who hears nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangeCards, addCall, isJustCalled, noCards } from "../../displays/pages/call_cards.js";
import { isEvening, leastDigitPx, settingsOf } from "../../displays/pages/display_settings.js";
import { arrangeCounter, arrangeScreen } from "../../displays/pages/screen_layout.js";

const SCREENS = [[800, 480], [1024, 600], [1366, 768], [1920, 1080], [3840, 2160], [1080, 1920], [2160, 3840], [480, 800]];

test("the standard's own examples: 61 mm at 5 m, 122 mm at 10 m", () => {
  const mm = (distance_m) => leastDigitPx({ distance_m, height_mm: 1000 }, 1000); // one px a millimetre
  assert.equal(Math.round(mm(5)), 61);
  assert.equal(Math.round(mm(10)), 122);
});

test("a picture with more pixels needs more of them for the same millimetres", () => {
  const measured = { distance_m: 5, height_mm: 685 };
  assert.equal(leastDigitPx(measured, 2160), 2 * leastDigitPx(measured, 1080));
});

test("a screen that nobody measured has no least size, and keeps the defaults", () => {
  const settings = settingsOf([{ id: "hall", distance_m: 5 }], "another");
  assert.equal(leastDigitPx(settings, 1080), 0);
  assert.deepEqual([settings.layout, settings.silent], ["calls_and_zones", false]);
  assert.equal(settingsOf(undefined, "hall").contrast, "house"); // a server of before
});

test("every screen from 800 × 480 to 4K shows three calls beside the zones, four upright", () => {
  for (const [width, height] of SCREENS) {
    const { places, side, stacked, enough } = arrangeScreen({ width, height });
    assert.deepEqual({ places, side, stacked, enough }, { places: height > width ? 4 : 3, side: true, stacked: false, enough: true });
  }
});

test("whatever fits is as large as asked; what is too far once stays so farther away", () => {
  for (const kind of ["hall", "zone"]) {
    for (const [width, height] of SCREENS) {
      let wasEnough = true;
      for (let least = 0; least < height / 2; least += height / 80) {
        const now = arrangeScreen({ width, height, kind, leastPx: least });
        assert.ok(now.places >= 1);
        assert.ok(!now.enough || (wasEnough && now.fontPx * 0.73 * (now.side ? 0.8 : 1) >= least));
        wasEnough = now.enough;
      }
    }
  }
});

test("ten metres from a 55-inch screen two calls fit without the zones; seventeen are too far, and it says so", () => {
  const at = (distance_m) => arrangeScreen({ width: 1920, height: 1080, leastPx: leastDigitPx({ distance_m, height_mm: 685 }, 1080) });
  assert.deepEqual([at(10).places, at(10).side, at(10).enough], [2, false, true]);
  assert.deepEqual([at(17).places, at(17).enough], [1, false]);
});

test("a screen for calls only, or for two at most, is that", () => {
  const made = (settings) => arrangeScreen({ width: 1920, height: 1080, settings });
  assert.equal(made({ layout: "calls_only" }).side, false);
  assert.equal(made({ layout: "calls_and_pictures" }).side, false, "without a playlist nothing stands there");
  const pictures = { width: 1920, height: 1080, settings: { layout: "calls_and_pictures" }, corner: true };
  assert.equal(arrangeScreen(pictures).side, true);
  assert.equal(made({ layout: "of_a_newer_hall" }).side, true);
  assert.equal(made({ most_calls: 2 }).places, 2);
  assert.equal(made({ most_calls: 1 }).places, 1);
});

test("upright, pictures take their room from the calls' size and never from their number", () => {
  for (const kind of ["hall", "zone"]) {
    const [without, having] = [false, true].map((corner) => arrangeScreen({ width: 1080, height: 1920, kind, corner }));
    assert.deepEqual([having.places, having.side], [without.places, true]);
    assert.ok(having.fontPx <= without.fontPx && having.fontPx >= 90, `${kind} ${having.fontPx}`);
    const wide = [false, true].map((corner) => arrangeScreen({ width: 1920, height: 1080, kind, corner }).fontPx);
    assert.equal(wide[0], wide[1]);
  }
});

test("the ticket above a counter grows at the cost of the words when it must be read from afar", () => {
  const near = arrangeCounter({ width: 1920, height: 1080 });
  const far = arrangeCounter({ width: 1920, height: 1080, leastPx: 330 });
  assert.deepEqual([near.compact, far.compact, far.enough], [false, true, true]);
  assert.ok(far.fontPx > near.fontPx);
  assert.equal(arrangeCounter({ width: 800, height: 480, leastPx: 400 }).enough, false);
});

test("the evening may go over midnight, and never comes where it is not set", () => {
  const evening = { evening_from: "17:30", evening_until: "08:00" };
  assert.deepEqual(["17:29", "17:30", "23:59", "07:59", "08:00"].map((time) => isEvening(evening, time)), [false, true, true, true, false]);
  assert.equal(isEvening({ evening_from: "12:00", evening_until: "13:00" }, "12:30"), true);
  assert.equal(isEvening({ evening_from: "", evening_until: "" }, "20:00"), false);
  assert.equal(isEvening({ evening_from: "17:30", evening_until: "" }, "20:00"), false);
});

test("a care call stands longer, and the next one waits for it", () => {
  const care = { ticket: "A0001", zone: "care", counter: "8", attempt: 1, care: true };
  const next = { ticket: "T0001", zone: "special", counter: "3", attempt: 1, care: false };
  const dwell = { dwellMs: 5000, careExtraMs: 5000, places: 1 };
  const calls = [next, care];

  let cards = arrangeCards(addCall(noCards(), care), calls, { nowMs: 0, ...dwell });
  cards = arrangeCards(addCall(cards, next), calls, { nowMs: 6000, ...dwell });
  assert.deepEqual(cards.shown.map((card) => card.ticket), ["A0001"]);
  assert.equal(isJustCalled(cards.shown[0], { nowMs: 9999, ...dwell }), true);

  cards = arrangeCards(cards, calls, { nowMs: 10_000, ...dwell });
  assert.deepEqual(cards.shown.map((card) => card.ticket), ["T0001"]);
  assert.equal(isJustCalled(cards.shown[0], { nowMs: 15_000, ...dwell }), false);
});
