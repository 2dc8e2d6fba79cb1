// What stands in the corner of a hall screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clipAfter, clipsOf } from "../../displays/pages/playlist.js";

const FILES = [{ name: "01-hours.png" }, { name: "02-app.mp4" }, { name: "03-rent.jpg" }];
const names = (wanted, files = FILES) => clipsOf(wanted, files).map((clip) => clip.name);

test("nothing, everything, or what is named in its own order; a file that is not there is passed over", () => {
  assert.deepEqual(names(""), []);
  assert.deepEqual(names("*"), ["01-hours.png", "02-app.mp4", "03-rent.jpg"]);
  assert.deepEqual(names("03-rent.jpg，gone.png, 01-HOURS.png"), ["03-rent.jpg", "01-hours.png"]);
});

test("one after another and from the beginning; what was taken away is followed by the first", () => {
  assert.equal(clipAfter(undefined, FILES).name, "01-hours.png");
  assert.equal(clipAfter("01-hours.png", FILES).name, "02-app.mp4");
  assert.equal(clipAfter("03-rent.jpg", FILES).name, "01-hours.png");
  assert.equal(clipAfter("gone.png", FILES).name, "01-hours.png");
  assert.equal(clipAfter("01-hours.png", []), null);
});
