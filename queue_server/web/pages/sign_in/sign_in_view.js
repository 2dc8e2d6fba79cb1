// Draws signing in: one card, one question at a time; in a demo the accounts as buttons.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { hallTime } from "/common/clock.js";
import { currentLanguage, pick, t } from "/common/words.js";
import { zoneShape } from "/common/zones.js";

export function drawSignIn(view, acts) {
  const { state, hall } = view;
  const other = currentLanguage() === "en" ? "zh" : "en";
  return html`<main class="sign-in" data-step=${state.step} data-demo=${view.accounts.length && state.step === "person" ? "yes" : "no"}>
    <header class="sign-in__head">
      <p class="sign-in__house"><span aria-hidden="true">♥</span> ${hall ? pick(hall.name) : t("common.house")}</p>
      <a class="staff-link" href=${languageLink(other)} lang=${other === "zh" ? "zh-CN" : "en"}>${t("common.language_other")}</a>
    </header>
    <div class="sign-in__card card">
      ${state.step === "counter" ? drawCounters(view, acts) : state.step === "code" ? drawCode(view, acts) : drawPerson(view, acts)}
      <p class="sign-in__says" role="alert">${state.trouble ? html`▲ ${state.trouble}` : nothing}</p>
    </div>
    ${view.accounts.length && state.step === "person" ? drawAccounts(view, acts) : nothing}
  </main>`;
}

function languageLink(lang) {
  const address = new URL(location.href);
  address.searchParams.set("lang", lang);
  return address.pathname + address.search;
}

function drawPerson({ state, provider }, acts) {
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    acts.signIn({ person: form.get("person").trim(), password: form.get("password") });
  };
  return html`<form @submit=${submit} novalidate>
    <h1>${t("sign_in.head")}</h1>
    <label for="person">${t("sign_in.person")}</label>
    <input class="field" id="person" name="person" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" autofocus />
    <label for="password">${t("sign_in.password")}</label>
    <input class="field" id="password" name="password" type="password" autocomplete="current-password" maxlength="200" />
    <button class="button button--main sign-in__go" type="submit" ?disabled=${state.busy} aria-busy=${state.busy ? "true" : "false"}>
      ${state.busy ? t("sign_in.busy") : t("sign_in.go")}
    </button>
    ${provider ? html`<a class="button sign-in__provider" href=${provider.href}>${t("sign_in.by_provider", { name: provider.name })}</a>` : nothing}
  </form>`;
}

function drawCode({ state }, acts) {
  const submit = (event) => {
    event.preventDefault();
    acts.giveCode(new FormData(event.target).get("code").trim());
  };
  return html`<form @submit=${submit} novalidate>
    <h1>${t("sign_in.code_head")}</h1>
    <label for="code">${t("sign_in.code")}</label>
    <input class="field number" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" />
    <p class="soft">${t("sign_in.code_lost")}</p>
    <button class="button button--main sign-in__go" type="submit" ?disabled=${state.busy}>${state.busy ? t("sign_in.busy") : t("sign_in.go")}</button>
    <button class="button button--quiet" type="button" @click=${acts.startAgain}>${t("common.back")}</button>
  </form>`;
}

function drawCounters(view, acts) {
  const { state, counters } = view;
  return html`
    <h1 id="counters-head" tabindex="-1">${t("sign_in.which_counter", { name: state.session.name })}</h1>
    ${view.accounts.length ? nothing : drawElsewhere(state, acts)}
    <div class="sign-in__counters" role="group" aria-labelledby="counters-head">
      ${counters.map(
        (counter) => html`<button
          type="button"
          class="sign-in__counter"
          data-tone=${counter.zone?.tone ?? ""}
          data-counter=${counter.id}
          aria-pressed=${counter.id === state.counter ? "true" : "false"}
          ?disabled=${counter.takenBy !== null}
          @click=${() => acts.chooseCounter(counter.id)}
        >
          <strong class="number">${counter.id}</strong>
          <span>${counter.zone ? html`${zoneShape(counter.zone)} ${pick(counter.zone.name)}` : nothing}</span>
          <small>${counterNote(counter)}</small>
        </button>`,
      )}
    </div>
    <div class="sign-in__foot">
      <button class="button button--quiet" type="button" @click=${acts.startAgain}>${t("common.back")}</button>
      <button class="button button--main" type="button" ?disabled=${state.busy || !state.counter} @click=${acts.sitDown}>
        ${state.counter ? t("sign_in.sit_down", { counter: state.counter }) : t("sign_in.choose_first")}
      </button>
    </div>
  `;
}

/** Signed in twice: forgotten at another machine, or somebody else has the password. */
function drawElsewhere({ session, endedElsewhere }, acts) {
  if (endedElsewhere) return html`<p class="note note--good" role="status">✓ ${t("sign_in.ended_elsewhere")}</p>`;
  if (!session.elsewhere?.length) return nothing;
  const where = session.elsewhere
    .map((one) => t("sign_in.elsewhere_one", { browser: one.browser || t("sign_in.program"), since: hallTime(new Date(one.since)) }))
    .join(currentLanguage() === "en" ? "; " : "；");
  return html`<div class="note note--look">
    <p>◆ ${t("sign_in.elsewhere", { where })}</p>
    <button class="staff-tool" type="button" @click=${acts.endElsewhere}>${t("sign_in.end_elsewhere")}</button>
  </div>`;
}

function counterNote({ takenBy, isMine }) {
  if (takenBy) return t("sign_in.taken_by", { name: takenBy });
  return isMine ? t("sign_in.usual") : t("sign_in.free");
}

function drawAccounts({ accounts, state }, acts) {
  return html`<section class="sign-in__demo" aria-labelledby="demo-head">
    <h2 id="demo-head">${t("sign_in.demo_head")}</h2>
    <div class="sign-in__accounts">
      ${accounts.map(
        (account) => html`<button
          type="button"
          class="sign-in__account"
          data-person=${account.id}
          ?disabled=${state.busy}
          @click=${() => acts.signInAs(account)}
        >
          <strong>${account.name}</strong>
          <small>${account.counter ? t("common.counter", { counter: account.counter }) : t(`staff.role_${account.role}`)}</small>
        </button>`,
      )}
    </div>
  </section>`;
}
