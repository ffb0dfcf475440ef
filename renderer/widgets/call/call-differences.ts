import type { CallDetail, HeaderRow } from '#shared/contract/rows.ts';
import { listParameters } from './body-fields.ts';

/** One thing that two calls say or do not say. */
export interface ComparedRow {
  readonly name: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly same: boolean;
}

/** Facts in the order in which they are compared; ids and times always differ and stand last. */
const FACTS = [
  ['Principal', 'principalLabel'],
  ['Kind', 'kind'],
  ['Method', 'method'],
  ['Scheme', 'scheme'],
  ['Host', 'host'],
  ['Port', 'port'],
  ['Path', 'path'],
  ['Endpoint', 'endpoint'],
  ['Status', 'status'],
  ['Client', 'clientIp'],
  ['User agent', 'userAgent'],
  ['Referer', 'referer'],
  ['Credential', 'credential'],
  ['Tool', 'tool'],
  ['Content type', 'contentType'],
  ['Service', 'service'],
  ['Route', 'route'],
  ['Upstream', 'upstream'],
  ['Chain', 'chain'],
  ['Duration (ms)', 'durationMs'],
  ['Request bytes', 'reqBytes'],
  ['Response bytes', 'resBytes'],
  ['Trace id', 'traceId'],
  ['Request id', 'requestId'],
  ['Time (UTC)', 'time'],
  ['Reference', 'ref'],
] as const;

/** What two calls say about themselves, side by side; what neither says is left out. */
export const compareFacts = (left: CallDetail, right: CallDetail): readonly ComparedRow[] =>
  FACTS.map(([name, key]) => toRow(name, left.call[key], right.call[key])).filter(
    (row) => row.left !== undefined || row.right !== undefined,
  );

/** Named values of two calls side by side, those of one name in their order; names as headers compare them. */
export function compareNamed(left: readonly HeaderRow[], right: readonly HeaderRow[]): readonly ComparedRow[] {
  const names = [...new Map([...left, ...right].map(({ name }) => [name.toLowerCase(), name])).entries()];
  return names.flatMap(([key, name]) => {
    const [ours, theirs] = [left, right].map((rows) => rows.filter((row) => row.name.toLowerCase() === key));
    const count = Math.max(ours?.length ?? 0, theirs?.length ?? 0);
    return Array.from({ length: count }, (_, index) => toRow(name, ours?.[index]?.value, theirs?.[index]?.value));
  });
}

/** The parameters of two query strings side by side. */
export const compareParameters = (left: CallDetail, right: CallDetail): readonly ComparedRow[] =>
  compareNamed(listParameters(left.call.query ?? ''), listParameters(right.call.query ?? ''));

const toRow = (name: string, left: string | number | undefined, right: string | number | undefined): ComparedRow => ({
  name,
  left: left === undefined ? undefined : String(left),
  right: right === undefined ? undefined : String(right),
  same: left === right,
});
