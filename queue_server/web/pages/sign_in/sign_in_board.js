// Signing in, step by step: person and password, then for an officer the counter. Plain data, tested with node --test.

const HOME = { officer: "/desk", guide: "/guide", supervisor: "/supervisor", administrator: "/setup" };
const LOCAL = /^\/(?![/\\])[^\\\r\n]*$/; // a path of this server, never somebody else's address

export function openSignIn() {
  return { step: "person", busy: false, trouble: "", session: null, given: null, counter: null };
}

/** The hall knows the person. An officer still chooses a counter, the usual one being chosen already. */
export function knownPerson(state, session) {
  const officer = session.role === "officer";
  return { ...state, busy: false, trouble: "", session, given: null, step: officer ? "counter" : "done", counter: session.counter };
}

/** The password is right, and the person has a phone with a code. */
export const needsCode = (state, given, trouble = "") => ({ ...state, step: "code", busy: false, given, trouble });

/** The usual counter needs no second question to the hall; another one is told to the hall. */
export const needsAnotherCounter = (state) => state.counter !== state.session.counter;

/** Where to go on to: where the person came from if the role may, else the role's own page. */
export function goOnTo(next, role) {
  const home = HOME[role] ?? "/";
  if (!next || !LOCAL.test(next)) return home;
  const others = Object.values(HOME).filter((page) => page !== home);
  const isAnothers = role !== "administrator" && others.some((page) => next === page || next.startsWith(`${page}?`));
  const mayVisit = role === "supervisor" && next.startsWith("/guide");
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
