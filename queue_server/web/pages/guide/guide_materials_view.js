// The papers of one service, looked through with the visitor: what is there is ticked, what is missing stays with the ticket.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";

export function drawMaterials({ sheet, here }, acts) {
  const { materials, missing } = sheet;
  if (!materials) return html`<p class="soft">${t("common.loading")}</p>`;
  return html`
    <h3 class="sheet__ask">${t("guide.materials_ask")}</h3>
    <ul class="sheet__services">
      ${materials.map(
        (each) => html`<li>
          <button
            type="button"
            class="target target--small"
            role="checkbox"
            aria-checked=${missing.includes(each.code) ? "false" : "true"}
            data-material=${each.code}
            @click=${() => acts.tickMaterial(each.code)}
          >
            <strong><span aria-hidden="true">${missing.includes(each.code) ? "☐" : "☑"}</span> ${each.name}</strong>
            ${each.when || each.note ? html`<small>${[each.when, each.note].filter(Boolean).join(" · ")}</small>` : nothing}
          </button>
        </li>`,
      )}
    </ul>
    ${materials.length ? nothing : html`<p class="soft">${t("guide.materials_none")}</p>`}
    <div class="sheet__foot sheet__foot--stays">
      <button class="button button--quiet" type="button" @click=${() => acts.level("zones")}>${t("common.back")}</button>
      <button class="button button--main" type="button" ?disabled=${here.presses.isBusy(`materials-${sheet.ticket}`)} @click=${acts.saveMaterials}>
        ${missing.length ? t("guide.materials_missing", { n: missing.length }) : t("guide.materials_complete")}
      </button>
    </div>
  `;
}
