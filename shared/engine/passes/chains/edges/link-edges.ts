import { addTo } from '../../../../lib/group-values.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { textHash } from '../../../../lib/text-hash.ts';
import type { CodecPort } from '../../../ports.ts';
import { callFlag } from '../../../store/call-flags.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { getDetail } from '../../../store/read/calls/details.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { clientInLog } from '../client-in-log.ts';
import type { EdgeList } from './edge-list.ts';

/** The browser was told to go there and went: nothing else explains it as well. */
const REDIRECT = 0.97;
/** The recording browser says which script or page made the call. */
const INITIATOR = 0.9;
/** A Referer names the page, which may stand open in two tabs. */
const REFERER = 0.75;
/** A redirect is followed at once; what comes later was asked for anew. Units: µs. */
const REDIRECT_WINDOW = 60 * 1_000_000;
/** A page stays open; after half an hour without a call the visit counts as over (the usual web analytics rule). Units: µs. */
const PAGE_WINDOW = 30 * 60 * 1_000_000;
/** A referer is looked up among this many latest loads of the page by the same client. */
const MAX_LOADS = 8;

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;

/** One hash for host and path of a URL, whatever its scheme, port and query. */
const urlHash = (host: string, path: string): number => textHash(`${host.toLowerCase()}${path === '' ? '/' : path}`);

interface Target {
  readonly url: number;
  readonly text: string;
}

/** Host and path of a URL as a look-up key; relative ones are resolved against the call's own URL. */
function targetOf(url: string, base: string | undefined): Target | undefined {
  if (!URL.canParse(url, base)) return undefined;
  const parsed = new URL(url, base);
  if (parsed.hostname === '') return undefined;
  return { url: urlHash(parsed.hostname, parsed.pathname), text: `${parsed.host}${parsed.pathname}` };
}

interface Place {
  readonly host: string | null;
  readonly path: string | null;
  readonly scheme: string | null;
}

const placeOf = (db: SqlDriver, id: number): Place =>
  db
    .prepare(
      'SELECT h.value AS host, c.path, s.value AS scheme FROM call c LEFT JOIN term h ON h.id = c.host_id LEFT JOIN term s ON s.id = c.scheme_id WHERE c.id = ?',
    )
    .get<{ host: string | null; path: string | null; scheme: string | null }>(id) ?? { host: null, path: null, scheme: null };

/** Where links lead to, and which calls name a page that they come from. */
interface LinkEnds {
  /** Calls by host and path in time order, only those that something points to. */
  readonly byUrl: ReadonlyMap<number, readonly number[]>;
  /** By call: the interned text of its Referer, 0 for none of those that name a page. Empty where none does. */
  readonly refererOf: Int32Array;
}

interface LinkRow {
  readonly id: number;
  readonly host: string | null;
  readonly path: string | null;
  readonly referer: number | null;
}

/** Reads URLs and referers of all calls, which nothing else needs: they are let go with the links. Cost: nothing where nothing points anywhere. */
async function readLinkEnds(
  db: SqlDriver,
  calls: CallColumns,
  indexOf: (id: number) => number,
  wanted: ReadonlySet<number>,
  referers: ReadonlyMap<number, Target>,
  breathe: () => Promise<void>,
): Promise<LinkEnds> {
  const byUrl = new Map<number, number[]>();
  const refererOf = new Int32Array(referers.size === 0 ? 0 : calls.count);
  if (wanted.size === 0) return { byUrl, refererOf };
  const page = db.prepare(
    `SELECT c.id, h.value AS host, c.path, c.referer_id AS referer FROM call c LEFT JOIN term h ON h.id = c.host_id
      WHERE c.id > ? ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<LinkRow>(after);
    for (const { id, host, path, referer } of rows) {
      const at = indexOf(id);
      if (at === NONE) continue;
      if (referer !== null && referers.has(referer)) refererOf[at] = referer;
      const url = host === null ? 0 : urlHash(host, path ?? '/');
      if (!wanted.has(url) || Number.isNaN(numberAt(calls.start, at))) continue;
      addTo(byUrl, url, at);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    await breathe();
  }
  for (const list of byUrl.values()) list.sort((a, b) => a - b);
  return { byUrl, refererOf };
}

/** True when both calls were made by one client, as far as the evidence tells. */
const sameClient = (calls: CallColumns, a: number, b: number): boolean =>
  numberAt(calls.source, a) === numberAt(calls.source, b) &&
  numberAt(calls.clientIp, a) === numberAt(calls.clientIp, b) &&
  numberAt(calls.userAgent, a) === numberAt(calls.userAgent, b);

/** The last call in `list` before position `before` that fits; lists are in time order. */
function lastBefore(list: readonly number[], before: number, fits: (at: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < before) low = middle + 1;
    else high = middle;
  }
  for (let place = low - 1; place >= Math.max(0, low - MAX_LOADS); place -= 1) {
    const at = list[place] ?? NONE;
    if (fits(at)) return at;
  }
  return NONE;
}

/**
 * Hands out the first call of a page by the same client after a redirect to it, each call once.
 * Shape: asked in time order, so that what was passed by is never looked at again: a client that is sent to one page ten thousand times costs ten
 * thousand steps.
 */
function createArrivals(calls: CallColumns, byUrl: LinkEnds['byUrl']): (redirect: number, url: number) => number {
  /** Calls of one page by one client, in time order, and the first that may still be handed out. */
  type Queue = { readonly list: number[]; next: number };
  const queuesOf = new Map<number, ReadonlyMap<string, Queue>>();
  const byClient = (url: number): ReadonlyMap<string, Queue> => {
    const lists = new Map<string, number[]>();
    for (const at of byUrl.get(url) ?? []) addTo(lists, clientInLog(calls, at), at);
    return new Map([...lists].map(([client, list]) => [client, { list, next: 0 }]));
  };
  return (redirect, url) => {
    let queues = queuesOf.get(url);
    if (queues === undefined) queuesOf.set(url, (queues = byClient(url)));
    const queue = queues.get(clientInLog(calls, redirect));
    if (queue === undefined) return NONE;
    while (queue.next < queue.list.length && numberAt(queue.list, queue.next) <= redirect) queue.next += 1;
    const next = queue.list[queue.next] ?? NONE;
    if (next === NONE || numberAt(calls.start, next) - numberAt(calls.end, redirect) > REDIRECT_WINDOW) return NONE;
    queue.next += 1;
    return next;
  };
}

interface Links {
  readonly redirects: readonly (readonly [at: number, target: Target])[];
  readonly initiators: readonly (readonly [at: number, target: Target])[];
}

/** Redirect targets, in time order, and initiators that the details of flagged calls name. */
async function readLinks(db: SqlDriver, codec: CodecPort, indexOf: (id: number) => number, breathe: () => Promise<void>): Promise<Links> {
  const flagged = db
    .prepare('SELECT id, flags FROM call WHERE flags & ? ORDER BY id')
    .all<{ id: number; flags: number }>(callFlag.redirect | callFlag.initiator);
  const redirects: (readonly [number, Target])[] = [];
  const initiators: (readonly [number, Target])[] = [];
  for (const [count, row] of flagged.entries()) {
    if (count % 200 === 0) await breathe();
    const detail = getDetail(db, codec, row.id);
    const at = indexOf(row.id);
    if (at === NONE) continue;
    if (detail.redirectUrl !== undefined && detail.redirectUrl !== '') {
      const { host, path, scheme } = placeOf(db, row.id);
      const target = targetOf(detail.redirectUrl, host === null ? undefined : `${scheme ?? 'https'}://${host}${path ?? '/'}`);
      if (target !== undefined) redirects.push([at, target]);
    }
    if (detail.initiatorUrl !== undefined) {
      const target = targetOf(detail.initiatorUrl, undefined);
      if (target !== undefined) initiators.push([at, target]);
    }
  }
  redirects.sort((a, b) => a[0] - b[0]);
  return { redirects, initiators };
}

/** Referers that name a page, by interned text. */
function readReferers(db: SqlDriver): ReadonlyMap<number, Target> {
  const rows = db
    .prepare('SELECT id, value FROM term WHERE id IN (SELECT DISTINCT referer_id FROM call WHERE referer_id IS NOT NULL)')
    .all<{ id: number; value: string }>();
  const targets = new Map<number, Target>();
  for (const row of rows) {
    const target = targetOf(row.value, undefined);
    if (target !== undefined) targets.set(row.id, target);
  }
  return targets;
}

/** Edges from redirects, HAR initiators and Referer headers. `standingOf` gives the call that stands for a sighting. */
export async function addLinkEdges(
  db: SqlDriver,
  codec: CodecPort,
  calls: CallColumns,
  indexOf: (id: number) => number,
  standingOf: (at: number) => number,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  const { redirects, initiators } = await readLinks(db, codec, indexOf, breathe);
  const referers = readReferers(db);
  const wanted = new Set([...redirects, ...initiators].map(([, target]) => target.url));
  for (const target of referers.values()) wanted.add(target.url);
  const { byUrl, refererOf } = await readLinkEnds(db, calls, indexOf, wanted, referers, breathe);
  const link = (
    from: number,
    to: number,
    kind: 'redirect' | 'initiator',
    confidence: number,
    why: string,
    fromAt?: string,
    toAt?: string,
  ): void => {
    const cause = standingOf(from);
    const effect = standingOf(to);
    if (cause !== effect) edges.add(cause, effect, kind, confidence, { why, fromAt, toAt });
  };

  const arrived = new Set<number>();
  const arrivalOf = createArrivals(calls, byUrl);
  for (const [at, target] of redirects) {
    const next = arrivalOf(at, target.url);
    if (next === NONE) continue;
    arrived.add(next);
    link(
      at,
      next,
      'redirect',
      REDIRECT,
      `answer ${String(numberAt(calls.status, at))} sent the client to ${target.text}, which it called next`,
      'response-header location',
      'url',
    );
  }
  const inPage =
    (to: number) =>
    (from: number): boolean =>
      sameClient(calls, from, to) && from !== to && numberAt(calls.start, to) - numberAt(calls.start, from) <= PAGE_WINDOW;
  const initiated = new Set<number>();
  for (const [at, target] of initiators) {
    const from = lastBefore(byUrl.get(target.url) ?? [], at, inPage(at));
    if (from === NONE) continue;
    initiated.add(at);
    link(from, at, 'initiator', INITIATOR, `the capture says that ${target.text} made this call`);
  }
  for (let at = 0; at < refererOf.length; at += 1) {
    if (at % 50_000 === 0) await breathe();
    const target = referers.get(numberAt(refererOf, at));
    if (target === undefined || initiated.has(at) || arrived.has(at)) continue;
    const from = lastBefore(byUrl.get(target.url) ?? [], at, inPage(at));
    if (from !== NONE)
      link(
        from,
        at,
        'initiator',
        REFERER,
        `its Referer names ${target.text}, which the same client had loaded before`,
        undefined,
        'request-header referer',
      );
  }
}
