// fleet.js URL TOKEN PHOTOS: uploads the photos, has them analysed, adds the formats. Prints two lines: the path and the
// body of the POST that makes every photo into every format.
'use strict';

const fs = require('fs');
const path = require('path');

const SIZES = [
  [1080, 1080],
  [1080, 1350],
  [1080, 1920],
  [1000, 1500],
  [1200, 628],
  [1920, 1080],
  [1200, 900],
  [300, 250],
];
const QUALITY = 80;

function client(url, token) {
  return async (method, route, body) => {
    const headers = { Authorization: `Bearer ${token}` };
    if (body) headers['Content-Type'] = 'application/json';
    const answer = await fetch(`${url}/api/v1${route}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function upload(call, file) {
  const bytes = fs.readFileSync(file);
  const type = 'image/jpeg';
  const announced = await call('POST', '/assets', {
    filename: path.basename(file),
    content_type: type,
    size_bytes: bytes.length,
  });
  const put = await fetch(announced.upload.url, { method: 'PUT', headers: { 'Content-Type': type }, body: bytes });
  if (!put.ok) throw new Error(`PUT ${file}: ${put.status} ${await put.text()}`);
  await call('POST', `/assets/${announced.asset.id}/complete`);
  return announced.asset.id;
}

async function finished(call, job) {
  for (;;) {
    const { state, error } = await call('GET', `/jobs/${job}`);
    if (state === 'completed') return;
    if (state === 'failed' || state === 'cancelled') throw new Error(`job ${job} ${state}: ${JSON.stringify(error)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function prepare(url, token, photos) {
  const call = client(url, token);
  const assets = [];
  for (const name of fs.readdirSync(photos).sort()) assets.push(await upload(call, path.join(photos, name)));
  const project = await call('POST', '/projects/upload', { name: 'Bench', asset_ids: assets });
  await finished(call, project.job_id);
  const formats = [];
  for (const [width, height] of SIZES) {
    const name = `bench ${width} by ${height}`;
    const format = { name, type: 'resizing', width, height, content_type: 'image/jpeg', quality: QUALITY };
    formats.push((await call('POST', '/admin/formats', format)).id);
  }
  console.log(`/api/v1/projects/${project.project_id}/generate`);
  console.log(JSON.stringify({ format_ids: formats }));
}

const [url, token, photos] = process.argv.slice(2);
prepare(url, token, photos).catch((error) => {
  console.error(error);
  process.exit(1);
});
