// A zone on any page: shape and word and colour together, from the hall's own data (GET /hall).
import { html } from "./vendor/lit-html/lit-html.js";
import { currentLanguage, pick } from "./words.js";

const NO_ZONE = { id: "", name: { zh: "", en: "" }, way: { zh: "", en: "" }, shape: "", tone: "" };

/** The hall's zone of that id; a nameless one where the hall has none of that id. */
export function zoneOf(hall, id) {
  return hall.zones.find((zone) => zone.id === id) ?? { ...NO_ZONE, id };
}

/** The zone a counter belongs to. */
export function zoneOfCounter(hall, counter) {
  return zoneOf(hall, hall.counters.find((each) => each.id === counter)?.zone ?? "");
}

/** Shape and name in the zone's colour, as running text. */
export function zoneName(zone, lang = currentLanguage()) {
  return html`<span class="zone-name" data-tone=${zone.tone}>${zoneShape(zone)}<span>${pick(zone.name, lang)}</span></span>`;
}

/** Shape and name on the zone's tint, as a chip. */
export function zoneChip(zone, lang = currentLanguage()) {
  return html`<span class="zone-chip" data-tone=${zone.tone}>${zoneShape(zone)}<span>${pick(zone.name, lang)}</span></span>`;
}

/** The shape alone; the word must stand beside it, so it is not read aloud. */
export function zoneShape(zone) {
  return html`<span class="zone-shape" aria-hidden="true">${zone.shape}</span>`;
}
