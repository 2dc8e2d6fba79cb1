// Where a film stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReel } from "../../queue_server/web/pages/film/film_reel.js";

function filmAt(machine, more = {}) {
  return makeReel({ begins: 0, ends: 600_000, monotonic: () => machine.ms, ...more });
}

test("ten real seconds are ten minutes at sixty times the speed, and there it stops by itself", () => {
  const machine = { ms: 0 };
  const reel = filmAt(machine);
  reel.play();
  machine.ms = 5000;
  assert.deepEqual([reel.now(), reel.plays], [300_000, true]);
  machine.ms = 60_000;
  assert.deepEqual([reel.now(), reel.plays], [600_000, false]);
  reel.play(); // once more from the beginning
  assert.equal(reel.now(), 0);
});

test("a pause keeps the place, another speed begins from it, and a moment can be sought while it plays", () => {
  const machine = { ms: 0 };
  const reel = filmAt(machine);
  reel.play();
  machine.ms = 1000;
  reel.pause();
  machine.ms = 9000;
  assert.equal(reel.now(), 60_000);
  reel.play();
  reel.changeSpeed(10);
  machine.ms = 10_000;
  assert.equal(reel.now(), 70_000);
  reel.seek(500_000);
  machine.ms = 11_000;
  assert.equal(reel.now(), 510_000);
  reel.seek(-5);
  assert.equal(reel.now(), 0);
});
