import { parseSign } from '#shared/engine/intake/personal/data-signs.ts';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { listEndpoints } from '#shared/engine/store/read/endpoints.ts';
import { memoryCase } from '#test/support/case.ts';
import { harFromCalls } from '#test/support/har-from-calls.ts';
import { importText } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

import type { LabelledField } from './fields.ts';

/** A kind counts for a field when at least this share of its calls shows it. */
const MIN_SHARE = 0.5;
/** Kinds of secret that reports tell apart and labels do not. */
const SECRETS = new Set(['api-key', 'session-token', 'secret', 'password', 'private-key']);
/** Said of prose, money and places as well, which are not labelled. */
const NOT_LABELLED = new Set(['free-text', 'amount', 'geolocation', 'system-prompt', 'health', 'device-id', 'bank-account']);

const hostOf = (index: number): string => `field-${String(index)}.example`;

function urlOf({ style, key }: LabelledField, index: number, value: string): string {
  const base = `https://${hostOf(index)}`;
  if (style === 'query') return `${base}/records?page=1&${key}=${encodeURIComponent(value)}`;
  return style === 'path' ? `${base}/records/${encodeURIComponent(value)}` : `${base}/records`;
}

const holdsPlace = (where: string, { style, key }: LabelledField): boolean =>
  style === 'path' ? where.startsWith('path ') : style === 'query' ? where === `query ${key}` : where.startsWith('response $');

/** What the product says that each field holds: through a HAR with bodies, its import and the endpoints of its report. */
export async function typesOfProduct(fields: readonly LabelledField[]): Promise<readonly ReadonlySet<string>[]> {
  const calls = fields.flatMap((field, index) =>
    field.values.map((value, at) => ({
      at: index * 10 + at,
      url: urlOf(field, index, value),
      // A record as APIs answer it: an id and a state beside the field.
      response: field.style === 'query' || field.style === 'path' ? { ok: true } : { id: 1000 + at, state: 'open', [field.key]: value },
    })),
  );
  const db = memoryCase();
  await importText(db, 'labelled.har', harFromCalls(calls));
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  // Paths whose values stay words are one endpoint each; the share of a field is that of all its calls.
  const seen = new Map<string, Map<string, number>>();
  const rows = db
    .prepare(
      `SELECT h.value AS host, d.side || ' ' || t.value AS place, d.type, count(DISTINCT d.call_id) AS calls
         FROM data_seen d JOIN term t ON t.id = d.pointer_id JOIN call c ON c.id = d.call_id JOIN term h ON h.id = c.host_id GROUP BY 1, 2, 3`,
    )
    .all<{ host: string; place: string; type: string; calls: number }>();
  const reported = new Set(
    listEndpoints(db).flatMap((endpoint) => endpoint.dataTypes.map(({ type, where }) => `${endpoint.host} ${where} ${type}`)),
  );
  db.close();
  for (const { host, place, type: noted, calls: count } of rows) {
    const { type } = parseSign(noted);
    // Only what a report shows counts.
    if (!reported.has(`${host} ${place} ${type}`)) continue;
    const index = Number(host.slice('field-'.length, -'.example'.length));
    const field = fields[index];
    if (field === undefined || NOT_LABELLED.has(type) || !holdsPlace(place, field)) continue;
    const label = SECRETS.has(type) ? 'secret' : type;
    const own = seen.get(host) ?? new Map<string, number>();
    own.set(label, (own.get(label) ?? 0) + count);
    seen.set(host, own);
  }
  return fields.map(
    (field, index) =>
      new Set([...(seen.get(hostOf(index)) ?? [])].filter(([, count]) => count >= MIN_SHARE * field.values.length).map(([type]) => type)),
  );
}
