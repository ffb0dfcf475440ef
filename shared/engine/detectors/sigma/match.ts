import { compileSigma } from '../../store/sigma-sql.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { SigmaNode } from '../../../sigma/rule.ts';

/** Calls that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 50_000;

/** Numbers the rules whose matches are kept while a run lasts. */
export interface Matches {
  readonly add: (node: SigmaNode) => Promise<number>;
  readonly close: () => void;
}

/**
 * Finds the calls that fit rules and keeps them in a table in memory, by a number for each rule, so that correlations can join them.
 * Other sightings of the same call never match. Cost: one look at every call for each rule, in strides.
 */
export function openMatches(db: SqlDriver, breathe: () => Promise<void>): Matches {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS sigma_match (rule INTEGER NOT NULL, call_id INTEGER NOT NULL, PRIMARY KEY (rule, call_id)) WITHOUT ROWID; DELETE FROM temp.sigma_match'); // prettier-ignore
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  let rules = 0;
  return {
    async add(node) {
      rules += 1;
      const { where, params } = compileSigma(node);
      const insert = db.prepare(
        `INSERT INTO temp.sigma_match (rule, call_id) SELECT ${String(rules)}, c.id FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
         WHERE c.id > ? AND c.id <= ? AND f.same_as IS NULL AND ${where}`,
      );
      for (let from = 0; from < last; from += STRIDE) {
        insert.runAll([from, from + STRIDE, ...params]);
        await breathe();
      }
      return rules;
    },
    close: () => {
      db.exec('DROP TABLE IF EXISTS temp.sigma_match');
    },
  };
}
