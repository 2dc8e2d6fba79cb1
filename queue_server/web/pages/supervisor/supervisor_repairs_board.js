// Repairs of bad experiences as plain data: how urgent each is, and which clock runs. No DOM, no words; tested with node --test.

export const CLOCKS = ["contact", "fix", "follow_up"];

/** `late`: its time has run out; `today`: it runs out today; else `later`. `dayOf(iso)` gives a moment's day in the hall. */
export function urgency(repair, today, dayOf) {
  if (!repair.next_due) return "ended";
  if (repair.late) return "late";
  return dayOf(repair.next_due) <= today ? "today" : "later";
}

/** Each clock: done (in time or not), runs (the one that is due next), or waits for it. */
export function clockStates(repair) {
  return CLOCKS.map((clock) => {
    const { due, done_at: doneAt, in_time: inTime } = repair.clocks[clock];
    const runs = repair.next_clock === clock;
    return { clock, due, doneAt, inTime, state: doneAt ? "done" : runs ? (repair.late ? "late" : "runs") : repair.ended_at ? "over" : passed(repair, clock) ? "passed" : "waits" };
  });
}

/** A contact that nobody noted is passed over once the thing was mended. */
function passed({ next_clock: next }, clock) {
  return CLOCKS.indexOf(clock) < CLOCKS.indexOf(next);
}

/** What can be noted now, the usual next step first. */
export function stepsNow({ next_clock: next, ended_at: ended }) {
  if (ended) return ["noted", "reopened"];
  const first = { contact: ["contacted", "tried"], fix: ["fixed", "promised"], follow_up: ["followed_up", "tried"] }[next];
  return [...first, ...["promised", "fixed", "noted"].filter((step) => !first.includes(step) && (step !== "fixed" || next === "contact"))];
}

export const NEEDS_NOTE = new Set(["promised", "fixed", "noted"]);
