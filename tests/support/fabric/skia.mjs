// Makes Skia (what Chromium draws with) pass for the `canvas` that Fabric for Node draws on, which would be compiled on
// the spot. Import it before Fabric; `install` puts the package in its place.
import { createRequire } from 'node:module';

const skia = createRequire(import.meta.url)('canvas');

// jsdom makes a context point to its own element, which Skia's contexts do not allow.
const context = Object.getPrototypeOf(skia.createCanvas(1, 1).getContext('2d'));
const native = Object.getOwnPropertyDescriptor(context, 'canvas').get;
const elements = new WeakMap();
Object.defineProperty(context, 'canvas', {
  configurable: true,
  get() { return elements.get(this) ?? native.call(this); },
  set(element) { elements.set(this, element); },
});
