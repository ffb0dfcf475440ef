import type { ChainCheck } from '../../contract/custody.ts';
import { toAppError } from '../../contract/errors.ts';
import { GENESIS } from '../store/audit/entry.ts';
import type { SqlDriver } from '../store/driver.ts';
import { verifyChain } from '../store/audit/verify.ts';
import type { EngineContext, Some } from './context.ts';

/** More lines of SQLite's say nothing new. */
const MOST_LINES = 20;

/** What a look at the pages gives, or that it ended at one that cannot be read. Errors: whatever is no damage of the file. */
function unlessDamaged<T>(look: () => T, orElse: (why: string) => T): T {
  try {
    return look();
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    if (code !== 'damaged-case') throw thrown;
    return orElse(message);
  }
}

const quickCheck = (db: SqlDriver, of: string): readonly string[] =>
  db
    .prepare(`PRAGMA quick_check(${of})`)
    .all<{ quick_check: string }>()
    .flatMap(({ quick_check: verdict }) => verdict.split('\n'))
    .filter((line) => line !== 'ok' && !line.startsWith('***'));

/** What SQLite finds wrong with the pages. A check that cannot be ended, since a page fails its checksum say, is made table by table. */
const checkPages = (db: SqlDriver): readonly string[] =>
  unlessDamaged(
    () => quickCheck(db, String(MOST_LINES)),
    () =>
      db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .all<{ name: string }>()
        .flatMap(({ name }) =>
          unlessDamaged(
            () => quickCheck(db, `"${name.replaceAll('"', '""')}"`),
            () => [`${name} cannot be read to its end`],
          ),
        ),
  ).slice(0, MOST_LINES);

/** Rows that refer to nothing. */
const checkReferences = (db: SqlDriver): readonly string[] =>
  db
    .prepare(`SELECT DISTINCT "table" AS name, parent FROM pragma_foreign_key_check LIMIT ${String(MOST_LINES)}`)
    .all<{ name: string; parent: string }>()
    .map(({ name, parent }) => `rows of ${name} refer to rows of ${parent} that are not there`);

const checkDatabase = (db: SqlDriver): readonly string[] => [
  ...checkPages(db),
  ...unlessDamaged(
    () => checkReferences(db),
    (why) => [`which rows refer to nothing cannot be told: ${why}`],
  ),
];

/** The log of a case whose pages cannot all be read. */
const unreadChain = (anchor: string | undefined, why: string): ChainCheck => ({
  entries: 0,
  head: GENESIS,
  problems: [`the log, or what it covers, cannot be read: ${why}`],
  anchor: anchor === undefined ? 'not given' : 'missing',
  uncovered: { sources: 0, changes: 0, calls: 0, findings: 0, derived: 0 },
});

const NO_ANCHOR =
  'No hash was given that was kept outside of the case: that the log was cut at its end, or made anew as a whole, cannot be excluded.';
const NEVER_COVERED =
  'The log covers the hashes and counts of sources, their calls with headers and bodies, what the analysis made of them (principals, endpoints, chains, the inventory, findings) and the changes of the analyst. It does not cover the indices of values, data types and exposures, which can be made again from the evidence, nor the calls of sources that were withdrawn.';

/** Whether the case is as it was left. */
export function custodyHandlers({ db, ports }: EngineContext): Some<'case.verify'> {
  return {
    'case.verify': ({ anchor }) => {
      const database = checkDatabase(db);
      const chain = unlessDamaged(
        () => verifyChain(db, ports.crypto, anchor),
        (why) => unreadChain(anchor, why),
      );
      return {
        database,
        chain,
        sound: database.length === 0 && chain.problems.length === 0,
        limits: [...(anchor === undefined ? [NO_ANCHOR] : []), NEVER_COVERED],
      };
    },
  };
}
