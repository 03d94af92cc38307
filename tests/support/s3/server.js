// server.js PORT DIR: s3rver in front of which every presigned V4 signature is checked.
//
// s3rver 3.7.1 takes any V4 signature ("calculation is unimplemented" in its authentication.js), lists keys in the order
// of its folders and writes objects piece by piece. That would hide faults of ours or invent some, so it is mended here,
// from Amazon's documents and apart from the C++ code: "Authenticating Requests: Using Query Parameters" and
// "ListObjectsV2" (keys in byte order).
'use strict';

const crypto = require('crypto');
const http = require('http');
const S3rver = require('s3rver');

const KEYS = new Map([['S3RVER', 'S3RVER']]);
const BUCKET = 'atelier-test';

const hmac = (key, text) => crypto.createHmac('sha256', key).update(text).digest();
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The error code, or nothing when the request may pass. */
function refusal(request) {
  const url = new URL(request.url, 'http://ignored');
  const parameter = (name) => url.searchParams.get('X-Amz-' + name) || '';
  if (parameter('Algorithm') !== 'AWS4-HMAC-SHA256') return 'AccessDenied';
  const [accessKey, date, region, service, suffix] = parameter('Credential').split('/');
  const secret = KEYS.get(accessKey);
  if (!secret) return 'InvalidAccessKeyId';
  const time = parameter('Date');
  const signedAt = Date.parse(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const age = (Date.now() - signedAt) / 1000;
  if (!time.startsWith(date) || !(age > -900 && age < Number(parameter('Expires')))) return 'AccessDenied';
  const names = parameter('SignedHeaders').split(';');
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!mustBeSigned.every((name) => names.includes(name))) return 'AccessDenied';

  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort(byBytes);
  const headers = names.map((name) => `${name}:${(request.headers[name] || '').trim()}\n`).join('');
  const path = decodeURIComponent(url.pathname).split('/').map(encode).join('/');
  const canonical = [request.method, path, query.join('&'), headers, names.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const scope = [date, region, service, suffix].join('/');
  const digest = crypto.createHash('sha256').update(canonical).digest('hex');
  const key = [date, region, 's3', 'aws4_request'].reduce(hmac, 'AWS4' + secret);
  const expected = hmac(key, ['AWS4-HMAC-SHA256', time, scope, digest].join('\n')).toString('hex');
  return expected === parameter('Signature') ? undefined : 'SignatureDoesNotMatch';
}

function refuse(request, response, code) {
  request.resume();
  response.writeHead(403, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}

/** Lists in byte order whatever order the store walks in. */
function sortListings(store) {
  const walk = store.listObjects.bind(store);
  store.listObjects = async (bucket, { startAfter = '', maxKeys = Infinity, ...options }) => {
    const { objects, commonPrefixes } = await walk(bucket, options);
    const sorted = objects.filter(({ key }) => byBytes(key, startAfter) > 0).sort((a, b) => byBytes(a.key, b.key));
    // Never "truncated": s3rver would make a continuation token with DES, which today's OpenSSL lacks. We page by start-after.
    return { objects: sorted.slice(0, maxKeys), commonPrefixes, isTruncated: false };
  };
}

/**
 * One request after the other: S3 stores an object as a whole, s3rver writes bytes, checksum and type to three files that
 * others may see half done.
 */
function inTurn(serve) {
  let last = Promise.resolve();
  return (request, response) => {
    const done = new Promise((resolve) => response.once('close', resolve));
    last.then(() => serve(request, response));
    last = last.then(() => done);
  };
}

async function main() {
  const [port, directory] = process.argv.slice(2);
  const server = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: BUCKET }] });
  sortListings(server.store);
  await server.configureBuckets();
  const serve = inTurn(server.callback());
  http
    .createServer((request, response) => {
      const code = refusal(request);
      if (code) refuse(request, response, code);
      else serve(request, response);
    })
    .listen(Number(port), '127.0.0.1');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
