import assert from "node:assert/strict";
import { test } from "node:test";

import * as on from "../../kiosk/pages/kiosk_board.js";
import { rehearsal } from "../../kiosk/pages/rehearsal.js";

const CATALOGUE = { tiles: [{ id: "rent", services: ["TQ04", "TQ05"] }], categories: [], services: [] };
const ready = on.withData(on.newBoard(), { load: "ready", hall: { zones: [] }, catalogue: { zh: CATALOGUE, en: CATALOGUE } });

test("every mode is drawn in both languages, and the screens one touch away, before anybody comes", () => {
  const boards = rehearsal(ready);
  for (const lang of ["zh", "en"]) {
    const spoken = boards.filter((board) => board.lang === lang);
    for (const mode of on.MODES) assert.ok(spoken.some(({ modes }) => modes[mode]), `${mode} in ${lang}`);
    const screens = new Set(spoken.map((board) => on.placeOf(board).screen));
    assert.deepEqual([...screens].sort(), ["hand", "home", "search", "tile"]);
  }
});

test("the board that visitors find is left as it was", () => {
  const before = JSON.stringify(ready);
  rehearsal(ready);

  assert.equal(JSON.stringify(ready), before);
  assert.ok(on.isUntouched(ready));
});
