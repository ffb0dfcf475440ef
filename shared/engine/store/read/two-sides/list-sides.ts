import {
  COMPARED_PAIRS,
  type CaptureSides,
  type SecondUse,
  type SideCalls,
  type SideChange,
  type SidePlace,
  type SideReason,
} from '../../../../contract/two-sides.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { joinNodes } from '../../../../query/ast.ts';
import { printQuery } from '../../../../query/print.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../driver.ts';
import { getDetail } from '../calls/details.ts';
import { termReader } from '../terms.ts';
import type { Matched } from './align.ts';
import { namedCalls, type NamedRecord } from './calls-query.ts';
import { logReach, reasonOf } from './client-only.ts';
import { detailDifferences, keptHeaders, lineDifferences, oddSizes, type Difference } from './differences.ts';
import { readSides, sourcesById, type Sides } from './read-sides.ts';
import { placeOf, strangersOf, type SecondUseCalls } from './second-use.ts';
import type { SideCall } from './side-call.ts';

/** Pairs between two pauses. */
const STRETCH = 200;
/** Kinds of change listed, the commonest first. */
const MAX_CHANGES = 100;
/** Places listed on each side. */
const MAX_PLACES = 5;
const REASONS: readonly SideReason[] = ['never-arrived', 'failed', 'outside-log', 'other-host', 'cached', 'service-worker'];

/** What describing needs of the case; keeps names that it looked up. */
interface Names {
  readonly term: (id: number | undefined) => string | undefined;
  readonly source: (id: number) => string;
  readonly credential: (id: number) => string;
  /** The record that lists show for a call: the one that stands for it. */
  readonly listed: (call: SideCall) => NamedRecord;
}

function namesOf(db: SqlDriver): Names {
  const sources = sourcesById(db);
  const place = db.prepare('SELECT source_id AS source, record FROM call WHERE id = ?');
  const source = (id: number): string => sources.get(id)?.name ?? '?';
  const credential = db.prepare('SELECT key FROM credential_use WHERE credential_id = ?');
  return {
    term: termReader(db),
    source,
    credential: (id) => credential.get<{ key: string }>(id)?.key ?? '?',
    listed(call) {
      const row = call.id === call.standing ? call : (place.get<{ source: number; record: number }>(call.standing) ?? call);
      return { source: source(row.source), record: row.record };
    },
  };
}

const timeText = (time: number): string => printTime(epochMicros(time));
const refOf = (names: Names, call: SideCall): string => `${names.source(call.source)}#${String(call.record)}`;

/** Calls of a capture that both sides show: those that it shows, but not as the only one. */
function matchedCalls({ name, matched }: Sides): SideCalls {
  const source = [[name]];
  const query = printQuery(
    joinNodes('and', [
      { kind: 'match', field: 'seenIn', values: source },
      { kind: 'not', item: { kind: 'match', field: 'source', values: source } },
    ]),
  );
  return { calls: matched.length, query };
}

function clientOnly(db: SqlDriver, codec: CodecPort, names: Names, sides: Sides): CaptureSides['clientOnly'] {
  const reach = logReach(db, sides);
  const byReason = groupBy(sides.clientOnly, (call) => reasonOf(call, getDetail(db, codec, call.id), reach));
  return REASONS.flatMap((reason) => {
    const calls = byReason.get(reason);
    return calls === undefined ? [] : [{ reason, ...namedCalls(calls.map(names.listed)) }];
  });
}

function placesOf(names: Names, calls: readonly SideCall[]): readonly SidePlace[] {
  return [...groupBy(calls, placeOf).values()]
    .map((list) => {
      const address = names.term(list[0]?.clientIp);
      const program = names.term(list[0]?.userAgent);
      return { ...(address === undefined ? {} : { address }), ...(program === undefined ? {} : { program }), calls: list.length };
    })
    .sort((a, b) => b.calls - a.calls || ((a.address ?? '') < (b.address ?? '') ? -1 : 1))
    .slice(0, MAX_PLACES);
}

/** One log record of each request of the client: the one that stands for it where that is among them. */
function onceEach(pairs: readonly Matched[]): readonly SideCall[] {
  const byRequest = groupBy(pairs, ({ client }) => client.id);
  return [...byRequest.values()].flatMap((list) => (list.find(({ log }) => log.id === log.standing) ?? list[0])?.log ?? []);
}

function toSecondUse(names: Names, use: SecondUseCalls): SecondUse {
  const { others } = use;
  const times = others.flatMap(({ start }) => start ?? []);
  return {
    ...namedCalls(others.map(names.listed)),
    credential: names.credential(use.credential),
    by: use.by,
    own: new Set(use.own.map(({ client }) => client.id)).size,
    accepted: others.filter(({ status }) => status !== undefined && status < 400).length,
    window: [timeText(times[0] ?? 0), timeText(times.at(-1) ?? 0)],
    ownPlaces: placesOf(names, onceEach(use.own)),
    otherPlaces: placesOf(names, others),
    isSamePlace: strangersOf(use).length === 0,
  }; // prettier-ignore
}

/** Every kind of change with the pairs that show it. */
async function changesOf(db: SqlDriver, codec: CodecPort, names: Names, sides: Sides, breathe: () => Promise<void>): Promise<readonly SideChange[]> {
  const found = new Map<string, { readonly difference: Difference; readonly pairs: Matched[] }>();
  const note = (difference: Difference, pair: Matched): void => {
    const key = `${difference.kind} ${difference.how} ${difference.what}`;
    const entry = found.get(key) ?? { difference, pairs: [] };
    found.set(key, entry);
    entry.pairs.push(pair);
  };
  const pairs = [...sides.changed, ...sides.matched];
  for (const pair of pairs) for (const difference of lineDifferences(pair, names.term)) note(difference, pair);
  for (const list of groupBy(sides.matched, ({ log }) => log.source).values()) for (const pair of oddSizes(list)) note({ kind: 'size', how: 'changed', what: '' }, pair);
  for (const list of groupBy(pairs, ({ log }) => log.source).values()) {
    const kept = keptHeaders();
    const found = new Map<Matched, readonly Difference[]>();
    for (let from = 0; from < Math.min(COMPARED_PAIRS, list.length); from += STRETCH) {
      const some = list.slice(from, Math.min(from + STRETCH, COMPARED_PAIRS));
      // Side by side would unpack a block of each source for every pair.
      const clients = some.map(({ client }) => getDetail(db, codec, client.id));
      await breathe();
      const logs = some.map(({ log }) => getDetail(db, codec, log.id));
      await breathe();
      for (const [place, pair] of some.entries()) found.set(pair, detailDifferences(clients[place] ?? {}, logs[place] ?? {}, kept));
    }
    for (const [pair, differences] of found) for (const difference of differences.filter(kept.isTold)) note(difference, pair);
  }
  return [...found.values()]
    .sort((a, b) => Number(isHeader(a.difference)) - Number(isHeader(b.difference)) || b.pairs.length - a.pairs.length || (a.difference.what < b.difference.what ? -1 : 1))
    .slice(0, MAX_CHANGES)
    .flatMap(({ difference, pairs: list }) => {
      const [first] = list;
      if (first === undefined) return [];
      const calls = namedCalls(list.map(({ log }) => names.listed(log)));
      return [{ ...difference, ...calls, example: { client: refOf(names, first.client), log: refOf(names, first.log) } }];
    });
} // prettier-ignore

const isHeader = ({ kind }: Difference): boolean => kind === 'request-header' || kind === 'response-header';

/** Every capture of the case set against its logs, as the screen shows it; empty where there is no capture. */
export async function listSides(db: SqlDriver, codec: CodecPort, breathe: () => Promise<void>): Promise<readonly CaptureSides[]> {
  const names = namesOf(db);
  const rows: CaptureSides[] = [];
  for (const sides of await readSides(db, breathe)) {
    rows.push({
      capture: sides.name,
      ...(sides.window === undefined ? {} : { window: [timeText(sides.window[0]), timeText(sides.window[1])] as const }),
      records: sides.records,
      matched: matchedCalls(sides),
      changed: namedCalls(sides.changed.map(({ log }) => names.listed(log))),
      logs: sides.logs.map(({ source, matched, skew, spread }) => ({ source: names.source(source), matched: matched.length, skewMs: skew / 1000, spreadMs: spread / 1000 })),
      clientOnly: clientOnly(db, codec, names, sides),
      secondUses: sides.secondUses.map((use) => toSecondUse(names, use)),
      passedOn: sides.passedOn,
      changes: await changesOf(db, codec, names, sides, breathe),
    });
    await breathe();
  }
  return rows;
} // prettier-ignore
