// photos.js FROM TO: twelve photographs of 12 megapixels in the folder TO, put together from those in FROM: a ground that
// fills the picture, on most of them a person, and noise as of a camera, so that nothing is cheaper to decode or to
// compress than a real one. Six lie on their side or head in the file, as EXIF says.
'use strict';

const path = require('path');
const sharp = require('sharp');

const LONG = 4000;
const SHORT = 3000;
const TURNS = { 1: 0, 3: 180, 6: 270, 8: 90 }; // from upright to how the file stores it

// part: of the ground's photo, as fractions. person: left and top edge and width, as fractions of the picture's width.
const RECIPES = [
  { ground: 'landscape.jpg', part: [0, 0.2, 1, 0.8], person: [0.1, 0.3, 0.4], orientation: 1 },
  { ground: 'landscape.jpg', part: [0, 0.2, 1, 0.8], mirror: true, person: [0.35, 0.25, 0.45], orientation: 6 },
  { ground: 'product.jpg', person: [0.05, 0.15, 0.35], orientation: 1 },
  { ground: 'cup.jpg', person: [0.55, 0.3, 0.4], orientation: 8 },
  { ground: 'rotated.jpg', person: [0.25, 0.5, 0.5], orientation: 6 },
  { ground: 'rotated.jpg', mirror: true, person: [0.3, 0.2, 0.3], orientation: 1 },
  { ground: 'sign.jpg', mirror: true, person: [0.5, 0.2, 0.45], orientation: 3 },
  { ground: 'landscape.jpg', part: [0.3, 0.2, 0.6, 0.6], person: [0.3, 0.15, 0.35], orientation: 8 },
  { ground: 'people.jpg', part: [0.3424, 0.3336, 0.1355, 0.1476], orientation: 1 },
  { ground: 'people.jpg', part: [0.588, 0.3418, 0.1054, 0.1148], orientation: 1 },
  { ground: 'product.jpg', orientation: 6 },
  { ground: 'landscape.jpg', part: [0.1, 0.3, 0.7, 0.7], orientation: 1 },
];

async function partOf(file, part) {
  const upright = await sharp(file).rotate().toBuffer({ resolveWithObject: true });
  if (!part) return sharp(upright.data);
  const [left, top, width, height] = part;
  const { width: w, height: h } = upright.info;
  return sharp(upright.data).extract({
    left: Math.round(left * w),
    top: Math.round(top * h),
    width: Math.round(width * w),
    height: Math.round(height * h),
  });
}

/** The same for all photos of a shape. */
const noises = new Map();
async function noise(width, height) {
  if (!noises.has(width)) {
    const background = { r: 128, g: 128, b: 128 };
    const create = { width, height, channels: 3, background, noise: { type: 'gaussian', mean: 128, sigma: 14 } };
    noises.set(width, await sharp({ create }).raw().toBuffer());
  }
  return { input: noises.get(width), raw: { width, height, channels: 3 }, blend: 'overlay' };
}

async function person(from, place, width) {
  const [left, top, size] = place.map((fraction) => Math.round(fraction * width));
  return { input: await sharp(path.join(from, 'portrait.jpg')).resize(size, size).toBuffer(), left, top };
}

async function make(recipe, from, to) {
  const isTall = recipe.orientation === 6 || recipe.orientation === 8;
  const [width, height] = isTall ? [SHORT, LONG] : [LONG, SHORT];
  const ground = (await partOf(path.join(from, recipe.ground), recipe.part)).flop(Boolean(recipe.mirror));
  const layers = recipe.person ? [await person(from, recipe.person, width)] : [];
  const upright = await ground
    .resize(width, height, { fit: 'cover' })
    .composite([...layers, await noise(width, height)])
    .removeAlpha()
    .raw()
    .toBuffer();
  await sharp(upright, { raw: { width, height, channels: 3 } })
    .rotate(TURNS[recipe.orientation])
    .withMetadata({ orientation: recipe.orientation })
    .jpeg({ quality: 90 })
    .toFile(to);
}

async function main() {
  const [from, to] = process.argv.slice(2);
  for (const [index, recipe] of RECIPES.entries())
    await make(recipe, from, path.join(to, `${String(index + 1).padStart(2, '0')}.jpg`));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
