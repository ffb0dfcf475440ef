import type { BodyRow, CallDetail, HeaderRow } from '../../../../contract/rows.ts';
import type { Severity } from '../../../../contract/report-json.ts';
import type { StoredBody, StoredDetail } from '../../../intake/masking/masked-call.ts';
import type { Header } from '../../../../model/call.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from './calls.ts';
import { getCredentialDetail } from '../credentials.ts';
import { getDetail } from './details.ts';
import { listEdgesOf } from '../chains/chains.ts';
import { clockOf, readCallClocks } from '../chains/common-order.ts';
import { provenanceOf } from './provenance.ts';
import { getPrincipal } from '../principals/principals.ts';

const toHeaderRows = (headers: readonly Header[] | undefined): readonly HeaderRow[] =>
  (headers ?? []).map(([name, value]) => ({ name, value }));

const toBodyRow = (body: StoredBody): BodyRow => ({
  ...(body.mime === undefined ? {} : { mime: body.mime }),
  ...(body.text === undefined ? {} : { text: body.text }),
  ...(body.bytes === undefined ? {} : { bytes: body.bytes }),
  ...(body.note === undefined ? {} : { note: body.note }),
});

/** The masked record as text: as it stood in the evidence, or put together from what is kept of it. */
function recordText(detail: StoredDetail): string {
  if (detail.raw !== undefined) return detail.raw;
  const { requestHeaders, responseHeaders, requestBody, responseBody, ...rest } = detail;
  const readable = (body: StoredBody | undefined): unknown => {
    if (body?.text === undefined) return body;
    try {
      return { ...body, text: JSON.parse(body.text) as unknown };
    } catch {
      return body; // not JSON: shown as the text that it is
    }
  };
  return JSON.stringify(
    {
      request: { headers: requestHeaders, body: readable(requestBody) },
      response: { headers: responseHeaders, body: readable(responseBody) },
      ...rest,
    },
    undefined,
    2,
  );
}

/** Details of sightings of one call put together: the fullest of each part wins. */
function mergeDetails(details: readonly StoredDetail[]): StoredDetail {
  const pick = <K extends keyof StoredDetail>(key: K): StoredDetail[K] => details.find((detail) => detail[key] !== undefined)?.[key];
  return {
    requestHeaders: pick('requestHeaders'),
    responseHeaders: pick('responseHeaders'),
    requestBody: pick('requestBody'),
    responseBody: pick('responseBody'),
    timings: pick('timings'),
    extras: details.flatMap((detail) => detail.extras ?? []),
  };
}

/** What all sightings of a call keep beside its columns, each by itself; `id` is the row of the one that stands for them. */
const sightingDetails = (db: SqlDriver, codec: CodecPort, id: number): readonly StoredDetail[] =>
  [
    id,
    ...db
      .prepare('SELECT call_id FROM call_fact WHERE same_as = ? ORDER BY call_id')
      .all<{ call_id: number }>(id)
      .map((row) => row.call_id),
  ].map((sighting) => getDetail(db, codec, sighting));

/** The same put together. */
export const getMergedDetail = (db: SqlDriver, codec: CodecPort, id: number): StoredDetail => mergeDetails(sightingDetails(db, codec, id));

/** All that is known of one call; of a call seen in several sources, put together. */
export function getCallDetail(db: SqlDriver, codec: CodecPort, ref: string): CallDetail | undefined {
  const reader = callReader(db);
  const asked = reader.idOf(ref);
  if (asked === undefined) return undefined;
  const id = db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(asked)?.same_as ?? asked;
  const call = reader.byId(id);
  if (call === undefined) return undefined;
  const details = sightingDetails(db, codec, id);
  const merged = mergeDetails(details);
  const credential = call.credential === undefined ? undefined : getCredentialDetail(db, call.credential);
  const principal = call.principal === undefined ? undefined : getPrincipal(db, call.principal);
  const edges = listEdgesOf(db, id);
  return {
    call: { ...call, ...clockOf(readCallClocks(db, [id]).get(id)) },
    provenance: provenanceOf(db, id),
    requestHeaders: toHeaderRows(merged.requestHeaders),
    responseHeaders: toHeaderRows(merged.responseHeaders),
    ...(merged.requestBody === undefined ? {} : { requestBody: toBodyRow(merged.requestBody) }),
    ...(merged.responseBody === undefined ? {} : { responseBody: toBodyRow(merged.responseBody) }),
    raw: details.map(recordText).join('\n\n'),
    timings: (merged.timings ?? []).map(([phase, ms]) => ({ phase, ms })),
    extras: toHeaderRows(merged.extras),
    ...(credential === undefined ? {} : { credential }),
    ...(principal === undefined ? {} : { principal }),
    edgesIn: edges.filter((edge) => edge.to === call.ref),
    edgesOut: edges.filter((edge) => edge.from === call.ref),
    findings: db
      .prepare(
        'SELECT DISTINCT f.key AS id, f.data, f.severity, f.rank FROM finding f JOIN finding_call fc ON fc.finding_id = f.id WHERE fc.call_id = ? ORDER BY f.rank',
      )
      .all<{ id: string; data: string; severity: Severity }>(id)
      .map((row) => ({ id: row.id, title: (JSON.parse(row.data) as { title: string }).title, severity: row.severity })),
  };
}
