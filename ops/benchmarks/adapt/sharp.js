// sharp.js each|once PHOTOS PICTURES OUT: makes the pictures that PICTURES (JSON, see adapt.sh) lists with sharp, on one
// thread: the same photos, crops, sizes, quality. `each` is sharp as its documentation shows it, one pipeline a picture;
// `once` decodes a photo once and feeds the raw pixels to the pipelines of all its pictures. Prints `per_s`,
// `cpu_ms` (processor time a picture) and `peak_mib`.
'use strict';

const fs = require('fs');
const path = require('path');
const sharp = require('sharp');

sharp.concurrency(1);

/** Whole pixels inside the photo. */
function box({ x, y, width, height }, photo) {
  const left = Math.min(Math.max(Math.round(x), 0), photo.width - 1);
  const top = Math.min(Math.max(Math.round(y), 0), photo.height - 1);
  return {
    left,
    top,
    width: Math.max(1, Math.min(Math.round(width), photo.width - left)),
    height: Math.max(1, Math.min(Math.round(height), photo.height - top)),
  };
}

/** The ground around a photo that does not fill its canvas: the cheapest that sharp has. */
function ground({ placement, width, height }) {
  const left = Math.round(placement.x);
  const top = Math.round(placement.y);
  return {
    left,
    top,
    right: width - left - Math.round(placement.width),
    bottom: height - top - Math.round(placement.height),
    extendWith: 'mirror',
  };
}

function make(source, picture, file) {
  const { width, height } = picture.placement;
  let pipeline = source
    .extract(box(picture.crop, picture.photo))
    .resize(Math.round(width), Math.round(height), { fit: 'fill' });
  if (picture.strategy === 'extend') pipeline = pipeline.extend(ground(picture));
  return pipeline.jpeg({ quality: picture.quality }).toFile(file);
}

async function each(picture, photos) {
  return sharp(path.join(photos, picture.photo.file)).rotate();
}

let decoded = { file: null };
async function once(picture, photos) {
  const { file } = picture.photo;
  if (decoded.file !== file) {
    decoded = { file: null };
    const raw = await sharp(path.join(photos, file)).rotate().raw().toBuffer({ resolveWithObject: true });
    decoded = { file, ...raw };
  }
  const { width, height, channels } = decoded.info;
  return sharp(decoded.data, { raw: { width, height, channels } });
}

async function main() {
  const [way, photos, list, out] = process.argv.slice(2);
  const source = { each, once }[way];
  const pictures = JSON.parse(fs.readFileSync(list, 'utf8'));
  console.error(`  sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, ${sharp.concurrency()} thread`);
  const begun = process.hrtime.bigint();
  for (const [index, picture] of pictures.entries())
    await make(await source(picture, photos), picture, path.join(out, `${index}.jpg`));
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(`per_s ${(pictures.length / seconds).toFixed(2)}`);
  const { user, system } = process.cpuUsage();
  console.log(`cpu_ms ${((user + system) / 1000 / pictures.length).toFixed(1)}`);
  console.log(`peak_mib ${(process.resourceUsage().maxRSS / 1024).toFixed(1)}`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
