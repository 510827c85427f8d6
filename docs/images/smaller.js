// Writes a picture with at most 64 colors, which is enough for text and reduces the size to a fifth.
// node smaller.js MODULES FROM.png TO.png
const fs = require('fs');
const path = require('path');

const [modules, from, to] = process.argv.slice(2);
const png = require(path.join(modules, 'upng-js'));
const picture = png.decode(fs.readFileSync(from));
fs.writeFileSync(to, Buffer.from(png.encode(png.toRGBA8(picture), picture.width, picture.height, 64)));
