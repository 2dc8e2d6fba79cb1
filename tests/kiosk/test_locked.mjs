// Which keys would lead out of a kiosk's pages: node --test.
import assert from "node:assert/strict";
import { test } from "node:test";

import { leadsOut } from "../../kiosk/pages/locked.js";

const press = (key, held = {}, isTyping = false) => leadsOut({ key, ctrlKey: false, altKey: false, metaKey: false, ...held }, isTyping);

test("what the browser would do by a key is not done", () => {
  for (const key of ["F5", "F11", "F12", "BrowserRefresh", "BrowserHome", "ContextMenu"]) assert.ok(press(key), key);
  for (const key of ["p", "s", "o", "u", "f", "l", "j", "+", "0", "I"]) assert.ok(press(key, { ctrlKey: true }), `Ctrl+${key}`);
  assert.ok(press("ArrowLeft", { altKey: true }));
  assert.ok(press("d", { metaKey: true }));
});

test("the kiosk's own keys and typing go on", () => {
  for (const key of ["Tab", "Enter", "Escape", "ArrowDown", "F1", "F2", "F4", "F6", "a", "Backspace"]) assert.ok(!press(key), key);
  assert.ok(!press("v", { ctrlKey: true }, true)); // pasting into a field
  assert.ok(press("p", { ctrlKey: true }, true));
});
