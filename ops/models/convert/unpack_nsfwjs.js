// Unpacks nsfwjs' MobileNetV2 (CommonJS bundles with base64 weights) into model.json and weights.bin.
// usage: node unpack_nsfwjs.js PACKAGE OUT
const fs = require('fs');
const path = require('path');

const [, , packageFolder, out] = process.argv;
const folder = path.resolve(packageFolder, 'dist/models/mobilenet_v2');
const model = require(path.join(folder, 'model.min.js'));
const weights = Buffer.from(require(path.join(folder, 'group1-shard1of1.min.js')), 'base64');

fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'model.json'), JSON.stringify(model));
fs.writeFileSync(path.join(out, 'weights.bin'), weights);
