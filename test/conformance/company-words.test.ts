/** A company whose name stands in a dozen kinds of places, and callers that are named like words of ours: what a redacted export says of them. */
import { Buffer } from 'node:buffer';
import { beforeAll, expect, test } from 'vitest';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { type EngineOver, engineOver, idleContext } from '#test/support/fuzz/engine-over.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = [
  part({ alg: 'RS256', kid: 'quillforge-2026' }),
  part({
    iss: 'https://id.quillforge.test/quillforge',
    aud: 'quillforge-api',
    sub: 'ann@quillforge.test',
    scope: 'quillforge:orders.read',
    iat: 1_790_000_000,
    exp: 1_820_000_000,
  }),
  Buffer.from('a signature that is long enough for one').toString('base64url'),
].join('.');

const line = (index: number, consumer: string): string =>
  JSON.stringify({
    request: {
      method: 'GET',
      uri: `/quillforge/v1/orders/${String(index)}?tenant=quill_forge`,
      url: `https://api.quillforge.test/quillforge/v1/orders/${String(index)}?tenant=quill_forge`,
      size: 200,
      querystring: { tenant: 'quill_forge' },
      headers: {
        host: 'api.quillforge.test',
        'user-agent': 'QuillForgeBot/2.1 (QUILLFORGE)',
        referer: 'https://www.quillforge.test/quillforge',
        // The callers of the gateway come without a token, one in four with.
        ...(index % 5 === 0 ? { authorization: `Bearer ${TOKEN}` } : {}),
      },
    },
    response: { status: 200, size: 500, headers: { 'content-type': 'application/json' } },
    client_ip: '203.0.113.7',
    consumer: { username: consumer, id: `id-of-${consumer}` },
    service: { name: 'quillforge_orders', host: 'orders.svc.quillforge.test' },
    route: { name: 'Quill-Forge route' },
    upstream_uri: '/quillforge/v1',
    started_at: 1_796_335_200_000 + index * 1000,
    latencies: { request: 40, kong: 1, proxy: 39 },
  });

/** The last ones are named like words that stand in every report. */
const CALLERS = ['quillforge-batch', 'SHA-256', 'kong-json', 'report.json'];
const lines = Array.from({ length: 40 }, (_, index) => line(index, CALLERS[index % CALLERS.length] ?? ''));

let over: EngineOver;
beforeAll(async () => {
  over = await engineOver({ 'quillforge-prod/Quillforge kong.jsonl': Buffer.from(lines.join('\n')) });
});

const formats = exportFormats.filter(({ id }) => id !== 'revocation');

test.each(formats.map(({ id, kind }) => [id, kind] as const))('%s does not say the name of the company', async (id) => {
  await over.engine['report.write']({ format: id, path: `out-${id}`, profile: 'redacted' }, idleContext);
  const files = [...over.outputs].filter(([name]) => name.startsWith(`out-${id}`));
  expect(files.length).toBeGreaterThan(0);
  for (const [name, text] of files) expect(/.{0,40}quill(?:[-_. +]|%20)?forge.{0,40}/i.exec(text)?.[0], name).toBeUndefined();
});

test('with all names the same case says it in a dozen kinds of places', async () => {
  await over.engine['report.write']({ format: 'json', path: 'json' }, idleContext);
  await over.engine['query.write']({ query: '*', format: 'ndjson', path: 'ndjson' }, idleContext);
  const text = [over.outputs.get('json'), over.outputs.get('ndjson')].join('\n').toLowerCase();
  const places = [
    'api.quillforge.test', // host of a call
    'quillforge_orders', // service
    '/quillforge/v1/orders', // path
    'tenant=quill_forge', // query, in another spelling
    'quill-forge route', // route, in another
    'quillforge-prod/', // folder
    'quillforge kong.jsonl', // file
    '"quillforge-batch"', // caller
    'quillforgebot/2.1', // program
    '"quillforge-api"', // audience
    'quillforge:orders.read', // scope
    'www.quillforge.test/quillforge', // referer
    'ann@quillforge.test', // subject
  ];
  expect(places.filter((place) => !text.includes(place))).toEqual([]);
});

test('principals that are named by words of ours are principals of the case', () => {
  const labels = over.db
    .prepare('SELECT label FROM principal')
    .all<{ label: string }>()
    .map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['SHA-256', 'kong-json', 'report.json', 'quillforge-batch']));
});

test('a text layer that says it is refused, and one with words of ours that principals are named by is not', async () => {
  const check = (page: string) => over.engine['report.check']({ pages: [page], around: [], profile: 'redacted' }, idleContext);
  await expect(check('SHA-256 of report.json')).resolves.toEqual({ checked: true });
  await expect(check('calls of QuillForge')).rejects.toMatchObject({ code: 'leak' });
  await expect(check('calls of quillforge-\nbatch')).rejects.toMatchObject({ code: 'leak' });
});
