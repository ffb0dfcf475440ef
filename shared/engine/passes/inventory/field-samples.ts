import type { EndpointJson } from '../../../contract/report-json.ts';
import { maskSample } from '../../../model/mask-sample.ts';
import { isMask, withoutFingerprints } from '../../intake/masking/token.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { visitFields } from './body-fields.ts';

/** Samples kept of one field; they show its form, and more would show no other. */
const MAX_SAMPLES = 3;

type DataTypes = EndpointJson['dataTypes'];

/** Masked samples of the fields of which a kind of data is known. */
export interface FieldSamples {
  /** True for endpoints with such fields in bodies, headers or queries. */
  readonly wants: (endpoint: number) => boolean;
  readonly look: (endpoint: number, query: string | null, detail: StoredDetail) => void;
  /** Puts the samples beside the fields; call it inside of a transaction. */
  readonly write: () => void;
}

/** Begins to gather samples for what the endpoints pass found. The least ones by text are kept, so that no order decides. */
export function createFieldSamples(db: SqlDriver): FieldSamples {
  const rows = db.prepare("SELECT id, data_types AS types FROM endpoint WHERE data_types <> '[]'").all<{ id: number; types: string }>();
  // Written by the endpoints pass; samples of an earlier run of this one are made anew.
  const typesOf = new Map(rows.map(({ id, types }) => [id, JSON.parse(types) as DataTypes]));
  const fieldsOf = new Map([...typesOf].map(([id, types]) => [id, new Map(types.map(({ where }) => [where, new Set<string>()]))]));
  return {
    wants: (endpoint) => fieldsOf.has(endpoint),
    look(endpoint, query, detail) {
      const fields = fieldsOf.get(endpoint);
      if (fields === undefined) return;
      const wanted = [...fields.keys()];
      const add = (where: string, value: string): void => {
        const samples = fields.get(where);
        if (samples !== undefined && value !== '') keepLeast(samples, isMask(value) ? withoutFingerprints(value) : maskSample(value));
      };
      for (const [side, body] of [['request', detail.requestBody], ['response', detail.responseBody]] as const)
        if (body?.text !== undefined && wanted.some((where) => where.startsWith(`${side} `)))
          visitFields(
            body.text,
            (beginning) => wanted.some((where) => where.startsWith(`${side} ${beginning}`)),
            (field, value) => {
              add(`${side} ${field}`, value);
            },
          );
      for (const [side, headers] of [['request-header', detail.requestHeaders], ['response-header', detail.responseHeaders]] as const)
        for (const [name, value] of headers ?? []) add(`${side} ${name.toLowerCase()}`, value);
      for (const part of (query ?? '').split('&')) add(`query ${part.slice(0, Math.max(0, part.indexOf('=')))}`, part.slice(part.indexOf('=') + 1));
    },
    write() {
      const update = db.prepare('UPDATE endpoint SET data_types = ? WHERE id = ?');
      for (const [id, types] of typesOf) {
        const fields = fieldsOf.get(id);
        const withSamples = types.map(({ type, where, share }) => {
          const samples = [...(fields?.get(where) ?? [])].sort();
          return { type, where, share, ...(samples.length === 0 ? {} : { samples }) };
        });
        update.run(JSON.stringify(withSamples), id);
      }
    },
  };
} // prettier-ignore

/** Keeps the least few texts of all that come. */
function keepLeast(samples: Set<string>, sample: string): void {
  if (samples.has(sample)) return;
  samples.add(sample);
  if (samples.size <= MAX_SAMPLES) return;
  const most = [...samples].reduce((largest, each) => (each > largest ? each : largest));
  samples.delete(most);
}
