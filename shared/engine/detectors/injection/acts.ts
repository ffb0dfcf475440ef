import { append } from '../../../lib/append.ts';
import { isInternalHost, registrableDomain } from '../../../lib/domains.ts';
import { least } from '../../../lib/extremes.ts';
import { isModelPath } from '../../../model/model-path.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { isInnerHop } from '../../store/hop-sql.ts';
import type { readCommonClock } from '../../store/read/clock-offsets.ts';
import type { DetectorTools } from '../detector.ts';
import { sightingsOf } from '../flow/run-calls.ts';
import { bodyTexts, queryTexts, undoPercent, type RequestText } from '../probes/request-texts.ts';
import { byTime, pageCalls, type CallRow } from '../rows/page-calls.ts';
import { isWriting, toolNameOf } from './called.ts';
import { namedThings, namedTools } from './hostile-text.ts';
import { partRepeated, repeats, type Kept } from './kept-texts.ts';
import { isPlain, isWeak, SUM, type Read } from './texts-read.ts';

/** What is done after the text belongs to it for so many calls. */
export const CALLS_AFTER = 10;
/** And for so long. Units: µs. */
export const AFTER = 5 * 60 * 1_000_000;
/** A longer query carries something away. Units: characters. */
const LONG_QUERY = 100;
/** Endpoints at a place that a text names; and calls that are searched for the place before or after one text. */
const MAX_ENDPOINTS = 100;
const MAX_SENT = 5_000;
/** Calls that are searched so for all texts together: as many as answers are read. */
export const MAX_LATER = 20_000;

/** A call that does what a text says, or that the text could have asked for. */
export interface Act {
  readonly call: CallRow;
  /** Where in the request stands what the text names; undefined when only the time and the kind of call speak. */
  readonly proof: { readonly at: string; readonly thing: string } | undefined;
  readonly isGrave: boolean;
  /** It changes something, or tries to: a tool or a query that reads does not, though it is sent as a POST. */
  readonly isWrite: boolean;
  /** The host outside that the text names and the request sends to, whoever carries it there: a tool has its URL as an argument. */
  readonly receiver: string | undefined;
}

/** True for a write with the sum of the text and one thing more that it names. */
const isToTheLetter = (db: SqlDriver, tools: DetectorTools, { call, proof, isWrite }: Act, things: ReadonlySet<string>): boolean => {
  if (!isWrite || proof === undefined) return false;
  const texts = requestTexts(db, tools, call).map(({ text }) => text.toLowerCase());
  const named = [...things].filter((thing) => texts.some((text) => text.includes(thing)));
  return named.length > 1 && named.some((thing) => SUM.test(thing));
};

/**
 * True where a program did for the first time what moves money or gives power, on the word of a text that nothing else marks: who answers such
 * letters every day, as a desk of refunds does, has done it before.
 */
function isFirstOfItsKind(db: SqlDriver, { call, isGrave }: Act): boolean {
  const known = db
    .prepare(
      `SELECT b.is_new AS isNew FROM baseline b JOIN principal p ON p.id = b.principal_id JOIN baseline own ON own.principal_id = b.principal_id AND own.endpoint_id IS NULL
       WHERE b.principal_id = ? AND b.endpoint_id = ? AND p.kind = 'agent' AND own.is_new = 0`,
    )
    .get<{ isNew: number }>(call.principal, call.endpoint);
  return isGrave && known?.isNew === 1;
}

/** The first thing out of the text that stands in a request, and where. */
function proofIn(texts: readonly RequestText[], things: ReadonlySet<string>): Act['proof'] {
  for (const { at, text } of texts) {
    const small = text.toLowerCase();
    for (const thing of things) if (small.includes(thing)) return { at, thing };
  }
  return undefined;
}

function requestTexts(db: SqlDriver, tools: DetectorTools, call: CallRow): readonly RequestText[] {
  const bodies = sightingsOf(db, call.id).flatMap((id) => bodyTexts(tools.detail(id)));
  const numbers = sightingsOf(db, call.id).flatMap((id) => {
    const found: RequestText[] = [];
    scanJson(tools.detail(id).requestBody?.text ?? '', ({ pointer, kind, text }) => {
      if (kind === 'number') found.push({ at: `body ${pointer}`, name: '', text });
      return found.length < 200;
    });
    return found;
  });
  return [{ at: 'host', name: '', text: call.host }, { at: 'path', name: '', text: undoPercent(call.path) }, ...queryTexts(call.query), ...bodies, ...numbers];
} // prettier-ignore

/** The other calls of the same caller, and of the same chain under whatever name, stamped five minutes before and after; on the common clock. */
function nearOf(db: SqlDriver, { call, stamped }: Read, { clock }: Estate): readonly CallRow[] {
  const span = [stamped - AFTER, stamped + AFTER, call.id] as const;
  const rows = [
    // The plus sign: ten minutes of all callers are fewer than all calls of a busy one.
    ...pageCalls(db, '+f.principal_id = ? AND c.time BETWEEN ? AND ? AND c.id <> ?', call.principal, ...span),
    ...pageCalls(db, 'f.chain_id = (SELECT chain_id FROM call_fact WHERE call_id = ?) AND c.time BETWEEN ? AND ? AND c.id <> ?', call.id, ...span),
  ].flat();
  return [...new Map(rows.map((row) => [row.id, { ...row, time: clock(row.source, row.time) }])).values()].filter(({ path }) => !isModelPath(path)).sort(byTime);
} // prettier-ignore

/** What is known of places before any text is read. */
export interface Estate {
  /** Hosts outside. */
  readonly foreign: ReadonlySet<string>;
  /** Registrable domains of the estate. */
  readonly domains: ReadonlySet<string>;
  readonly changing: ReadonlySet<number>;
  readonly clock: ReturnType<typeof readCommonClock>;
}

/** The first host outside the estate that the text names and the request has in a URL or an address. */
function receiverIn(texts: readonly RequestText[], things: ReadonlySet<string>, { domains }: Estate): string | undefined {
  for (const { text } of texts) {
    const small = text.toLowerCase();
    for (const thing of things) {
      const host = thing.slice(thing.lastIndexOf('@') + 1);
      const isPlace = thing.includes('@') ? small.includes(thing) : small.includes(`//${thing}`);
      if (isPlace && /\.[a-z]{2,}$/.test(host) && !isInternalHost(host) && !domains.has(registrableDomain(host))) return host;
    }
  }
  return undefined;
}

/** True where a URL at a place carries more in its query than a page's number or a search: what a fetch gives away, it sends so. */
const isSentInQuery = (texts: readonly RequestText[], receiver: string): boolean =>
  texts.some(({ text }) => {
    const at = text.toLowerCase().indexOf(`//${receiver}`);
    const query = at < 0 ? -1 : text.indexOf('?', at);
    return query >= 0 && text.length - query > LONG_QUERY;
  });

/** What was done with a text, and where it was written down. */
export interface Followed {
  readonly acts: readonly Act[];
  readonly kept: readonly Kept[];
}

/** The part of a text that gives the orders: an invoice above them names numbers that its payment has anyway. */
function ordersOf({ text, signs }: Read): ReadonlySet<string> {
  const from = text.lastIndexOf('\n\n', least(signs.map(({ at }) => at), text.length)); // prettier-ignore
  const named = from < 0 || signs.length === 0 ? [] : namedThings(text.slice(from));
  return new Set([...named].length > 0 ? named : namedThings(text));
}

/** What the reader did after a text: the acts that the text asked for, and those that it could have asked for. */
export function actsAfter(db: SqlDriver, tools: DetectorTools, read: Read, estate: Estate): Followed {
  const { foreign, changing } = estate;
  const { call } = read;
  const near = nearOf(db, read, estate);
  const before = near.filter(({ time }) => time < call.time);
  // What the caller itself named before it read the text did not come from there; and whoever reads has asked for it by its id.
  const known = [call, ...before].flatMap((each) => requestTexts(db, tools, each).map(({ text }) => text.toLowerCase()));
  const things = new Set([...ordersOf(read)].filter((thing) => !known.some((text) => text.includes(thing))));
  const inUse = new Set(before.map((each) => toolNameOf(db, each)));
  const ordered = new Set([...namedTools(read.text)].filter((name) => !inUse.has(name)));
  const flags = db.prepare('SELECT flags FROM endpoint WHERE id = ?');
  const passedOn = db.prepare(`SELECT 1 FROM edge x WHERE x.to_call = ? AND ${isInnerHop('x')} LIMIT 1`);
  const isRepeated = repeats(read.text);
  const kept: Kept[] = [];
  const acts = near
    // What a gateway passed on is the same call again.
    .filter(({ id, time }) => time >= call.time && passedOn.get(id) === undefined)
    .flatMap((after, index): Act[] => {
      const { repeated, own } = partRepeated(requestTexts(db, tools, after), isRepeated);
      const texts = [...own, ...repeated];
      const tool = toolNameOf(db, after);
      const proof = proofIn(texts, things) ?? (tool !== undefined && ordered.has(tool) ? { at: 'tool', thing: tool } : undefined);
      const receiver = receiverIn(texts, things, estate);
      const can = flags.get<{ flags: string }>(after.endpoint)?.flags ?? '[]';
      const isWrite = isWriting(db, after, changing) || (receiver !== undefined && isSentInQuery(texts, receiver));
      const isGrave = index < CALLS_AFTER && isWrite && (/moves-money|grants-power|destroys/.test(can) || foreign.has(after.host));
      const [copy] = repeated;
      // A copy that stays within is kept for later; one that is sent out is what was asked for.
      if (copy !== undefined && isWrite && !isGrave && receiverIn(own, things, estate) === undefined) {
        if (!isWeak(read)) kept.push({ call: after, at: copy.at });
        return [];
      }
      return proof === undefined && !isGrave ? [] : [{ call: after, proof, isGrave, isWrite, receiver }];
    })
    .filter((act) => !isWeak(read) || (isToTheLetter(db, tools, act, things) && (!isPlain(read) || isFirstOfItsKind(db, act))));
  const isSent = acts.some(({ call: { host }, proof, receiver, isWrite }) => proof !== undefined && isWrite && (receiver !== undefined || (things.has(host.toLowerCase()) && foreign.has(host))));
  // A text that says where to send, and was obeyed in that, did not ask for what went elsewhere.
  return { acts: isSent ? acts.filter(({ proof }) => proof !== undefined) : acts, kept };
} // prettier-ignore

/** What was looked up for earlier texts of a run, and what may still be. */
interface LookUps {
  /** Callers and places, with or without the arguments of what was sent: the same text read again names them again. */
  readonly done: Set<string>;
  /** Calls whose bodies may still be unpacked. */
  left: number;
}

export const newLookUps = (): LookUps => ({ done: new Set(), left: MAX_LATER });

interface Later {
  /** Its caller wrote the text down. */
  readonly kept: boolean;
  readonly estate: Estate;
  readonly lookUps: LookUps;
  readonly breathe: () => Promise<void>;
}

/** True where a caller had been at a host before a time of the common clock. Cost: no call is unpacked. */
function wasThere(db: SqlDriver, { principal, time }: CallRow, host: string, { clock }: Estate): boolean {
  const firsts = db.prepare('SELECT c.source_id AS source, min(c.time) AS first FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND +f.principal_id = ? AND c.time IS NOT NULL GROUP BY 1');
  return endpointsAt(db, host).some((id) => firsts.all<{ source: number; first: number }>(id, principal).some(({ source, first }) => clock(source, first) < time));
} // prettier-ignore

/**
 * Calls at a place that a text names, whatever time lies between: who never went there before it was read went at its word. A place is a host
 * outside the estate. Of a caller that wrote the text down, requests that carry the place as an argument count, too.
 * Cost: the bodies of at most 5,000 calls on each side of the reading, of 20,000 for all texts.
 */
export async function actsLater(db: SqlDriver, tools: DetectorTools, read: Read, { kept, estate, lookUps, breathe }: Later): Promise<readonly Act[]> {
  if (isWeak(read)) return [];
  const { call } = read;
  const asked = requestTexts(db, tools, call).map(({ text }) => text.toLowerCase()).join('\n');
  const hosts = new Set<string>();
  for (const thing of ordersOf(read)) {
    const key = `${String(call.principal)} ${kept ? 'kept' : 'read'} ${thing}`;
    const isPlace = receiverIn([{ at: '', name: '', text: `//${thing}` }], new Set([thing]), estate) !== undefined;
    if (!isPlace || lookUps.done.has(key) || asked.includes(thing)) continue;
    lookUps.done.add(key);
    await breathe();
    if (!wasThere(db, call, thing, estate)) hosts.add(thing);
  }
  if (hosts.size === 0) return [];
  const isRepeated = repeats(read.text);
  const look = async (rows: AsyncGenerator<CallRow>): Promise<Act[]> => {
    const found: Act[] = [];
    for await (const row of rows) {
      lookUps.left -= 1;
      const { own } = partRepeated(requestTexts(db, tools, row), isRepeated);
      const host = hosts.has(row.host.toLowerCase()) ? row.host : receiverIn(own, hosts, estate);
      if (host !== undefined) found.push({ call: row, proof: proofIn(own, new Set([host])), isGrave: false, isWrite: isWriting(db, row, estate.changing), receiver: host });
    }
    return found;
  };
  const within = { estate, lookUps, breathe };
  const found = await look(onlySome(visitsOf(db, call, hosts), { ...within, fits: (time) => time > call.time }));
  if (!kept) return found;
  append(found, await look(onlySome(sentBy(db, call), { ...within, fits: (time) => time > call.time })));
  if (found.length === 0) return [];
  // What the caller itself sent there before it read the text did not come from there.
  const known = new Set((await look(onlySome(sentBy(db, call), { ...within, fits: (time) => time < call.time }))).map(({ receiver }) => receiver));
  return [...new Map(found.filter(({ receiver }) => !known.has(receiver)).map((act) => [act.call.id, act])).values()];
} // prettier-ignore

const endpointsAt = (db: SqlDriver, host: string): readonly number[] =>
  db.prepare('SELECT id FROM endpoint WHERE lower(host) = ? ORDER BY id LIMIT ?').all<{ id: number }>(host, MAX_ENDPOINTS).map(({ id }) => id); // prettier-ignore

/** Calls of a caller at some hosts. */
function* visitsOf(db: SqlDriver, { principal }: CallRow, hosts: ReadonlySet<string>): Generator<readonly CallRow[]> {
  for (const host of hosts) for (const id of endpointsAt(db, host)) yield* pageCalls(db, 'f.endpoint_id = ? AND +f.principal_id = ?', id, principal);
} // prettier-ignore

/** All calls of a caller that sent a body. */
const sentBy = (db: SqlDriver, { principal }: CallRow): Generator<readonly CallRow[]> =>
  pageCalls(db, 'f.principal_id = ? AND c.flags & ? <> 0', principal, callFlag.requestBody);

/** Of some calls those whose time fits, on the common clock, as many as may be unpacked. */
async function* onlySome(
  pages: Iterable<readonly CallRow[]>,
  { estate, lookUps, breathe, fits }: Omit<Later, 'kept'> & { readonly fits: (time: number) => boolean },
): AsyncGenerator<CallRow> {
  let given = 0;
  for (const page of pages) {
    await breathe();
    for (const row of page) {
      const time = estate.clock(row.source, row.time);
      if (!fits(time) || isModelPath(row.path)) continue;
      if (given >= MAX_SENT || lookUps.left <= 0) return;
      given += 1;
      if (given % 50 === 0) await breathe();
      yield { ...row, time };
    }
  }
}
