import { harFromCalls, type HarCall } from '#test/support/har-from-calls.ts';
import { seededRandom, type Random } from '#test/support/large/random.ts';

/** How a value was spelt when it came back. */
export const FORMS = ['path', 'body', 'header', 'cursor', 'url-encoded', 'base64', 'base64 in a body', 'hex', 'case', 'passage'] as const;
export type Form = (typeof FORMS)[number];

/** A value that a client took from an answer. Shape: records as `name#number`. */
export interface Planted {
  readonly to: string;
  readonly form: Form;
  /** Every earlier answer of the session that held it: nobody can tell which it was taken from. */
  readonly from: readonly string[];
}

/** Captures of clients, what was planted in them, and requests that hold nothing but decoys. */
export interface PlantedScene {
  readonly files: Readonly<Record<string, string>>;
  readonly planted: readonly Planted[];
  readonly decoys: ReadonlySet<string>;
}

const HOST = 'https://api.planted.test';
const CLIENTS = 5;
/** Between two sessions of a client, and between two calls. Units: s. */
const PAUSE = 900;
const STEP = 3;
/** Words of which answers are written, so that passages repeat words and never each other. */
const WORDS =
  'the parcel was left with a neighbour who signed for it at noon after rain had made label hard to read and driver called back twice before leaving town because bridge stood closed since early spring when river rose over lower meadows near old mill where nobody lives now except one family that keeps bees in blue boxes behind tall garden wall'.split(
    ' ',
  );

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const toHex = (text: string): string => [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/** A token that says who its bearer is; the signature is made up and opens nothing. */
const tokenOf = (random: Random, subject: string): string =>
  [base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' })), base64url(JSON.stringify({ sub: subject, iss: HOST })), random.base32(43)].join(
    '.',
  );

/** One capture while it is written. */
interface Capture {
  readonly name: string;
  readonly calls: HarCall[];
  now: number;
  readonly headers: readonly string[];
}

/** Adds a call; returns its reference. */
function add(capture: Capture, call: Omit<HarCall, 'at'>): string {
  capture.now += STEP;
  capture.calls.push({ ...call, at: capture.now, headers: [...capture.headers, ...(call.headers ?? [])] });
  return `${capture.name}#${String(capture.calls.length)}`;
}

/** Names in capitals that look like codes and are everybody's. */
const REGIONS = ['EU-CENTRAL', 'US-EASTERN', 'AP-SOUTHERN'];

/** What everybody's answers hold, and everybody's requests: true of nothing. */
const furniture = (owner: string, region = 'EU-CENTRAL'): object => ({
  region,
  active: true, country: 'US', currency: 'USD', page_size: 50, version: '1', status: 'open', owner_id: owner, created_at: '2026-10-03T08:00:00Z',
}); // prettier-ignore

function playSession(capture: Capture, random: Random, owner: string, planted: Planted[], decoys: Set<string>): void {
  const plant = (form: Form, to: string, ...from: readonly string[]): void => void planted.push({ to, form, from });
  const [order, cursor, email] = [`ord_${random.hex(12)}`, random.base32(24), `${random.base32(9)}@mail.planted.test`];
  const [file, code, sku, etag] = [
    `scan-${random.base32(10)}.pdf`,
    `CODE-${random.base32(8)}`,
    `SKU-${random.base32(6).toUpperCase()}`,
    `"${random.hex(16)}"`,
  ];
  const proof = random.uuid();
  const text = Array.from({ length: 70 }, () => random.pick(WORDS));
  const region = random.pick(REGIONS);
  decoys.add(
    add(capture, {
      url: `${HOST}/ping?page_size=50&active=true&country=US&owner_id=${owner}&region=${region.toLowerCase()}`,
      response: furniture(owner, region),
    }),
  );
  decoys.add(
    add(capture, { url: `${HOST}/regions/${random.pick(REGIONS).toLowerCase()}?active=true`, response: furniture(owner, region) }),
  );
  const list = add(capture, {
    url: `${HOST}/orders?page_size=50&status=open&active=true`,
    response: { ...furniture(owner), next_cursor: cursor, items: [{ id: order, ...furniture(owner) }, { id: `ord_${random.hex(12)}` }] },
  });
  plant(
    'cursor',
    add(capture, { url: `${HOST}/orders?page_size=50&cursor=${cursor}`, response: { items: [], ...furniture(owner) } }),
    list,
  );
  const detail = add(capture, {
    url: `${HOST}/orders/${order}?active=true`,
    responseHeaders: [`ETag: ${etag}`],
    response: {
      id: order,
      customer: { email },
      article: { sku },
      proof,
      document: { name: file },
      pickup: { code },
      message: text.join(' '),
      ...furniture(owner),
    },
  });
  plant('path', detail, list);
  const refund = { order_id: order, ...furniture(owner) };
  plant('body', add(capture, { method: 'POST', url: `${HOST}/refunds`, body: refund, response: { accepted: true } }), list, detail);
  plant('header', add(capture, { method: 'PUT', url: `${HOST}/locks`, headers: [`If-Match: ${etag}`], body: furniture(owner) }), detail);
  plant('url-encoded', add(capture, { url: `${HOST}/people?q=${encodeURIComponent(email)}&page_size=50` }), detail);
  plant('base64', add(capture, { url: `${HOST}/files/${base64url(file)}` }), detail);
  plant(
    'base64 in a body',
    add(capture, { method: 'POST', url: `${HOST}/claims`, body: { evidence: btoa(proof), ...furniture(owner) } }),
    detail,
  );
  plant('hex', add(capture, { url: `${HOST}/pickups/${toHex(code)}` }), detail);
  plant('case', add(capture, { url: `${HOST}/articles/${sku.toLowerCase()}` }), detail);
  const begin = random.int(5, 30);
  const note = `Customer says: ${text.slice(begin, begin + 30).join(' ')}. Please check.`;
  plant('passage', add(capture, { method: 'POST', url: `${HOST}/notes`, body: { note, ...furniture(owner) } }), detail);
  decoys.add(add(capture, { method: 'POST', url: `${HOST}/settings`, body: furniture(owner) }));
}

/** Plays sessions of a few clients with planted values and decoys: booleans, countries, page sizes, states, dates and the caller's own id. */
export function playSessions(sessions: number, seed: string): PlantedScene {
  const random = seededRandom(`planted ${seed}`);
  const planted: Planted[] = [];
  const decoys = new Set<string>();
  const captures = Array.from({ length: CLIENTS }, (_, index): Capture => {
    const owner = `usr_${random.hex(10)}`;
    const headers = [`Authorization: Bearer ${tokenOf(random, owner)}`, `User-Agent: client-${String(index)}/1.0`];
    const capture: Capture = { name: `client-${String(index)}.har`, calls: [], now: index * 11, headers };
    for (let session = index; session < sessions; session += CLIENTS) {
      capture.now += PAUSE;
      playSession(capture, random, owner, planted, decoys);
    }
    return capture;
  });
  return { files: Object.fromEntries(captures.map(({ name, calls }) => [name, harFromCalls(calls)])), planted, decoys };
}
