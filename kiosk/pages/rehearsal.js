// What is drawn once, unseen, before the first visitor: words and styles that a browser meets for the first time take it longest.
import { MODES, openSearch, openTile, servicesOf } from "./kiosk_board.js";
import { handOpened } from "./kiosk_hand.js";

/** The first screen in each language and mode, and screens one touch away that ask the hall nothing. */
export function rehearsal(board) {
  const inBoth = ["en", "zh"].map((lang) => ({ ...board, lang }));
  return inBoth.flatMap((spoken) => [
    openSearch(spoken),
    handOpened(spoken),
    ...servicesOf(spoken).tiles.slice(0, 1).map((tile) => openTile(spoken, tile.id, "")),
    ...MODES.map((mode) => ({ ...spoken, modes: { ...spoken.modes, [mode]: true } })),
    spoken,
  ]);
}
