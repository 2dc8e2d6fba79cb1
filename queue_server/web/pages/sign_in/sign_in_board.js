// Signing in, step by step: person and password, then for an officer the counter. Plain data, tested with node --test.

const HOME = { officer: "/desk", guide: "/guide", supervisor: "/supervisor", administrator: "/setup" };
const LOCAL = /^\/(?![/\\])[^\\\r\n]*$/; // a path of this server, never somebody else's address

export function openSignIn() {
  return { step: "person", busy: false, trouble: "", session: null, given: null, counter: null };
}

/**
 * The hall knows the person. Whoever goes on to the desk still chooses a counter, the usual one being chosen already;
 * that is an officer, or somebody who is one too and wanted there.
 */
export function knownPerson(state, session, next = "") {
  const toDesk = session.role === "officer" || (session.roles.includes("officer") && next.startsWith(HOME.officer));
  return { ...state, busy: false, trouble: "", session, given: null, step: toDesk ? "counter" : "done", counter: session.counter };
}

/** The password is right, and the person has a phone with a code. */
export const needsCode = (state, given, trouble = "") => ({ ...state, step: "code", busy: false, given, trouble });

/** The usual counter needs no second question to the hall; another one is told to the hall. */
export const needsAnotherCounter = (state) => state.counter !== state.session.counter;

/** Where to go on to: where the person came from if one of their roles may, else the page of the first. */
export function goOnTo(next, { role, roles }) {
  const home = HOME[role] ?? "/";
  if (!next || !LOCAL.test(next)) return home;
  const others = Object.keys(HOME).filter((one) => !roles.includes(one)).map((one) => HOME[one]);
  const isAnothers = !roles.includes("administrator") && others.some((page) => next === page || next.startsWith(`${page}?`));
  const mayVisit = roles.includes("supervisor") && next.startsWith("/guide");
  return isAnothers && !mayVisit ? home : next;
}

/** The counters with who sits there now; one that somebody else has opened cannot be chosen. */
export function countersToChoose(hall, desks, session) {
  return hall.counters.map((counter) => {
    const desk = desks.find((each) => each.counter === counter.id) ?? null;
    const zone = hall.zones.find((each) => each.id === counter.zone) ?? null;
    const taken = desk !== null && desk.officer !== session.person;
    return { id: counter.id, zone, takenBy: taken ? desk.officer_name : null, isMine: counter.id === session.counter };
  });
}
