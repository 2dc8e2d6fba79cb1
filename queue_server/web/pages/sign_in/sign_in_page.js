// Signing in: asks the hall, then leads on to where the person wanted to go.
import { render } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { loadWords, pageLanguage, t } from "/common/words.js";
import { troubleText } from "../staff/staff_words.js";
import { countersToChoose, goOnTo, knownPerson, needsAnotherCounter, needsCode, openSignIn } from "./sign_in_board.js";
import { drawSignIn } from "./sign_in_view.js";

const root = document.querySelector("#page");
const lang = pageLanguage();
const accounts = JSON.parse(root.dataset.demoAccounts || "[]");
let state = { ...openSignIn(), trouble: root.dataset.trouble };
let hall = null;
let desks = [];

function draw() {
  const counters = hall && state.session ? countersToChoose(hall, desks, state.session) : [];
  render(drawSignIn({ state, hall, accounts, counters, provider: providerLink() }, acts), root);
}

function change(changes) {
  state = { ...state, ...changes };
  draw();
}

async function readHall() {
  try {
    hall = await api.get("/hall", { lang });
    draw();
  } catch {
    // the name of the hall is a courtesy here; signing in says in words when the server is away
  }
}

const acts = {
  async signIn(given) {
    if (state.busy) return;
    if (!given.person || !given.password) return change({ trouble: t("sign_in.both_needed") });
    change({ busy: true, trouble: "" });
    try {
      const session = await api.post("/session", given, { lang });
      await isKnown(session);
    } catch (error) {
      if (error.code === "code_needed") {
        state = needsCode(state, given);
        draw();
        root.querySelector("#code")?.focus();
        return;
      }
      change({ busy: false, trouble: troubleText(error) });
      root.querySelector("#code, #password")?.focus();
    }
  },
  giveCode(code) {
    return acts.signIn({ ...state.given, code });
  },
  signInAs(account) {
    return acts.signIn({ person: account.id, password: root.dataset.demoPassword });
  },
  chooseCounter: (counter) => change({ counter, trouble: "" }),
  async sitDown() {
    if (state.busy) return;
    change({ busy: true, trouble: "" });
    try {
      if (needsAnotherCounter(state)) await api.post("/session/counter", { counter: state.counter }, { lang });
      goOn();
    } catch (error) {
      change({ busy: false, trouble: troubleText(error) });
    }
  },
  async endElsewhere() {
    try {
      await api.delete("/session/others", { lang });
      change({ session: { ...state.session, elsewhere: [] }, endedElsewhere: true });
    } catch (error) {
      change({ trouble: troubleText(error) });
    }
  },
  startAgain() {
    state = openSignIn();
    draw();
  },
};

async function isKnown(session) {
  document.querySelector('meta[name="csrf-token"]').content = session.csrf;
  state = knownPerson(state, session, root.dataset.next);
  if (state.step === "done") return goOn();
  await readDesks();
  draw();
  root.querySelector("#counters-head")?.focus();
}

/** The centre's own way to sign in, where there is one. */
function providerLink() {
  const { provider, next } = root.dataset;
  if (!provider) return null;
  const query = new URLSearchParams({ lang, ...(next ? { next } : {}) });
  return { name: provider, href: `/sign-in/provider?${query}` };
}

async function readDesks() {
  hall ??= await api.get("/hall", { lang });
  desks = (await api.get("/floor", { lang })).desks;
}

function goOn() {
  const path = goOnTo(root.dataset.next, state.session);
  const address = new URL(path, location.origin);
  if (lang === "en") address.searchParams.set("lang", "en");
  location.assign(address.pathname + address.search + address.hash);
}

await loadWords(["common", "staff", "sign_in"], lang);
draw();
readHall();
if (["provider", "session"].includes(root.dataset.by)) {
  try {
    await isKnown(await api.get("/session", { lang }));
  } catch (error) {
    change({ trouble: troubleText(error) });
  }
}
