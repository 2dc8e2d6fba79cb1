// The tools on the kiosk, as plain data: which tool, what was answered so far, what is being typed. No DOM, no server.
//
// Each question is a place of its own on the trail, so that “back” takes back one answer.

/** `page`: what the server said for `of`, a query; `text`: what stands in the field; `chosen`: of many, those touched. */
export function emptyTools() {
  return { list: null, state: "none", of: "", page: null, text: "", chosen: [], paper: "none" };
}

export const toolsPlace = { screen: "tools" };

export function toolPlace(tool, answers = []) {
  return { screen: "tool", tool, answers };
}

/** `loan-limit/steps?family=single&balance=`: what the server is asked at this place, in this language. */
export function queryOf({ tool, answers }, lang) {
  const query = new URLSearchParams(answers.flatMap(([field, values]) => (values.length ? values.map((value) => [field, value]) : [[field, ""]])));
  query.set("lang", lang);
  return `/tools/${encodeURIComponent(tool)}/steps?${query}`;
}

export function goTo(board, place) {
  return { ...board, trail: [...board.trail, place], tools: { ...board.tools, state: "loading", text: "", chosen: [], paper: "none" } };
}

export function asking(board, of) {
  return { ...board, tools: { ...board.tools, state: "loading", of } };
}

export function listArrived(board, list) {
  return { ...board, tools: { ...board.tools, state: "ready", list } };
}

/** Taken only if it answers where the visitor is now. A question put again takes the visitor back to it. */
export function pageArrived(board, of, page) {
  if (board.tools.of !== of) return board;
  const place = board.trail[board.trail.length - 1];
  if (!page.problem) return { ...board, tools: { ...board.tools, state: "ready", page, chosen: [] } };
  const upTo = place.answers.findIndex(([field]) => field === page.question.field);
  const answers = upTo < 0 ? place.answers : place.answers.slice(0, upTo);
  const text = upTo < 0 ? "" : (place.answers[upTo][1][0] ?? "");
  const kept = board.trail.slice(0, -1).filter((one) => one.screen !== "tool" || one.answers.length < answers.length);
  const trail = [...kept, toolPlace(place.tool, answers)];
  return { ...board, trail, tools: { ...board.tools, state: "ready", page, text: shown(page.question, text), chosen: [] } };
}

export function pageFailed(board, of) {
  return board.tools.of === of ? { ...board, tools: { ...board.tools, state: "failed" } } : board;
}

const LONGEST = 12;

/** One key of the pad. A point only once, and not as the first sign. */
export function typedKey(board, sign) {
  const { text } = board.tools;
  if (text.length >= LONGEST || (sign === "." && (text === "" || text.includes(".")))) return board;
  return withText(board, text === "0" && sign !== "." ? sign : text + sign);
}

export function erasedKey(board) {
  return withText(board, [...board.tools.text].slice(0, -1).join(""));
}

export function withText(board, text) {
  return { ...board, tools: { ...board.tools, text } };
}

/** The same amount ten thousand times: 70 → 700000, as people say 七十万. */
export function timesTenThousand(board) {
  const { text } = board.tools;
  const amount = Number(text);
  if (!text || !Number.isFinite(amount) || amount <= 0 || amount >= 10_000) return board;
  return withText(board, String(Math.round(amount * 10_000 * 100) / 100));
}

export function toggled(board, value) {
  const { chosen } = board.tools;
  const now = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return { ...board, tools: { ...board.tools, chosen: now } };
}

/** What is sent for what was typed: years become months, a rate is meant in percent. */
export function valueOf(question, text) {
  if (text === "") return [];
  if (question.kind === "years") return [String(Number(text) * 12)];
  return [question.kind === "rate" ? `${text}%` : text];
}

/** The other way round, for a question that is put again. */
export function shown(question, value) {
  const plain = value.replace(/%$/, "");
  return question.kind === "years" && /^\d+$/.test(plain) ? String(Number(plain) / 12) : plain;
}

export function paperIs(board, paper) {
  return { ...board, tools: { ...board.tools, paper } };
}
