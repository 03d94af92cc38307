#!/usr/bin/env node
// Packs the chosen illustrations of an Iconify set: pack.js ICONS.json LEAVE_OUT PEOPLE_KEPT OUT
//
// OUT: a line `atelier-illustrations 1 COUNT SIZE` (SIZE: the side of every picture's square), COUNT lines
// `name offset packed plain` in the order of the names, then the pictures, each an SVG document of `plain` bytes
// in `packed` bytes of zlib's raw deflate. Offsets count from the first picture.
'use strict'
const fs = require('fs')
const zlib = require('zlib')

const [iconsPath, leaveOutPath, peoplePath, outPath] = process.argv.slice(2)
const set = JSON.parse(fs.readFileSync(iconsPath, 'utf8'))
const lines = path => fs.readFileSync(path, 'utf8').split('\n').filter(l => l && !l.startsWith('#'))
const leaveOut = lines(leaveOutPath).map(l => new RegExp(`^(?:${l})$`))
const kept = new Set(lines(peoplePath))
const people = new RegExp('(^|-)(man|woman|men|women|mans|womans|person|people|boy|girl|child|baby|adult|hand|hands|face|faced|finger' +
  '|fingers|fist|palm|palms|kiss|couple|monkey|prince|princess|mage|vampire|zombie|genie|troll|superhero|supervillain|elf|fairy' +
  '|merperson|guard|ninja|judge|worker|index|gesture|salute|horns|claus|selfie|foot|footprints|bath)(-|$)|^(artist|cook|detective' +
  '|farmer|firefighter|mechanic|pilot|scientist|singer|student|teacher|technologist|skier|snowboarder|thumbs-.*|astronaut|.*clock.*)$')

const isWanted = name => kept.has(name) || (!people.test(name) && !leaveOut.some(r => r.test(name)))

// A thousandth of a unit is a tenth of a pixel on a picture of 3,200: more decimals only cost space.
const rounded = body => body.replace(/ (d|transform|gradientTransform|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|width|height)="([^"]*)"/g,
  (_, key, value) => ` ${key}="${value.replace(/\d*\.\d{4,}/g, n => String(Number(Number(n).toFixed(3))).replace(/^0\./, '.'))}"`)

// Names inside a picture become short ones.
const renamed = body => {
  const names = new Map()
  for (const [, id] of body.matchAll(/ id="([^"]+)"/g)) names.set(id, names.size.toString(36))
  return body.replace(/ id="([^"]+)"/g, (_, id) => ` id="i${names.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id) => `url(#i${names.get(id)})`)
    .replace(/href="#([^"]+)"/g, (_, id) => `href="#i${names.get(id)}"`)
    .replace(/ result="(effect\w+|shape|BackgroundImageFix)"/g, (_, r) => ` result="${r[0]}"`)
    .replace(/ in2="(effect\w+|shape|BackgroundImageFix)"/g, (_, r) => ` in2="${r[0]}"`)
    .replace(/ in="(effect\w+|shape|BackgroundImageFix)"/g, (_, r) => ` in="${r[0]}"`)
}

const entries = Object.keys(set.icons).filter(isWanted).sort().map(name => {
  const body = renamed(rounded(set.icons[name].body))
  const xlink = body.includes('xlink:') ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"${xlink} viewBox="0 0 ${set.width} ${set.height}">${body}</svg>`
  return { name, plain: Buffer.byteLength(svg), bytes: zlib.deflateRawSync(svg, { level: 9 }) }
})
let offset = 0
const index = entries.map(e => {
  const line = `${e.name} ${offset} ${e.bytes.length} ${e.plain}\n`
  offset += e.bytes.length
  return line
})
const head = `atelier-illustrations 1 ${entries.length} ${set.width}\n`
fs.writeFileSync(outPath, Buffer.concat([Buffer.from(head + index.join('')), ...entries.map(e => e.bytes)]))
console.log(`${entries.length} illustrations, ${fs.statSync(outPath).size} bytes`)
