import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sources of a bundle by name. */
export type Bundle = Readonly<Record<string, string>>;

const stamp = (index: number): string =>
  `10/Oct/2026:13:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;

/** Lines of an access log, every 50th of them broken. */
const accessLog = (path: string, lines: number, zone: string): string =>
  Array.from({ length: lines }, (_, index) =>
    index % 50 === 49
      ? `broken line ${String(index)}\n`
      : `192.0.2.${String(index % 7)} - - [${stamp(index)}${zone}] "GET ${path}/${String(index)}?token=tok_${String(index % 5)}abcdef HTTP/1.1" 200 ${String(index)} "-" "curl/8"\n`,
  ).join('');

const harEntry = (index: number): object => ({
  startedDateTime: new Date(Date.UTC(2026, 9, 10, 13) + index * 1000).toISOString(),
  time: 12,
  request: {
    method: 'POST',
    url: `https://api.example/v1/orders/${String(index)}`,
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Authorization', value: `Bearer opaque-${String(index % 3)}-5f2a9c77d1e04b` }],
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    postData: {
      mimeType: 'application/json',
      text: JSON.stringify({ email: `u${String(index)}@example.com`, order: `ord-${String(index)}-8842917` }),
    },
  },
  response: {
    status: 201,
    statusText: 'Created',
    httpVersion: 'HTTP/1.1',
    headers: [],
    cookies: [],
    content: {
      size: 40,
      mimeType: 'application/json',
      text: JSON.stringify({ id: `a91f-${String(index)}-77c2d1`, key: 'sk_live_51HqLyjWDarjtT1zdp7dcGGGG' }),
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: 40,
  },
  cache: {},
  timings: { send: 1, wait: 10, receive: 1 },
});

const SPECIFICATION = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
servers: [{ url: https://api.example }]
paths:
  /v1/orders/{id}:
    get: { responses: { '200': { description: ok } } }
    post: { responses: { '201': { description: made } } }
`;

/** Several sources of different formats: what every table of the case gets rows from. `scale` multiplies the lines. */
export const killBundle = (scale: number): Bundle => ({
  'a.log': accessLog('/a', 2300 * scale, ' +0000'),
  'b.har': JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 't', version: '1' },
      entries: Array.from({ length: 120 * scale }, (_, index) => harEntry(index)),
    },
  }),
  'c.log': accessLog('/c', 1500 * scale, ' +0200'),
  'notes.txt': 'Dear responder,\n',
  'orders.yaml': SPECIFICATION,
});

/** Writes a bundle into a folder. */
export function writeBundle(folder: string, bundle: Bundle): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(bundle)) writeFileSync(join(folder, name), text);
}
