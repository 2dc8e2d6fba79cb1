// One line about the card reader: that a card may be laid, or what came of it. Never a question in the way.
import { html, nothing } from "/common/vendor/lit-html/lit-html.js";
import { t } from "/common/words.js";

// before the number, where it matters; the first screen has enough to say, and the reader itself stands below it
const INVITES_ON = "service";

export function cardLine(board, does, screen) {
  const { reader, card } = board;
  if (card.seen === "older") return older(board, does);
  if (card.seen) return line(reader, card.seen, t(`kiosk.card_${card.seen}`));
  if (screen !== INVITES_ON || reader.state === "none") return nothing;
  if (reader.state === "away") return line(reader, "away", t("kiosk.card_away"));
  return line(reader, "invite", t("kiosk.card_invite", { age: reader.age }));
}

function line(reader, kind, text, more = nothing) {
  return html`<div class="cardline" data-card=${kind}>
    <p role="status">${text}${reader.isSimulated ? html` <small class="cardline__simulated">${t("kiosk.card_simulated")}</small>` : nothing}</p>
    ${more}
  </div>`;
}

function older({ reader, card }, does) {
  const [text, answer] = card.isDeclined ? ["kiosk.card_declined", "kiosk.card_after_all"] : ["kiosk.card_older", "kiosk.card_decline"];
  const touch = () => does.declinePrecedence(!card.isDeclined);
  return line(reader, "older", t(text), html`<button class="key" data-action="precedence" @click=${touch}>${t(answer)}</button>`);
}
