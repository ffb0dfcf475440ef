import { textHash } from '../../../lib/text-hash.ts';
import { namesPerson } from '../../../model/people-paths.ts';
import type { PassContext } from '../pass.ts';

/** Calls looked at in one step, so that other work gets in between. */
const SLICE = 20_000;
/** Kinds of data that are about one person each. */
const PERSONAL = [
  'email',
  'phone',
  'person-name',
  'postal-address',
  'date-of-birth',
  'payment-card',
  'iban',
  'bank-account',
  'us-ssn',
  'national-id',
  'health',
] as const;
const PERSONAL_LIST = PERSONAL.map((type) => `'${type}'`).join(', ');
/** Credentials and endpoints stay far below this, so that both fit into one exact number. */
const KEY_BASE = 2 ** 26;

/** Records about people: by endpoint, and by `credential × 2^26 + endpoint`. */
export interface PeopleCounts {
  readonly byEndpoint: ReadonlyMap<number, number>;
  readonly byUse: ReadonlyMap<number, number>;
}

/** The two parts of a key of `byUse`. */
export const splitUse = (key: number): { readonly credential: number; readonly endpoint: number } => ({
  credential: Math.floor(key / KEY_BASE),
  endpoint: key % KEY_BASE,
});

interface Row {
  readonly path: string | null;
  readonly query: string | null;
  readonly credential: number | null;
  readonly endpoint: number;
  readonly seen: number | null;
  readonly item: number;
}

/** Answered calls of endpoints that give out data about people, with how many people the answer was seen to name. */
const ROWS = `
  SELECT c.path, c.query, coalesce(c.credential_id, stands.credential_id) AS credential, e.endpoint_id AS endpoint, e.item,
    (SELECT max(d.count) FROM data_seen d WHERE d.call_id = c.id AND d.side = 'response' AND d.type IN (${PERSONAL_LIST})) AS seen
  FROM call c JOIN call_fact f ON f.call_id = c.id
  LEFT JOIN call_fact standing ON standing.call_id = f.same_as
  LEFT JOIN call stands ON stands.id = f.same_as
  JOIN temp.personal_endpoint e ON e.endpoint_id = coalesce(standing.endpoint_id, f.endpoint_id)
  WHERE c.id > ? AND c.id <= ? AND c.status BETWEEN 200 AND 299
  ORDER BY c.id`;

/**
 * Endpoints about people: their answers were seen to carry data about them, or their path names a person by an id. `item`: one thing by its id, so that
 * an answer without a body names one.
 */
function listPersonalEndpoints({ db }: PassContext): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.personal_endpoint;
    CREATE TEMP TABLE personal_endpoint (endpoint_id INTEGER PRIMARY KEY, item INTEGER NOT NULL) STRICT;
    INSERT INTO temp.personal_endpoint
      SELECT id, template LIKE '%}' FROM endpoint WHERE EXISTS (
        SELECT 1 FROM json_each(endpoint.data_types) t
        WHERE t.value ->> 'type' IN (${PERSONAL_LIST}) AND t.value ->> 'where' LIKE 'response %')`);
  const add = db.prepare('INSERT INTO temp.personal_endpoint VALUES (?, 1) ON CONFLICT DO UPDATE SET item = 1');
  for (const { id, template } of db
    .prepare("SELECT id, template FROM endpoint WHERE template LIKE '%}%'")
    .all<{ id: number; template: string }>())
    if (namesPerson(template)) add.run(id);
}

/** Adds to a count what an address names more than it was seen to name before, whichever log told of it first. */
function counter(): { readonly add: (key: number, address: string, people: number) => void; readonly counts: Map<number, number> } {
  const seen = new Map<number, number>();
  const counts = new Map<number, number>();
  return {
    counts,
    add(key, address, people) {
      const mark = textHash(`${String(key)} ${address}`);
      const before = seen.get(mark) ?? 0;
      if (people <= before) return;
      seen.set(mark, people);
      counts.set(key, (counts.get(key) ?? 0) + people - before);
    },
  };
}

/**
 * Counts the records about people that answers gave out. One address (path and query) counts once, since reading the same customer
 * twice reaches one customer; of a list the personal value counts that it holds most of,
 * in the answer that holds most. An answer whose body was not kept counts one
 * where the address names one thing, or a person, else none: the numbers are lower bounds.
 * Cost: the calls of endpoints with personal data; two hashes of eight bytes for each address.
 */
export async function countPeople(context: PassContext): Promise<PeopleCounts> {
  const { db, breathe, progress } = context;
  listPersonalEndpoints(context);
  const byEndpoint = counter();
  const byUse = counter();
  const rows = db.prepare(ROWS);
  const last = db.prepare('SELECT max(id) AS id FROM call').get<{ id: number | null }>()?.id ?? 0;
  for (let after = 0; after < last; after += SLICE) {
    for (const { path, query, credential, endpoint, seen, item } of rows.all<Row>(after, after + SLICE)) {
      const people = seen ?? item;
      if (people === 0) continue;
      const address = `${path ?? ''}?${query ?? ''}`;
      byEndpoint.add(endpoint, address, people);
      if (credential !== null) byUse.add(credential * KEY_BASE + endpoint, address, people);
    }
    progress(last + Math.min(after + SLICE, last), last * 2);
    await breathe();
  }
  db.exec('DROP TABLE temp.personal_endpoint');
  return { byEndpoint: byEndpoint.counts, byUse: byUse.counts };
}
