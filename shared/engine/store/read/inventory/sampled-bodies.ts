import { createSampler } from '../../../../lib/even-sample.ts';
import { textHash } from '../../../../lib/text-hash.ts';
import type { CodecPort } from '../../../ports.ts';
import { callFlag } from '../../call-flags.ts';
import type { SqlDriver } from '../../driver.ts';
import { getDetail } from '../calls/details.ts';

/** Bodies of one endpoint and status that are read: a property that is missing in all of them is missed. */
const MAX_BODIES = 40;
/** Calls read in all: a few seconds. */
const MAX_CALLS = 20_000;

/** A recorded body, masked, with what it is a body of. */
export interface SampledBody {
  /** The endpoint's id. */
  readonly endpoint: string;
  readonly side: 'request' | 'response';
  readonly status: number | undefined;
  readonly mime: string | undefined;
  readonly text: string;
}

/**
 * Bodies of all endpoints, spread evenly over what the case has: the same ones in every case file of the same evidence.
 * Cost: one walk over the calls with bodies, and one look-up for each call that is read.
 */
export function* sampleBodies(db: SqlDriver, codec: CodecPort): Generator<SampledBody> {
  const sampler = createSampler(MAX_CALLS);
  const withBody = db.prepare(
    `SELECT c.id, c.status, c.record, s.name AS source, f.endpoint_id AS endpoint FROM call c JOIN call_fact f ON f.call_id = c.id JOIN source s ON s.id = c.source_id
      WHERE c.flags & ${String(callFlag.requestBody | callFlag.responseBody)} <> 0 AND f.endpoint_id IS NOT NULL`,
  );
  for (const { id, status, record, source, endpoint } of withBody.iterate<{ id: number; status: number | null; record: number; source: string; endpoint: number }>())
    sampler.offer(`${String(endpoint)} ${String(status)}`, MAX_BODIES, { id, order: textHash(`${source}#${String(record)}`) });
  const one = db.prepare('SELECT c.status, e.key FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ?');
  for (const id of sampler.take()) {
    const call = one.get<{ status: number | null; key: string }>(id);
    if (call === undefined) continue;
    const { requestBody, responseBody, requestHeaders, responseHeaders } = getDetail(db, codec, id);
    for (const [side, body, headers] of [['request', requestBody, requestHeaders], ['response', responseBody, responseHeaders]] as const) {
      if (body?.text === undefined || body.text === '') continue;
      const mime = headers?.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? body.mime;
      yield { endpoint: call.key, side, status: call.status ?? undefined, mime, text: body.text };
    }
  }
} // prettier-ignore
