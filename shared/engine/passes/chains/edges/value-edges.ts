import { addTo } from '../../../../lib/group-values.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { valueFingerprint, valueForms } from '../../../intake/value-forms.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { pageValues } from '../../../store/read/calls/values.ts';
import { termReader } from '../../../store/read/terms.ts';
import type { PassContext } from '../../pass.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import { readOwnIdentities } from '../own-identity.ts';
import { bodyPlace, CURSOR_NAME, lastKey, mayLink, namesThing, readTemplates, urlValues } from '../values/places.ts';
import { readValueIndex, type ValueIndex } from '../values/value-index.ts';

/** An answer is followed up within this time; later the same short value is more likely known anyway. Units: µs. */
const WINDOW = 30 * 60 * 1_000_000;
/** Values that nobody guesses or remembers keep their meaning for a day. Units: µs. */
const LONG_WINDOW = 24 * 60 * 60 * 1_000_000;
/** From here on a value cannot repeat by chance in any case that fits on a disk. Units: bits. */
const UNIQUE_BITS = 64;
/** From here on a value does not repeat by chance within half an hour. Units: bits. */
const STRONG_BITS = 40;
/** Below this a value proves nothing on its own; it counts only in a URL, and when the key of the answer names a thing. Units: bits. */
const WEAK_BITS = 20;
/** Confidence by bits: the chance that two equal values are one value, with the doubt that both came from elsewhere. */
const CONFIDENCE = [
  { bits: UNIQUE_BITS, confidence: 0.97 },
  { bits: STRONG_BITS, confidence: 0.93 },
  { bits: WEAK_BITS, confidence: 0.85 },
  { bits: 0, confidence: 0.6 },
] as const;
/** What is left of it when the value stood in several answers: the latest before the call is the likeliest, not the only one. */
const SEVERAL_ANSWERS = 0.95;
/** And when only trace or capture, not the principal, joins both calls. */
const OTHER_PRINCIPAL = 0.9;
/** Answers of one value looked back at for one of the same principal. */
export const MAX_LOOK_BACK = 32;
/** Readings kept of a value that leaves for another host. */
const MAX_READINGS = 4;
/** Start and end stamps of one client may overlap by a rounding. Units: µs. */
const ROUNDING = 2_000;
/** A client may act on an answer that is still coming in; what cannot repeat by chance may be used this much before its end. Units: µs. */
const STILL_COMING = 50_000;

interface Proof {
  readonly from: number;
  readonly fingerprint: number;
  readonly confidence: number;
  readonly weight: number;
  readonly fromAt: string;
  readonly toAt: string;
  readonly answers: number;
  readonly bits: number;
  readonly cursor: boolean;
}

interface SentValue {
  readonly fingerprint: number;
  /** Of a body value; undefined in a URL, where the answer's own entry counts. */
  readonly bits: number | undefined;
  readonly place: string;
  readonly pointer: string;
  readonly cursor: boolean;
}

/** Calls between which values may have flowed. */
interface Flowing {
  readonly calls: CallColumns;
  readonly indexOf: (id: number) => number;
  readonly standingOf: (at: number) => number;
  readonly parentOf: Int32Array;
  /** By call of a tool: the principal of the calls that the tool made, which the tool's own record may name otherwise. */
  readonly actors: ReadonlyMap<number, number>;
}

/** Looks up the answers that a sent value may have come from. */
interface Lookup {
  prove(at: number, sent: SentValue): readonly Proof[];
  /** Where a value that proves nothing on its own stands in this answer, under the name under which it was sent. */
  standsIn(from: number, sent: SentValue): string | undefined;
}

/** Hops that are walked outward; longer ways are circles of a broken log. */
const MAX_HOPS = 16;

/** Places of one edge that its sentence names; the rest is counted. */
const MAX_TOLD = 3;

const confidenceOf = (bits: number): number => CONFIDENCE.find((step) => bits >= step.bits)?.confidence ?? 0;

function createLookup({ calls, standingOf, actors }: Flowing, index: ValueIndex, pointerText: (term: number) => string): Lookup {
  const isOne = (a: number | undefined, b: number | undefined): boolean => a !== undefined && a !== NONE && a === b;
  const samePrincipal = (a: number, b: number): boolean => {
    if (isOne(calls.principal[a], calls.principal[b])) return true;
    const [from, to] = [standingOf(a), standingOf(b)];
    if (isOne(calls.principal[from], calls.principal[to])) return true;
    return isOne(actors.get(from) ?? calls.principal[from], actors.get(to) ?? calls.principal[to]);
  };
  const sameRun = (a: number, b: number): boolean => {
    const trace = numberAt(calls.trace, a);
    return (trace !== 0 && trace === numberAt(calls.trace, b)) || numberAt(calls.source, a) === numberAt(calls.source, b);
  };
  const fits = (entry: number, at: number): boolean => {
    const from = index.callAt(entry);
    const window = index.bitsAt(entry) >= UNIQUE_BITS ? LONG_WINDOW : WINDOW;
    const answered = numberAt(calls.end, from);
    const start = numberAt(calls.start, at);
    const early = index.bitsAt(entry) >= STRONG_BITS ? STILL_COMING : ROUNDING;
    return from !== at && standingOf(from) !== standingOf(at) && answered <= start + early && start - answered <= window;
  };
  const toProof = (entry: number, sent: SentValue, isSure: boolean, answers: number): Proof | undefined => {
    // One answer may hold the value at several places; the first in its own order names it best.
    let first = entry;
    while (first > 0 && index.callAt(first - 1) === index.callAt(entry) && index.fingerprintAt(first - 1) === sent.fingerprint) first -= 1;
    const pointer = pointerText(index.pointerAt(first));
    const bits = Math.min(index.bitsAt(first), sent.bits ?? Infinity);
    // A short id in a URL is looked up under a name that says so; in a body it is one number among many.
    if (!mayLink(pointer) || (bits < WEAK_BITS && (sent.bits !== undefined || !namesThing(pointer)))) return undefined;
    const rarity = Math.log2((index.answers + 1) / answers);
    const confidence = confidenceOf(bits) * (answers > 1 ? SEVERAL_ANSWERS : 1) * (isSure ? 1 : OTHER_PRINCIPAL);
    const cursor = sent.cursor && (CURSOR_NAME.test(lastKey(pointer)) || pointer.startsWith('header link'));
    return {
      from: index.callAt(first),
      fingerprint: sent.fingerprint,
      confidence,
      weight: bits + rarity,
      fromAt: bodyPlace('response', pointer),
      toAt: sent.place,
      answers,
      bits,
      cursor,
    };
  };
  return {
    prove(at, sent) {
      const range = index.find(sent.fingerprint);
      if (range === undefined) return [];
      let low = range.from;
      let high = range.to;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (index.callAt(middle) < at) low = middle + 1;
        else high = middle;
      }
      const own: number[] = [];
      let other = NONE;
      for (let entry = low - 1; entry >= Math.max(range.from, low - MAX_LOOK_BACK); entry -= 1) {
        const from = index.callAt(entry);
        if (own.some((known) => index.callAt(known) === from) || !fits(entry, at)) continue;
        if (samePrincipal(from, at)) own.push(entry);
        else if (other === NONE && sameRun(from, at)) other = entry;
        // Inside the estate the latest answer wins. What leaves for another host may have been read for that
        // purpose more than once, and every reading is part of the leak.
        const most = numberAt(calls.host, from) === numberAt(calls.host, at) ? 1 : MAX_READINGS;
        if (own.length >= most) break;
      }
      const chosen = own.length > 0 ? own : other === NONE ? [] : sameRunReadings(other, range.from, at, fits, sameRun);
      return chosen.flatMap((entry) => toProof(entry, sent, own.length > 0, range.answers) ?? []);
    },
    standsIn(from, sent) {
      const range = index.find(sent.fingerprint);
      for (let entry = range?.from ?? 0; entry < (range?.to ?? 0); entry += 1) {
        const pointer = index.callAt(entry) === from ? pointerText(index.pointerAt(entry)) : undefined;
        if (pointer !== undefined && mayLink(pointer) && lastKey(pointer) === lastKey(sent.pointer)) return pointer;
      }
      return undefined;
    },
  };

  /** The latest reading of the run, and for what leaves the host those before it. */
  function sameRunReadings(latest: number, from: number, at: number, fit: typeof fits, same: typeof sameRun): readonly number[] {
    const found = [latest];
    const leaves = numberAt(calls.host, index.callAt(latest)) !== numberAt(calls.host, at);
    for (let entry = latest - 1; leaves && entry >= from && found.length < MAX_READINGS; entry -= 1) {
      const call = index.callAt(entry);
      if (!found.some((known) => index.callAt(known) === call) && fit(entry, at) && same(call, at)) found.push(entry);
    }
    return found;
  }
}

/** `response $.id → path {id} and response $.due.value → request $.value`, the best proof first. */
function placesIn(best: Proof, list: readonly Proof[], beside: readonly string[]): string {
  const told = new Map<string, string>([best, ...list].map((proof) => [proof.toAt, `${proof.fromAt} → ${proof.toAt}`]));
  told.set(best.toAt, `${best.fromAt} → ${best.toAt}`);
  const all = [...told.values(), ...beside];
  const more = all.length - MAX_TOLD;
  return `${all.slice(0, MAX_TOLD).join(' and ')}${more > 0 ? ` and ${String(more)} more ${more === 1 ? 'value' : 'values'}` : ''}`;
}

/** `weak` are values of the request that prove nothing on their own: beside another value of the same answer they are told with it. */
function addProofs(
  edges: EdgeList,
  at: number,
  proofs: readonly Proof[],
  weak: readonly SentValue[],
  lookup: Lookup,
  standingOf: (at: number) => number,
): void {
  const byCause = new Map<number, Proof[]>();
  for (const proof of proofs) addTo(byCause, proof.from, proof);
  for (const [from, list] of byCause) {
    const best = list.reduce((top, proof) => (proof.weight > top.weight ? proof : top));
    const beside = weak.flatMap((sent) => {
      const pointer = lookup.standsIn(from, sent);
      return pointer === undefined ? [] : [`${bodyPlace('response', pointer)} → ${sent.place}`];
    });
    // Not in how many of how many: what some other answer holds would change the sentence, and not the proof.
    const why = `${placesIn(best, list, beside)}; the value holds ${String(Math.round(best.bits))} bits and stands in ${best.answers === 1 ? 'no other answer' : 'other answers, too'}`;
    const note = { why, fromAt: best.fromAt, toAt: best.toAt };
    // Several forms or passages of one value are one proof.
    const surest = new Map<string, number>();
    for (const { toAt, confidence } of list) surest.set(toAt, Math.max(surest.get(toAt) ?? 0, confidence));
    const doubt = [...surest.values()].reduce((product, confidence) => product * (1 - confidence), 1);
    edges.add(standingOf(from), standingOf(at), 'value', Math.min(0.98, 1 - doubt), note);
    if (best.cursor) edges.add(standingOf(from), standingOf(at), 'pagination', best.confidence);
  }
}

/**
 * True for a value that a call was handed by the call that it was made to answer, or one further out, which came with it as well: the answer led
 * to the outer call, and that to this one.
 * Example: an id from a list stands in the path of the gateway's line and in that of the service's span behind it; the list led to the line.
 */
function handedOnBy(
  proofs: ReadonlyMap<number, readonly Proof[]>,
  standingOf: (at: number) => number,
  parentOf: Int32Array,
): (at: number, fingerprint: number) => boolean {
  const proven = new Map<number, Set<number>>();
  for (const [at, list] of proofs) {
    const known = proven.get(standingOf(at)) ?? new Set<number>();
    proven.set(standingOf(at), known);
    for (const { fingerprint } of list) known.add(fingerprint);
  }
  return (at, fingerprint) => {
    let above = numberAt(parentOf, standingOf(at));
    for (let hop = 0; above !== NONE && hop < MAX_HOPS; hop += 1) {
      if (proven.get(above)?.has(fingerprint) === true) return true;
      above = numberAt(parentOf, above);
    }
    return false;
  };
}

/**
 * Edges by value flow: something that left in an answer and entered a later request, the same principal's first, else within the same
 * trace or capture. Without response bodies there is nothing to follow and nothing is done.
 * What a call only handed on, from the call that it answers, is that call's: it is left out.
 * Source: correlation "record" scan with inverse document frequency; thresholds stand at their constants.
 * Returns how many answers were indexed.
 */
export async function addValueEdges({ db, crypto, caseKey, breathe }: PassContext, flowing: Flowing, edges: EdgeList): Promise<number> {
  const { calls, indexOf, standingOf, parentOf } = flowing;
  const index = await readValueIndex(db, calls, indexOf, breathe);
  if (index === undefined) return 0;
  const term = termReader(db);
  const pointerText = (id: number): string => term(id) ?? '$';
  const own = readOwnIdentities(db, crypto, caseKey);
  const isOwn = (at: number, fingerprint: number): boolean =>
    own.get(numberAt(calls.principal, at))?.has(fingerprint) === true ||
    own.get(numberAt(calls.principal, standingOf(at)))?.has(fingerprint) === true;
  const lookup = createLookup(flowing, index, pointerText);
  const proofs = new Map<number, Proof[]>();
  const weak = new Map<number, SentValue[]>();
  const keep = (at: number, found: readonly Proof[]): boolean => {
    for (const proof of found) addTo(proofs, at, proof);
    return found.length > 0;
  };

  for (const page of pageValues(db, 0)) {
    for (const { callId, values } of page) {
      const at = indexOf(callId);
      if (at === NONE) continue;
      for (const { pointerId, fingerprint, bits } of values) {
        const pointer = pointerText(pointerId);
        if (!mayLink(pointer) || isOwn(at, fingerprint)) continue;
        const place = bodyPlace('request', pointer);
        const sent = { fingerprint, bits, place, pointer, cursor: CURSOR_NAME.test(lastKey(pointer)) };
        if (bits >= WEAK_BITS) keep(at, lookup.prove(at, sent));
        else if (index.find(fingerprint) !== undefined) addTo(weak, at, sent);
      }
    }
    await breathe();
  }
  await followUrls(db, calls, indexOf, breathe, (at, value) => {
    for (const form of valueForms(value.text)) {
      const fingerprint = valueFingerprint(crypto, caseKey, form);
      if (isOwn(at, fingerprint)) return;
      const sent = { fingerprint, bits: undefined, place: value.place, pointer: value.name, cursor: CURSOR_NAME.test(value.name) };
      if (keep(at, lookup.prove(at, sent))) return;
    }
  });
  const isHandedOn = handedOnBy(proofs, standingOf, parentOf);
  for (const [at, list] of [...proofs].sort((a, b) => a[0] - b[0])) {
    const own = list.filter(({ fingerprint }) => !isHandedOn(at, fingerprint));
    if (own.length > 0) addProofs(edges, at, own, weak.get(at) ?? [], lookup, standingOf);
  }
  return index.answers;
}

/** A host called oftener belongs to the daily work, and its name in an answer explains no call. */
const RARE_HOST_CALLS = 20;

/** Hosts that were hardly ever called: where an answer names one, it may be why. */
const rareHosts = (db: SqlDriver): ReadonlyMap<number, string> =>
  new Map(
    db
      .prepare(
        'SELECT t.id, t.value FROM (SELECT host_id FROM call WHERE host_id IS NOT NULL GROUP BY host_id HAVING count(*) <= ?) h JOIN term t ON t.id = h.host_id',
      )
      .all<{ id: number; value: string }>(RARE_HOST_CALLS)
      .map((row) => [row.id, row.value]),
  );

/** Hosts whose answers hold values, by row id, in a case with any Link header: only their whole URLs need a look. */
function hostsThatPage(db: SqlDriver): ReadonlyMap<number, string> {
  const hasLinks = db.prepare("SELECT 1 FROM term WHERE value = 'header link'").get() !== undefined;
  if (!hasLinks) return new Map();
  return new Map(
    db
      .prepare(
        'SELECT t.id, t.value FROM term t WHERE t.id IN (SELECT DISTINCT host_id FROM call WHERE id IN (SELECT call_id FROM value WHERE answered > 0))',
      )
      .all<{ id: number; value: string }>()
      .map((row) => [row.id, row.value]),
  );
}

/** Hands over the URL values of every call that shares a principal, a trace or a source with some answer that holds values. */
async function followUrls(
  db: SqlDriver,
  calls: CallColumns,
  indexOf: (id: number) => number,
  breathe: () => Promise<void>,
  follow: (at: number, value: { readonly text: string; readonly place: string; readonly name: string }) => void,
): Promise<void> {
  const templates = readTemplates(db);
  const principals = new Set<number>();
  const sources = new Set<number>();
  for (const row of db
    .prepare(
      'SELECT DISTINCT c.source_id AS source, f.principal_id AS principal FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id IN (SELECT call_id FROM value WHERE answered > 0)',
    )
    .all<{ source: number; principal: number | null }>()) {
    sources.add(row.source);
    if (row.principal !== null) principals.add(row.principal);
  }
  const rare = rareHosts(db);
  const hostOf = hostsThatPage(db);
  const page = db.prepare('SELECT id, path, query, host_id AS host FROM call WHERE id > ? AND path IS NOT NULL ORDER BY id LIMIT 5000');
  for (let after = 0; ;) {
    const rows = page.all<{ id: number; path: string; query: string | null; host: number | null }>(after);
    if (rows.length === 0) return;
    for (const row of rows) {
      after = row.id;
      const at = indexOf(row.id);
      if (at === NONE || Number.isNaN(numberAt(calls.start, at))) continue;
      if (!sources.has(numberAt(calls.source, at)) && !principals.has(numberAt(calls.principal, at))) continue;
      for (const value of urlValues(row.path, row.query, templates.get(numberAt(calls.endpoint, at)))) follow(at, value);
      // A page that a Link header names is told by its whole URL: `page=2` alone proves nothing.
      const own = row.query === null || row.host === null ? undefined : hostOf.get(row.host);
      if (own !== undefined) follow(at, { text: `${own}${row.path}?${row.query ?? ''}`, place: 'url', name: 'next' });
      const host = row.host === null ? undefined : rare.get(row.host);
      if (host !== undefined) follow(at, { text: host, place: 'url', name: '' });
    }
    await breathe();
  }
}
