// A supervisor's word in danger, the same on every screen: which one hangs, and the band that staff see.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t, tIn } from "/common/words.js";

/** The emergency that hangs at `now`, hall time; null for none. `notices` as GET /notices has them. */
export function emergencyOf(notices, now) {
  return (notices ?? []).find(({ emergency, until }) => emergency && Date.parse(until) > now) ?? null;
}

/** Over the tools of a staff page, which go on working below it. */
export function emergencyBand(notices, now) {
  const notice = emergencyOf(notices, now);
  if (notice === null) return nothing;
  return html`<p class="emergency-band" id="emergency" role="alert">
    <b><span aria-hidden="true">▲</span> ${t("common.emergency")}</b> <span lang="zh-CN">${notice.zh}</span>${notice.en ? html` <span lang="en">${notice.en}</span>` : nothing}
  </p>`;
}

/** "▲ 紧急 EMERGENCY", where words of both languages are there: sign, word and colour, so that none of them alone has to be seen. */
export function emergencyHead() {
  return html`<span aria-hidden="true">▲</span> ${tIn("zh", "common.emergency")} <span lang="en">${tIn("en", "common.emergency")}</span>`;
}

/** "short", "middle" or "long": how large the words may be. */
export function lengthOf({ zh, en }) {
  if (zh.length <= 14 && (en ?? "").length <= 40) return "short";
  return zh.length <= 44 && (en ?? "").length <= 110 ? "middle" : "long";
}
