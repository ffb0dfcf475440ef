import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { REACH } from '../clocks/seeds.ts';
import type { RecordPair } from './record-pairs.ts';
import type { SourceView } from './source-views.ts';

/** Logs that a cloud writes of all calls of its services. */
const AUDIT_FORMATS: ReadonlySet<string> = new Set(['aws-cloudtrail']);
/** Logs that one of those services writes of its own calls, under the same ids. */
const SERVICE_FORMATS: ReadonlySet<string> = new Set(['aws-s3-access', 'aws-bedrock']);
/** The id is the service's own, and unique; no hop but the service itself knows it. Ratio. */
const BELIEF = 0.99;
/** Calls looked at between two pauses. */
const STRETCH = 50_000;

const agree = (a: number, b: number): boolean => a === NONE || b === NONE || a === b;

/** Of several lines under one id, as S3 writes of a batch one for each key, the one that is the request itself. */
function requestAmong(calls: CallColumns, lines: readonly number[]): number | undefined {
  const requests = lines.length === 1 ? lines : lines.filter((at) => numberAt(calls.method, at) !== NONE);
  return requests.length === 1 ? requests[0] : undefined;
}

/**
 * Pairs the records of one call in a cloud's audit log and in the log of the service that was called: GetObject in CloudTrail is the line of S3's
 * access log with the same request id. They share neither method nor path, which is why they are not found by those; both tell of one call, not of one
 * that led to the other.
 * Source: S3 user guide, "Identifying S3 requests using CloudTrail": `requestID` of the event is the request id of the access log.
 * Cost: an entry for each call of the services' own logs that has an id; nothing where there is no audit log.
 */
export async function auditedPairs(
  calls: CallColumns,
  views: readonly SourceView[],
  breathe: () => Promise<void>,
): Promise<readonly RecordPair[]> {
  const audits = views.filter(({ format }) => AUDIT_FORMATS.has(format));
  const services = views.filter(({ format }) => SERVICE_FORMATS.has(format));
  if (audits.length === 0 || services.length === 0) return [];
  const byId = new Map<number, number[]>();
  let looked = 0;
  for (const at of services.flatMap(({ timed }) => [...timed])) {
    if (looked++ % STRETCH === 0) await breathe();
    const id = numberAt(calls.requestId, at);
    if (id === 0) continue;
    const lines = byId.get(id);
    if (lines === undefined) byId.set(id, [at]);
    else lines.push(at);
  }
  const pairs: RecordPair[] = [];
  for (const a of audits.flatMap(({ timed }) => [...timed])) {
    if (looked++ % STRETCH === 0) await breathe();
    const b = requestAmong(calls, byId.get(numberAt(calls.requestId, a)) ?? []);
    if (b === undefined || !agree(numberAt(calls.clientIp, a), numberAt(calls.clientIp, b))) continue;
    if (Math.abs(numberAt(calls.start, a) - numberAt(calls.start, b)) <= REACH) pairs.push({ a, b, belief: BELIEF });
  }
  return pairs;
}
