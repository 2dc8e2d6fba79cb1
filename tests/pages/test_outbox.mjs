// A press on a flaky network: kept in order, sent once, over a closed page, and handed back when it has become too old.
import assert from "node:assert/strict";
import { test } from "node:test";
import { localStore, makeOutbox } from "../../queue_server/web/common/outbox.js";

const away = () => Object.assign(new Error("away"), { status: 0 });
const refused = (status = 409, code = "ticket_moved_on") => Object.assign(new Error(code), { status, code });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** The part of a browser's localStorage that matters, as a Map. */
function storage() {
  const kept = new Map();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (place) => [...kept.keys()][place],
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
  };
}

/** A hall that does each key once and says so; `network.up` decides whether it is reached, `lost` whether its answers are. */
function hall() {
  const network = { up: true, lost: false };
  const done = new Map();
  const post = async (path, body, { key }) => {
    if (!network.up) throw away();
    if (body.refuse) throw refused(body.refuse);
    if (!done.has(key)) done.set(key, { path, seq: done.size + 1 });
    if (network.lost) throw away();
    return done.get(key);
  };
  return { network, done, post };
}

function page(server, store, clock = { now: 0 }) {
  const rounds = [];
  const late = [];
  let keys = 0;
  const outbox = makeOutbox({
    post: server.post,
    newKey: () => `${clock.page ?? "a"}-${(keys += 1)}`,
    onChange: () => {},
    onLate: (each) => late.push(each),
    store,
    later: (work) => rounds.push(work),
    now: () => (clock.now += 1),
  });
  return { outbox, rounds, late };
}

test("three moves pressed without network are done once each, in order, when it is back", async () => {
  const server = hall();
  const { outbox, rounds } = page(server, localStore(storage(), "ma"));
  server.network.up = false;
  const answers = ["/tickets/T1/transfer", "/tickets/T2/transfer", "/tickets/T1/undo-transfer"].map((path) =>
    outbox.send({ name: path, path }),
  );
  await settle();
  assert.equal(outbox.kept, 3);
  server.network.up = true;
  rounds.pop()();
  await Promise.all(answers);

  assert.deepEqual([...server.done.values()].map((each) => each.path), [
    "/tickets/T1/transfer",
    "/tickets/T2/transfer",
    "/tickets/T1/undo-transfer",
  ]);
  assert.deepEqual([outbox.kept, outbox.wishes.length], [0, 0]);
});

test("an answer lost on the way makes no second deed, even when the page was closed in between", async () => {
  const server = hall();
  const memory = storage();
  const first = page(server, localStore(memory, "ma"));
  server.network.lost = true;
  first.outbox.send({ name: "move", path: "/tickets/T1/transfer", body: { zone: "care" } });
  await settle();
  assert.equal(server.done.size, 1);

  server.network.lost = false;
  const second = page(server, localStore(memory, "ma"), { now: 0, page: "b" });
  assert.equal(second.outbox.wishes.length, 1);
  second.rounds.pop()();
  await settle();

  assert.equal(server.done.size, 1);
  assert.equal(second.late[0].answer.seq, 1);
  assert.equal(memory.kept.size, 0);
});

test("what another person pressed on the same tablet is not sent under one's own name", async () => {
  const memory = storage();
  const server = hall();
  server.network.up = false;
  page(server, localStore(memory, "ma")).outbox.send({ name: "x", path: "/x" });
  await settle();

  assert.equal(page(server, localStore(memory, "li")).outbox.wishes.length, 0);
  assert.equal(page(server, localStore(memory, "ma")).outbox.wishes.length, 1);
});

test("a refusal is told to whoever pressed, and the next press goes on", async () => {
  const server = hall();
  const { outbox } = page(server, localStore(storage(), "ma"));
  const no = outbox.send({ name: "one", path: "/one", body: { refuse: 409 } });
  const yes = outbox.send({ name: "two", path: "/two" });

  await assert.rejects(no, { status: 409 });
  assert.equal((await yes).seq, 1);
});

test("when the session has ended nothing is lost: it goes out after signing in again", async () => {
  const server = hall();
  const memory = storage();
  const { outbox } = page(server, localStore(memory, "ma"));
  await assert.rejects(outbox.send({ name: "one", path: "/one", body: { refuse: 401 } }), { status: 401 });
  assert.equal(memory.kept.size, 1);
});

test("a press older than ten minutes is handed back, not sent", async () => {
  const server = hall();
  const clock = { now: 0 };
  const { outbox, rounds } = page(server, localStore(storage(), "ma"), clock);
  server.network.up = false;
  const old = outbox.send({ name: "one", path: "/one" });
  await settle();
  server.network.up = true;
  clock.now += 11 * 60_000;
  rounds.pop()();

  await assert.rejects(old, { code: "kept_too_long" });
  assert.equal(server.done.size, 0);
});

test("a spoilt memory is dropped instead of stopping the page", () => {
  const memory = storage();
  memory.setItem("xinting-outbox:ma:k", "{");
  assert.equal(page(hall(), localStore(memory, "ma")).outbox.wishes.length, 0);
  assert.equal(memory.kept.size, 0);
});
