// The line on top of every staff page: hall, what this page is, who works here, the hall's time, the other language.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { api } from "/common/api.js";
import { hallClock, hallTime } from "/common/clock.js";
import { emergencyBand } from "/common/emergency.js";
import { currentLanguage, pick, t } from "/common/words.js";

/** `place`: what stands beside the hall's name; `tools`: the page's own buttons; `notices`: what hangs in the hall.
    A page without a feed shows no time. */
export function staffHeader({ hall, session, place, tools = nothing, notices = [], showsTime = true }) {
  const danger = hallClock.isSet ? emergencyBand(notices, hallClock.now()) : nothing;
  return html`
    <header class="staff-header ${danger === nothing ? "" : "with-emergency"}">
      ${danger}
      <div class="staff-header__place">
        <span class="staff-header__hall">${pick(hall?.name)}</span>
        ${place}
      </div>
      <div class="staff-header__tools">
        ${tools}
        ${session
          ? html`<a class="staff-link" href=${`/tools?lang=${currentLanguage()}`} target="_blank" rel="noopener">${t("staff.tools")}</a>`
          : nothing}
        ${otherPages(session).map((page) => html`<a class="staff-link" href=${page.href}>${t(`staff.page_${page.role}`)}</a>`)}
        ${session
          ? html`<span class="staff-header__person">
              <a class="staff-link" href=${`/account?lang=${currentLanguage()}`}>${session.name}</a>
              <button class="staff-link" type="button" @click=${signOut}>${t("staff.sign_out")}</button>
            </span>`
          : nothing}
        <a class="staff-link" href=${otherLanguage()} lang=${currentLanguage() === "en" ? "zh-CN" : "en"}
          >${t("common.language_other")}</a
        >
        ${showsTime ? html`<time class="staff-header__clock number">${hallClock.isSet ? hallTime(hallClock.now()) : "--:--"}</time>` : nothing}
      </div>
    </header>
  `;
}

const PAGES = { officer: "/desk", guide: "/guide", supervisor: "/supervisor", administrator: "/setup" };

/** Pages of the roles that somebody has besides the one at hand. A desk is at a counter: without one it is chosen first. */
export function otherPages(session, path = location.pathname) {
  const roles = (session?.roles ?? []).filter((role) => !path.startsWith(PAGES[role]));
  return roles.map((role) => {
    const chooses = role === "officer" && !session.counter;
    return { role, href: `${chooses ? "/sign-in" : PAGES[role]}?lang=${currentLanguage()}${chooses ? "&by=session&next=/desk" : ""}` };
  });
}

function otherLanguage() {
  const address = new URL(location.href);
  address.searchParams.set("lang", currentLanguage() === "en" ? "zh" : "en");
  return address.pathname + address.search;
}

async function signOut() {
  try {
    await api.delete("/session");
  } finally {
    location.assign(`/sign-in?lang=${currentLanguage()}`);
  }
}
