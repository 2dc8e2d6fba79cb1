// Moving people: what each place would do to their wait, over the zones while a card is in the hand, and below for several.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { pick, t } from "/common/words.js";
import { waitText } from "/common/waits.js";
import { zoneShape } from "/common/zones.js";
import { MOVE_REASONS } from "../staff/staff_moves.js";
import { effectOf, usualReason } from "./guide_moving.js";

const CHANGE_SHAPES = { shorter: "▼", longer: "▲", alike: "＝" };

/** "前面 2 人 · 约 12–20 分 ▼ 短些" and what it is now; the hall's own words where it would refuse. */
export function drawEffect(effect) {
  if (!effect) return html`<small class="effect soft">${t("guide.effect_unknown")}</small>`;
  const [refusal] = effect.refused;
  if (!effect.ahead) return html`<small class="effect">${refusal.code === "nothing_changes" ? t("guide.is_here") : refusal.message}</small>`;
  const [least, most] = effect.ahead;
  return html`<small class="effect">
    <span>${least === most ? t("guide.ahead_now", { n: least }) : t("guide.ahead_span", { least, most })} · ${waitText(effect.wait)}</span>
    ${effect.change
      ? html`<span class="effect__change" data-change=${effect.change}
          ><span aria-hidden="true">${CHANGE_SHAPES[effect.change]}</span> ${t(`guide.change_${effect.change}`)}</span
        >`
      : nothing}
    <span class="soft">${effect.now ? t("guide.now_wait", { wait: waitText(effect.now) }) : nothing}</span>
    ${effect.refused.length ? html`<span>${t("guide.some_stay", { tickets: effect.refused.map((each) => each.ticket).join(t("staff.list_comma")) })}</span>` : nothing}
  </small>`;
}

/** Lies over a zone while somebody is in the hand: let go anywhere for the usual reason, or over another one. */
export function drawDrop(zone, { drag, picked, prospects, here }) {
  const effect = effectOf(prospects, { zone: zone.id });
  const from = here.hall.zones.find((each) => each.id === here.floor.tickets[picked[0]]?.zone);
  const usual = usualReason(from, zone);
  const isShut = effect && !effect.ahead;
  const isOver = drag.zone === zone.id;
  const chosen = isOver ? (drag.why ?? usual) : usual;
  return html`<div class="drop" data-zone=${zone.id} data-over=${isOver ? "yes" : "no"} data-shut=${isShut ? "yes" : "no"}>
    <div class="drop__head">
      <strong>${zoneShape(zone)} ${pick(zone.name)}</strong>
      ${drawEffect(effect)}
    </div>
    ${isShut
      ? nothing
      : html`<div class="drop__whys">
          ${[usual, ...MOVE_REASONS.filter((why) => why !== usual)].map(
            (why) => html`<span class="drop__why" data-zone=${zone.id} data-why=${why} data-over=${isOver && why === chosen ? "yes" : "no"}>${t(`staff.why_${why}`)}</span>`,
          )}
        </div>`}
  </div>`;
}

/** What is in the hand, under the finger; `guide_page` puts it there. */
export const drawInHand = ({ drag, picked }) =>
  drag
    ? html`<div class="in-hand number" aria-hidden="true">${picked.length > 1 ? t("guide.n_picked", { n: picked.length }) : picked[0]}</div>`
    : nothing;

/** Several picked: where to, why, and what it does to their waits. */
export function drawPicked(state, acts) {
  const { here, picked, prospects, why } = state;
  if (!state.isPicking || state.drag) return nothing;
  const busy = here.presses.isBusy(`move-${picked[0]}`);
  return html`<section class="picked" aria-label=${t("guide.picked")}>
    <header class="picked__head">
      <h2 tabindex="-1">${t("guide.n_picked", { n: picked.length })}</h2>
      <p class="picked__numbers number">${picked.length ? picked.join(" ") : html`<span class="soft">${t("guide.pick_hint")}</span>`}</p>
      <div class="picked__whys" role="group" aria-label=${t("guide.how_why")}>
        ${MOVE_REASONS.map(
          (each) => html`<button type="button" class="option option--small" aria-pressed=${each === why ? "true" : "false"} @click=${() => acts.why_(each)}>
            ${t(`staff.why_${each}`)}
          </button>`,
        )}
      </div>
      <button class="staff-tool" type="button" @click=${acts.stopPicking}>${t("common.cancel")}</button>
    </header>
    ${picked.length
      ? html`<div class="picked__targets">
          ${here.hall.zones.map((zone) => {
            const effect = effectOf(prospects, { zone: zone.id });
            return html`<button
              type="button"
              class="target target--small"
              data-tone=${zone.tone}
              data-target=${zone.id}
              ?disabled=${busy || (effect && !effect.ahead)}
              @click=${() => acts.movePicked({ zone: zone.id })}
            >
              <strong>${zoneShape(zone)} ${pick(zone.name)}</strong>${drawEffect(effect)}
            </button>`;
          })}
        </div>`
      : nothing}
  </section>`;
}
