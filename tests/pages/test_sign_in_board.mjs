// Signing in: who still chooses a counter, and where each is led.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countersToChoose,
  goOnTo,
  knownPerson,
  needsAnotherCounter,
  openSignIn,
} from "../../queue_server/web/pages/sign_in/sign_in_board.js";
import { HALL, desk } from "./floor_examples.mjs";

const OFFICER = { person: "zhao", name: "赵静", role: "officer", roles: ["officer"], counter: "3" };
const as = (...roles) => ({ role: roles[0], roles });

test("an officer chooses a counter, the usual one being chosen already", () => {
  const state = knownPerson(openSignIn(), OFFICER);
  assert.deepEqual([state.step, state.counter, needsAnotherCounter(state)], ["counter", "3", false]);
  assert.equal(needsAnotherCounter({ ...state, counter: "4" }), true);
});

test("a guide is done at once", () => {
  assert.equal(knownPerson(openSignIn(), { ...OFFICER, ...as("guide"), counter: null }).step, "done");
});

test("a counter where a colleague sits cannot be chosen; one's own open desk can", () => {
  const desks = [desk("1", { officer: "li", officer_name: "李敏" }), desk("3")];
  const counters = countersToChoose(HALL, desks, OFFICER);
  assert.deepEqual(counters.map((each) => each.takenBy), ["李敏", null, null, null]);
  assert.equal(counters[1].isMine, true);
});

test("each is led to where they came from, or to the page of their role", () => {
  assert.equal(goOnTo("", as("officer")), "/desk");
  assert.equal(goOnTo("/guide", as("guide")), "/guide");
  assert.equal(goOnTo("/guide", as("officer")), "/desk"); // not theirs to see
  assert.equal(goOnTo("/guide", as("supervisor")), "/guide");
  assert.equal(goOnTo("/api/v1/docs", as("administrator")), "/api/v1/docs");
});

test("a guide who is an officer too begins as a guide, and chooses a counter on the way to the desk", () => {
  const both = { ...OFFICER, ...as("guide", "officer"), counter: null };
  assert.equal(knownPerson(openSignIn(), both).step, "done");
  assert.equal(knownPerson(openSignIn(), both, "/desk").step, "counter");
  assert.equal(goOnTo("/desk", both), "/desk");
  assert.equal(goOnTo("/supervisor", both), "/guide");
});

test("nobody is led to another site", () => {
  for (const trap of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
    assert.equal(goOnTo(trap, as("guide")), "/guide");
  }
});
