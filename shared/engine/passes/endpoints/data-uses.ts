import type { EndpointJson } from '../../../contract/report-json.ts';
import { parseSign } from '../../intake/personal/data-signs.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { ABOUT_PERSONS, isOfType, objectOf } from './decide-fields.ts';
import { fieldReader, type SampledField } from './field-values.ts';
import type { DataUse } from './sensitivity.ts';
import type { EndpointTally } from './tally.ts';

/** What kinds of data an endpoint was seen with. */
export interface EndpointData {
  readonly uses: readonly DataUse[];
  /** For reports: the most frequent first. */
  readonly types: EndpointJson['dataTypes'];
}

/** Places listed of one endpoint; bodies with free keys have thousands. */
export const MAX_PLACES = 60;

interface Row {
  readonly endpoint: number;
  readonly side: string;
  readonly pointer: string;
  readonly type: string;
  readonly calls: number;
  readonly count: number;
  readonly most: number;
}

/** Answers of these types are programs, looks and pictures: a word in them names no value of anybody's. */
const PROGRAM =
  /^(?:(?:text|application)\/(?:x-)?(?:javascript|ecmascript|css)|application\/wasm|font\/|image\/|application\/(?:x-)?font)/i;

const programTypes = (db: SqlDriver): readonly number[] =>
  db
    .prepare('SELECT DISTINCT t.id, t.value FROM call c JOIN term t ON t.id = c.content_type_id')
    .all<{ id: number; value: string }>()
    .flatMap(({ id, value }) => (PROGRAM.test(value) ? [id] : []));

/**
 * Decides, per endpoint, what its fields hold, from what intake noted call by call: a field is of a type when nearly all its values
 * are (see `isOfType`). `share` is that of the calls whose body or header could show it.
 */
export function readDataUses(db: SqlDriver, endpoints: readonly EndpointTally[]): ReadonlyMap<number, EndpointData> {
  const rows = db
    .prepare(
      `SELECT f.endpoint_id AS endpoint, d.side, t.value AS pointer, d.type, count(DISTINCT d.call_id) AS calls, sum(d.count) AS count, max(d.count) AS most
         FROM data_seen d JOIN call_fact f ON f.call_id = d.call_id JOIN term t ON t.id = d.pointer_id JOIN call c ON c.id = d.call_id
        WHERE d.type NOT IN ('agent-signal', 'tls-fingerprint') AND f.endpoint_id IS NOT NULL
          AND NOT (d.side = 'response' AND ifnull(c.content_type_id, 0) IN (SELECT value FROM json_each(?))) GROUP BY f.endpoint_id, d.side, d.pointer_id, d.type`,
    )
    .all<Row>(JSON.stringify(programTypes(db)));
  const grouped = new Map<number, Row[]>();
  for (const row of rows) {
    const group = grouped.get(row.endpoint);
    if (group === undefined) grouped.set(row.endpoint, [row]);
    else group.push(row);
  }
  const readFields = fieldReader(db);
  const result = new Map<number, EndpointData>();
  for (const endpoint of endpoints) {
    const group = grouped.get(endpoint.id);
    if (group === undefined) continue;
    const uses = decide(group, readFields(endpoint.id, endpoint.calls));
    const types = uses
      .map((row) => ({ type: row.type, where: `${row.side} ${row.pointer}`, share: share(row, endpoint) }))
      .sort((a, b) => b.share - a.share || (`${a.where} ${a.type}` < `${b.where} ${b.type}` ? -1 : 1))
      .slice(0, MAX_PLACES);
    result.set(endpoint.id, { uses, types });
  }
  return result;
}

/** The fields' types, with the signs of all strengths of a type in one row. */
function decide(group: readonly Row[], sampled: ReadonlyMap<string, SampledField>): readonly Row[] {
  const fields = new Map<string, Row>();
  for (const row of group) {
    const { type } = parseSign(row.type);
    const key = `${row.side} ${row.pointer}\n${type}`;
    const known = fields.get(key);
    // Signs of different strength stand in different calls, or in the same: the sum, cut at the whole where shares are made.
    fields.set(
      key,
      known === undefined
        ? { ...row, type }
        : { ...known, calls: known.calls + row.calls, count: known.count + row.count, most: Math.max(known.most, row.most) },
    );
  }
  const judge = (row: Row, people: ReadonlySet<string>, born: ReadonlySet<string>): boolean => {
    const where = `${row.side} ${row.pointer}`;
    const field = sampled.get(where);
    const counts = field?.signs.get(row.type);
    const signs = counts ?? signsOf(group, row);
    // A field that the sample did not meet is rare: what its values proved holds, how many did not is unknown.
    const values = counts === undefined ? undefined : row.side === 'path' || field?.values === 0 ? undefined : field?.values;
    const object = placeOf(row);
    // An answer gives back what was asked for under the same name, and leaves the currency out.
    const company = { hasPerson: people.has(object), hasBirth: born.has(object), hasCurrency: priced.has(object) || sums.has(row.pointer) };
    return isOfType({ type: row.type, counts: signs }, values, company);
  };
  const all = [...fields.values()];
  const priced = objectsOf(all.filter(({ type }) => type === 'currency'));
  const sums = new Set(all.filter((row) => row.type === 'amount' && priced.has(placeOf(row))).map(({ pointer }) => pointer));
  const nobody = new Set<string>();
  const personal = all.filter((row) => ABOUT_PERSONS.has(row.type) && judge(row, nobody, nobody));
  const people = objectsOf(personal);
  const born = objectsOf(personal.filter(({ type }) => type === 'date-of-birth'));
  const decided = all.filter((row) => judge(row, people, born));
  return decided.filter((row) => !isShadowed(row, decided));
}

const placeOf = ({ side, pointer }: Row): string => `${side} ${objectOf(pointer)}`;
const objectsOf = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.map(placeOf));

function signsOf(group: readonly Row[], { side, pointer, type }: Row): Record<ReturnType<typeof parseSign>['strength'], number> {
  const counts = { sure: 0, inside: 0, form: 0, passage: 0, beside: 0 };
  for (const row of group) {
    const sign = parseSign(row.type);
    if (row.side === side && row.pointer === pointer && sign.type === type) counts[sign.strength] += row.count;
  }
  return counts;
}

/** A field for national numbers that holds US ones is one of them; so is a number of a person's phone. */
const isShadowed = (row: Row, decided: readonly Row[]): boolean =>
  row.type === 'national-id' &&
  decided.some(({ side, pointer, type, count }) => side === row.side && pointer === row.pointer && type === 'us-ssn' && count >= row.count);

function share(row: Row, endpoint: EndpointTally): number {
  const whole = row.side === 'request' ? endpoint.requestBodies : row.side === 'response' ? endpoint.responseBodies : endpoint.calls;
  // Two digits tell what a reader needs and stay the same whatever was added up first.
  return whole === 0 ? 1 : Math.min(1, Math.round((row.calls / whole) * 100) / 100);
}
