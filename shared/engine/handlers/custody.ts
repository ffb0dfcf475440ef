import type { SqlDriver } from '../store/driver.ts';
import { verifyChain } from '../store/audit/verify.ts';
import type { EngineContext, Some } from './context.ts';

/** More lines of SQLite's say nothing new. */
const MOST_LINES = 20;

/** What SQLite finds wrong with the file: pages, and rows that refer to nothing. */
function checkDatabase(db: SqlDriver): readonly string[] {
  const verdicts = db
    .prepare(`SELECT quick_check AS verdict FROM pragma_quick_check LIMIT ${String(MOST_LINES)}`)
    .all<{ verdict: string }>();
  const broken = db
    .prepare(`SELECT DISTINCT "table" AS name, parent FROM pragma_foreign_key_check LIMIT ${String(MOST_LINES)}`)
    .all<{ name: string; parent: string }>();
  return [
    ...verdicts.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'ok'),
    ...broken.map(({ name, parent }) => `rows of ${name} refer to rows of ${parent} that are not there`),
  ];
}

const NO_ANCHOR =
  'No hash was given that was kept outside of the case: that the log was cut at its end, or made anew as a whole, cannot be excluded.';
const NEVER_COVERED =
  'The log covers the hashes and counts of sources, their calls with headers and bodies, the findings and the changes of the analyst. It does not cover chains, endpoints, principals and the indices of values, which can be made again from the evidence, nor the calls of sources that were withdrawn.';

/** Whether the case is as it was left. */
export function custodyHandlers({ db, ports }: EngineContext): Some<'case.verify'> {
  return {
    'case.verify': ({ anchor }) => {
      const database = checkDatabase(db);
      const chain = verifyChain(db, ports.crypto, anchor);
      return {
        database,
        chain,
        sound: database.length === 0 && chain.problems.length === 0,
        limits: [...(anchor === undefined ? [NO_ANCHOR] : []), NEVER_COVERED],
      };
    },
  };
}
