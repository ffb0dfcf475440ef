import { numberAt } from '../../../../lib/numbers.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { getDetail } from '../../../store/read/calls/details.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { RecordPair } from './record-pairs.ts';

/** Pairs whose headers are looked at; more agree as these do. */
const LOOKED_AT = 60;
/** Fewer records that agree may do so by chance: a client that calls by way of a proxy once, and a header that anybody may send. */
const MIN_AGREEING = 3;
/** Share of them that must name the outer record's client as the one that the inner was forwarded for. */
const SHARE = 0.8;

/**
 * Tells whether one of two logs is that of a server that stands behind the other, a load balancer: its records have the balancer's address as their
 * client, and name the balancer's own client as the one they were forwarded for. The two are one request seen twice then, as they would be had
 * the server written the forwarded address into its client field. A proxy that passes calls on in its turn is a hop of its own.
 * Cost: unpacks the details of at most 60 calls a pair of sources and of 13 more; of 26 where neither stands behind the other.
 */
export function createBalancerTest(db: SqlDriver, codec: CodecPort, calls: CallColumns): (records: readonly RecordPair[]) => boolean {
  const term = db.prepare('SELECT value FROM term WHERE id = ?');
  const clientOf = (at: number): string | undefined => term.get<{ value: string }>(numberAt(calls.clientIp, at))?.value;
  const isForwarded = (outer: number, inner: number): boolean => {
    if (numberAt(calls.upstream, inner) !== NONE || numberAt(calls.span, inner) !== 0 || numberAt(calls.clientIp, outer) === NONE)
      return false;
    const { forwardedFor } = getDetail(db, codec, numberAt(calls.id, inner));
    return forwardedFor?.split(',', 1)[0]?.trim() === clientOf(outer);
  };
  return (records) => {
    const step = Math.max(1, Math.ceil(records.length / LOOKED_AT));
    const looked = records.filter((_, place) => place % step === 0);
    const isMost = (agrees: (pair: RecordPair) => boolean): boolean => {
      let [agreeing, left] = [0, looked.length];
      for (const pair of looked) {
        if (agreeing + left < Math.max(MIN_AGREEING, SHARE * looked.length)) return false;
        if (agrees(pair)) agreeing += 1;
        left -= 1;
      }
      return agreeing >= Math.max(MIN_AGREEING, SHARE * looked.length);
    };
    return isMost(({ a, b }) => isForwarded(a, b)) || isMost(({ a, b }) => isForwarded(b, a));
  };
}
