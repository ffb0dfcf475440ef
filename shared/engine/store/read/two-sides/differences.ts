import type { SideChange } from '../../../../contract/two-sides.ts';
import { medianAndMad } from '../../../../lib/stats.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import type { Matched } from './align.ts';

/** One difference between the two records of a request. */
export type Difference = Pick<SideChange, 'kind' | 'how' | 'what'>;

/** Sizes that differ by less are framing and rounding. Units: bytes. */
const MIN_SIZE = 64;
/** And beyond what pairs of this log usually differ by, this many times their usual stray. */
const STRAYS = 8;
/** Values of a header longer than this are not shown whole. Units: characters. */
const MAX_TEXT = 120;

const show = (value: string | number | undefined): string => {
  const text = value === undefined || value === '' ? 'none' : String(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
};

const changed = (kind: Difference['kind'], client: string | number | undefined, log: string | number | undefined): Difference => ({
  kind,
  how: 'changed',
  what: `${show(client)} → ${show(log)}`,
});

/** Differences of the request lines and the status. `hostOf` gives the text of a host. */
export function lineDifferences({ client, log }: Matched, hostOf: (id: number | undefined) => string | undefined): readonly Difference[] {
  const found: Difference[] = [];
  if (client.host !== undefined && log.host !== undefined && client.host !== log.host)
    found.push(changed('host', hostOf(client.host), hostOf(log.host)));
  if (client.path !== log.path) found.push(changed('path', client.path, log.path));
  // A log without queries says nothing about them.
  if (log.query !== '' && client.query !== log.query) found.push(changed('query', client.query, log.query));
  if (client.status !== undefined && log.status !== undefined && client.status !== log.status)
    found.push(changed('status', client.status, log.status));
  return found;
}

type Headers = NonNullable<StoredDetail['requestHeaders']>;

/** Names of headers in lower case, with their values joined. */
const byName = (headers: Headers): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = names.get(key);
    names.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return names;
};

/** Which headers a log keeps at all, learned while its records are compared. */
export interface KeptHeaders {
  readonly see: (kind: Difference['kind'], name: string) => void;
  /** False for a header that is missing in the log like in every other record of it: the log may only not write it. */
  readonly isTold: (difference: Difference) => boolean;
}

/** Makes the memory of one log's headers. */
export function keptHeaders(): KeptHeaders {
  const names = new Set<string>();
  return {
    see: (kind, name) => names.add(`${kind} ${name}`),
    isTold: ({ kind, how, what }) => how !== 'removed' || names.has(`${kind} ${what}`),
  };
}

function headerDifferences(
  kind: 'request-header' | 'response-header',
  client: Headers | undefined,
  log: Headers | undefined,
  kept: KeptHeaders,
): readonly Difference[] {
  // Headers of one side only tell nothing: most logs keep none.
  if (client === undefined || log === undefined) return [];
  const [before, after] = [byName(client), byName(log)];
  const found: Difference[] = [];
  for (const [name, value] of after) {
    kept.see(kind, name);
    const old = before.get(name);
    if (old === undefined) found.push({ kind, how: 'added', what: name });
    else if (old !== value) found.push({ kind, how: 'changed', what: name });
  }
  for (const name of before.keys()) if (!after.has(name)) found.push({ kind, how: 'removed', what: name });
  return found;
}

/** Headers that the log has, has not, or has with another value. What is missing counts only where `kept.isTold` says so, once all are compared. */
export const detailDifferences = (client: StoredDetail, log: StoredDetail, kept: KeptHeaders): readonly Difference[] => [
  ...headerDifferences('request-header', client.requestHeaders, log.requestHeaders, kept),
  ...headerDifferences('response-header', client.responseHeaders, log.responseHeaders, kept),
];

/**
 * Pairs of one log whose sizes of the answer differ by more than the log's habit: one counts headers, the other does not, or counts before compression.
 * Where a log agrees with the capture on nothing, no pair stands out.
 */
export function oddSizes(pairs: readonly Matched[]): readonly Matched[] {
  const sized = pairs.flatMap((pair) => {
    const [client, log] = [pair.client.resBytes, pair.log.resBytes];
    return client === undefined || log === undefined ? [] : [{ pair, difference: log - client }];
  });
  if (sized.length === 0) return [];
  const { median, mad } = medianAndMad(sized.map(({ difference }) => difference));
  const limit = Math.max(MIN_SIZE, STRAYS * mad);
  return sized.filter(({ difference }) => Math.abs(difference - median) > limit).map(({ pair }) => pair);
}
