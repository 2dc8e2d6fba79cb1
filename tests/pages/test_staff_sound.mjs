// The sound of alerts on the pages of guides, officers and supervisors: on, off or waiting for a touch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSound } from "../../queue_server/web/pages/staff/staff_sound.js";

const alert = (times) => ({ id: "longest_wait:smart:T0021", level: "act", sound: true, times });

/** A device: its storage, and a browser that stays silent until it was touched. */
function makeDevice() {
  const kept = new Map();
  const heard = [];
  const silent = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
  const part = { frequency: {}, gain: silent, connect: (next) => next, stop() {} };
  class Context {
    state = "suspended";
    currentTime = 0;
    async resume() {
      this.state = "running";
    }
    createOscillator = () => ({ ...part, start: (at) => heard.push(at) });
    createGain = () => part;
  }
  const store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  return { heard, open: () => makeSound({ Context, store }) };
}

test("a page waits for a touch, is turned off and on, and the device remembers it", async () => {
  const device = makeDevice();
  const sound = device.open();
  assert.equal(sound.state, "blocked");
  await sound.change();
  assert.equal(sound.state, "on");
  await sound.change();
  assert.equal(sound.state, "off");

  const nextDay = device.open();
  assert.equal(nextDay.state, "off");
  nextDay.ready();
  assert.equal(nextDay.state, "off", "a touch elsewhere does not turn on what somebody turned off");
  await nextDay.change();
  assert.equal(nextDay.state, "on");
  assert.equal(device.open().state, "blocked", "another page of the device is not muted any more");
});

test("what is new is heard once where sound is on, and not at all where it is off", async () => {
  const device = makeDevice();
  const sound = device.open();
  sound.hear([]);
  sound.hear([alert(1)]);
  assert.deepEqual(device.heard, [], "the browser waits for a touch");
  sound.ready();
  sound.hear([alert(2)]);
  const once = device.heard.length;
  assert.ok(once > 0);
  sound.hear([alert(2)]);
  assert.equal(device.heard.length, once);
  await sound.change();
  sound.hear([alert(3)]);
  assert.equal(device.heard.length, once);
});
