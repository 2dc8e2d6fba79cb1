// What the browser sends of a recording: a WAV file that any program reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wavFile } from "../../displays/voice/static/wav_file.js";

test("samples become a mono 16 bit WAV file, and what is too loud stays within it", () => {
  const view = new DataView(wavFile(Float32Array.of(0, 1, -1, 0.5, 2), 22050));
  const letters = (at, count) => String.fromCharCode(...new Uint8Array(view.buffer, at, count));

  assert.equal(letters(0, 4) + letters(8, 8) + letters(36, 4), "RIFFWAVEfmt data");
  assert.equal(view.byteLength, 44 + 10);
  assert.equal(view.getUint32(4, true), view.byteLength - 8);
  assert.equal(view.getUint32(24, true), 22050);
  assert.equal(view.getUint32(40, true), 10);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((i) => view.getInt16(44 + 2 * i, true)),
    [0, 32767, -32767, 16384, 32767],
  );
});
