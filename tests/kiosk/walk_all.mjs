// Walks to a number for every service of a catalogue, by the kiosk's own board, and says how many touches each way takes.
// In: {hall, catalogue, pages} on standard input, as the API gives them. Out: {service: {tile, category, most}}.
import { readFileSync } from "node:fs";

import * as on from "../../kiosk/pages/kiosk_board.js";
import * as ticket from "../../kiosk/pages/kiosk_ticket.js";

const { hall, catalogue, pages } = JSON.parse(readFileSync(0, "utf8"));
const start = on.withData(on.newBoard(), { load: "ready", hall, catalogue: { zh: catalogue, en: catalogue } });
const screen = (board) => on.placeOf(board).screen;

/** From the page of a service to the number: whoever has everything and wants no company. Gives the touches it took. */
function toTheNumber(board, service) {
  let now = on.guideArrived(on.guideAsked(board, service), service, "zh", pages[service]);
  if (screen(now) !== "service" || !on.guidePage(now)) throw new Error(`${service}: no page`);
  let touches = 1; // "no, thank you"
  now = on.answerCare(now, false);
  let way = null;
  if (screen(now) === "way") {
    touches += 1;
    way = on.choicesNow(now)[0].way;
  }
  const wish = ticket.wishOf(now, way, "K1");
  const asked = ticket.issueAsked(now, wish);
  if (!asked || wish.service !== service) throw new Error(`${service}: no number`);
  const got = ticket.ticketArrived(asked, { ticket: "T0001", zone: "special", paper: "asked" }, 0);
  if (screen(got) !== "ticket") throw new Error(`${service}: no ticket`);
  return touches;
}

function byTile(service) {
  const counts = on.homeTiles(start).filter((tile) => tile.services.includes(service)).map((tile) => {
    const opened = on.openTile(start, tile.id, "k");
    if (screen(opened) === "service") return 1 + toTheNumber(opened, service);
    if (!on.servicesOf(opened).tiles.find((one) => one.id === on.placeOf(opened).tile).services.includes(service)) return Infinity;
    return 2 + toTheNumber(on.openService(opened, service, "k"), service);
  });
  return Math.min(...counts, Infinity);
}

function byCategory(service) {
  const categories = on.openTile(start, on.allTile(start).id, "k");
  const category = catalogue.categories.find((one) => one.services.includes(service));
  if (screen(categories) !== "categories" || !category) throw new Error(`${service}: in no category`);
  return 3 + toTheNumber(on.openService(on.openCategory(categories, category.id), service, "k"), service);
}

function byMostAsked(service) {
  const isShown = on.mostAsked(start).cards.slice(0, 3).some((card) => card.id === service);
  return isShown ? 1 + toTheNumber(on.openService(start, service, "k"), service) : null;
}

const found = catalogue.services.map(({ id }) => {
  const tile = byTile(id);
  return [id, { tile: Number.isFinite(tile) ? tile : null, category: byCategory(id), most: byMostAsked(id) }];
});
console.log(JSON.stringify(Object.fromEntries(found)));
