// Decodes ESC/POS from standard input with npos, a program not ours, and writes the picture as PGM to standard output.
const fs = require("node:fs");
// The package's main file loads USB drivers that a test does not need.
const Parser = require("npos/lib/parser");

const bytes = fs.readFileSync(0);
new Parser().parse(bytes).then((document) => {
  const pictures = document.entries.filter((entry) => entry.type === "raster");
  if (pictures.length !== 1) throw new Error(`expected one picture, found ${pictures.length}`);
  const bitmap = pictures[0].data;
  const pixels = Buffer.alloc(bitmap.width * bitmap.height);
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      pixels[y * bitmap.width + x] = bitmap.getPixel(x, y) === 0 ? 0 : 255;
    }
  }
  process.stdout.write(Buffer.concat([Buffer.from(`P5 ${bitmap.width} ${bitmap.height} 255\n`), pixels]));
}).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
