// node edit.mjs FOLDER: for every NAME.json in it (`{"canvas", "properties", "edits"}`) loads the canvas into Fabric,
// does the edits, and writes NAME.out.json (what Fabric exports) and NAME.png (what Fabric paints).
//
// An edit is `{"object": ID, "call": METHOD, "arguments": [...]}`, done to the object whose layer has that id (or to the
// canvas when no object is named), `{"add": OBJECT}` or `{"remove": ID}`.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import './skia.mjs';
import * as fabric from 'fabric/node';

function find(objects, id) {
  for (const object of objects) {
    if (object.atelier?.layer?.id === id) return object;
    const inner = object.getObjects ? find(object.getObjects(), id) : undefined;
    if (inner) return inner;
  }
}

async function edit(canvas, change) {
  if (change.add) {
    canvas.add(...await fabric.util.enlivenObjects([change.add]));
    return;
  }
  const id = change.object ?? change.remove;
  const target = id ? find(canvas.getObjects(), id) : canvas;
  if (!target) throw new Error(`there is no object ${id}`);
  if (change.remove) (target.parent ?? canvas).remove(target);
  else target[change.call](...change.arguments);
}

const folder = process.argv[2];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.out.json'))) {
  const name = join(folder, file.slice(0, -'.json'.length));
  const { canvas: json, properties, edits = [] } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { width, height } = json.atelier.canvas;
  const canvas = new fabric.StaticCanvas(null, { width, height, renderOnAddRemove: false });
  await canvas.loadFromJSON(json);
  for (const change of edits) await edit(canvas, change);
  canvas.renderAll();
  writeFileSync(`${name}.png`, canvas.getNodeCanvas().toBuffer('image/png'));
  writeFileSync(`${name}.out.json`, JSON.stringify(canvas.toObject(properties)));
  await canvas.dispose();
}
