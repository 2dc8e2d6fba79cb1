// The player against an <audio> element that the test plays by hand.
import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import { createVoicePlayer } from "../../displays/voice/static/voice_player.js";

const NINE = Date.parse("2026-11-23T01:00:00Z");

class HandAudio extends EventTarget {
  paused = true;
  ended = false;
  error = null;
  played = [];
  refusal = null;

  async play() {
    if (this.refusal) throw Object.assign(new Error("no"), { name: this.refusal });
    this.played.push(this.src);
    this.paused = false;
    this.ended = false;
  }

  pause() {
    this.paused = true;
  }

  async finish() {
    this.paused = true;
    this.ended = true;
    this.dispatchEvent(new Event("ended"));
    await turn();
  }
}

function called(seq) {
  return { seq, day: "2026-11-23", name: "ticket_called", at: "2026-11-23T01:00:00Z", ticket: `T000${seq}`, counter: "3" };
}

function sound(seq) {
  return `/displays/voice/2026-11-23/${seq}.wav`;
}

async function playerWith(t, { refusal = null, now = () => NINE } = {}) {
  const audio = new HandAudio();
  audio.refusal = refusal;
  const states = [];
  const blocked = [];
  const onState = ({ state, call }) => states.push(call ? `${state} ${call.ticket}` : state);
  const player = createVoicePlayer({ now, audio, onState, onBlocked: () => blocked.push(true) });
  t.after(() => player.close());
  await player.start();
  return { audio, player, states, blocked };
}

test("calls that come together are played one after another", async (t) => {
  const { audio, player, states } = await playerWith(t);
  await audio.finish(); // the moment of silence
  for (const seq of [1, 2, 1]) player.hear(called(seq));
  await turn();

  assert.deepEqual(audio.played.slice(1), [sound(1)]);
  await audio.finish();
  assert.deepEqual(audio.played.slice(1), [sound(1), sound(2)]);
  await audio.finish();
  assert.deepEqual(states, ["ready", "saying T0001", "ready", "saying T0002", "ready"]);
});

test("a browser that wants a touch first is noticed before the first call, once", async (t) => {
  const { player, blocked, states } = await playerWith(t, { refusal: "NotAllowedError" });
  player.hear(called(1));
  await turn();

  assert.equal(blocked.length, 1);
  assert.equal(player.state, "blocked");
  assert.deepEqual(states, ["blocked"]);
});

test("after the touch the chime is heard and then the call that waited", async (t) => {
  const { audio, player } = await playerWith(t, { refusal: "NotAllowedError" });
  player.hear(called(1));
  audio.refusal = null;

  assert.equal(await player.unlock(), true);
  await audio.finish();

  assert.deepEqual(audio.played, ["/displays/voice/chime.wav", sound(1)]);
});

test("calls that grew old while the sound was blocked are not said after the touch", async (t) => {
  let now = NINE;
  const { audio, player } = await playerWith(t, { refusal: "NotAllowedError", now: () => now });
  player.hear(called(1));
  now += 31_000;
  audio.refusal = null;

  await player.unlock();
  await audio.finish();

  assert.deepEqual(audio.played, ["/displays/voice/chime.wav"]);
});

test("a browser that blocks in the middle of the day is noticed, and the call is kept", async (t) => {
  const { audio, player, blocked } = await playerWith(t);
  await audio.finish();
  audio.refusal = "NotAllowedError";
  player.hear(called(1));
  await turn();

  assert.equal(blocked.length, 1);
  audio.refusal = null;
  await player.unlock();
  await audio.finish();
  assert.equal(audio.played.at(-1), sound(1));
});

test("a sound that cannot be loaded does not silence the next call", async (t) => {
  const { audio, player, states } = await playerWith(t);
  await audio.finish();
  audio.refusal = "NotSupportedError";
  player.hear(called(1));
  await turn();
  audio.refusal = null;
  player.hear(called(2));
  await turn();

  assert.deepEqual(states.slice(1), ["saying T0001", "failed T0001", "saying T0002"]);
  assert.equal(audio.played.at(-1), sound(2));
});

test("a sound that breaks off in the middle does not silence the next call", async (t) => {
  const { audio, player } = await playerWith(t);
  await audio.finish();
  player.hear(called(1));
  player.hear(called(2));
  await turn();
  audio.dispatchEvent(new Event("error"));
  await turn();

  assert.equal(audio.played.at(-1), sound(2));
});

test("an emergency breaks into a call, and the call is heard again from its beginning", async (t) => {
  const { audio, player } = await playerWith(t);
  await audio.finish();
  player.hear(called(1));
  await turn();

  player.hear({ ...called(2), name: "notice_put_up", emergency: true });
  await turn();
  assert.deepEqual(audio.played.slice(1), [sound(1), sound(2)]);
  await audio.finish();
  assert.deepEqual(audio.played.slice(1), [sound(1), sound(2), sound(1)]);
});
