import { callFlag } from '../../store/call-flags.ts';
import type { PassContext } from '../pass.ts';

/** Calls grouped in one statement, so that other work gets in between. */
const SLICE = 20_000;

/** Bits of a record without a status that says that the caller did not get what was asked for. */
const REFUSED = String(callFlag.denied | callFlag.failed);

/**
 * Adds a slice of calls to the tallies. The sighting that shows the credential counts: where a gateway's log has none and the client's
 * capture of the same call does, the capture's stands for both; of several captures that show the same one, the first.
 */
const ADD_SLICE = `
  INSERT INTO temp.credential_endpoint_new (credential_id, endpoint_id, principal_id, calls, answered, people, first_seen, last_seen)
  SELECT c.credential_id, coalesce(standing.endpoint_id, f.endpoint_id), coalesce(standing.principal_id, f.principal_id, 0),
         count(*), sum(CASE WHEN coalesce(nullif(stands.status, 0), c.status) > 0 THEN coalesce(nullif(stands.status, 0), c.status) BETWEEN 200 AND 399 ELSE (c.flags | ifnull(stands.flags, 0)) & ${REFUSED} = 0 END), 0, min(coalesce(stands.time, c.time)), max(coalesce(stands.time, c.time))
  FROM call c JOIN call_fact f ON f.call_id = c.id
  LEFT JOIN call_fact standing ON standing.call_id = f.same_as
  LEFT JOIN call stands ON stands.id = f.same_as
  WHERE c.id > ? AND c.id <= ? AND c.credential_id IS NOT NULL AND coalesce(standing.endpoint_id, f.endpoint_id) IS NOT NULL
    AND (f.same_as IS NULL OR (stands.credential_id IS NULL AND NOT EXISTS (
      SELECT 1 FROM call_fact o JOIN call other ON other.id = o.call_id
      WHERE o.same_as = f.same_as AND o.call_id < f.call_id AND other.credential_id = c.credential_id)))
  GROUP BY 1, 2, 3
  ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, answered = answered + excluded.answered,
    first_seen = min(ifnull(first_seen, excluded.first_seen), ifnull(excluded.first_seen, first_seen)),
    last_seen = max(ifnull(last_seen, excluded.last_seen), ifnull(excluded.last_seen, last_seen))`;

/** Fills `temp.credential_endpoint_new`, without people. Cost: one walk over the calls, a slice at a time. */
export async function writeCredentialEndpoints({ db, breathe, progress }: PassContext): Promise<void> {
  db.exec(`
    DROP TABLE IF EXISTS temp.credential_endpoint_new;
    CREATE TEMP TABLE credential_endpoint_new (
      credential_id INTEGER NOT NULL, endpoint_id INTEGER NOT NULL, principal_id INTEGER NOT NULL,
      calls INTEGER NOT NULL, answered INTEGER NOT NULL, people INTEGER NOT NULL, first_seen INTEGER, last_seen INTEGER,
      PRIMARY KEY (credential_id, endpoint_id, principal_id)) STRICT, WITHOUT ROWID`);
  const add = db.prepare(ADD_SLICE);
  const last = db.prepare('SELECT max(id) AS id FROM call').get<{ id: number | null }>()?.id ?? 0;
  for (let after = 0; after < last; after += SLICE) {
    add.run(after, after + SLICE);
    progress(Math.min(after + SLICE, last), last * 2);
    await breathe();
  }
}
