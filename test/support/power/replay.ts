import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto } from '#electron/node/crypto.ts';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '../case.ts';
import { findDamage } from '../kill/check.ts';
import { plainWordsIn, reopen } from '../kill/encrypted.ts';
import { seededRandom } from '../large/random.ts';
import { Disk, type Fate } from './disk.ts';
import type { DiskEvent } from './trace.ts';

const FATES: readonly Fate[] = ['lost', 'kept', 'torn'];

/** What was wrong after the power went at one point. */
export interface Loss {
  readonly point: number;
  readonly fate: Fate;
  readonly damage: readonly string[];
}

/** Opens what is left as the work process does, and says what is wrong: pages, ledgers, the chain, what was acknowledged and is gone. */
function inspect(folder: string, acknowledged: readonly string[], key: CaseKey | undefined): readonly string[] {
  const casePath = join(folder, 'case.spoor');
  if (!existsSync(casePath)) return acknowledged.length === 0 ? [] : ['there is no case'];
  const found: string[] = [];
  try {
    const db = reopen(casePath, key);
    try {
      migrateCase(db, casePath, fixedCrypto, '');
      closeInterrupted(db);
      found.push(...findDamage(db, {}), ...verifyChain(db, nodeCrypto, undefined).problems);
      const count = (sql: string): number => db.prepare(sql).get<{ n: number }>()?.n ?? 0;
      const wanted = acknowledged.filter((what) => what === 'note').length;
      const notes = count('SELECT count(*) AS n FROM review_note');
      if (notes < wanted) found.push(`${String(wanted)} notes were acknowledged, ${String(notes)} are there`);
      if (acknowledged.includes('import') && count("SELECT count(*) AS n FROM audit WHERE action = 'case.import'") === 0)
        found.push('an import was acknowledged and is not in the log');
    } finally {
      db.close();
    }
  } catch (thrown) {
    found.push(`the case does not open: ${toAppError(thrown).message}`);
  }
  for (const name of readdirSync(folder).filter((each) => /^report-\d+$/.test(each)))
    if (!readFileSync(join(folder, name), 'utf8').trimEnd().endsWith('}')) found.push(`${name} is not whole`);
  for (const what of acknowledged)
    if (what.startsWith('export ') && !existsSync(join(folder, what.slice('export '.length)))) found.push(`${what} was acknowledged and is not there`);
  return found;
} // prettier-ignore

/**
 * Lets the power go before every sync of a recording, after everything acknowledged, and after its end, with each fate of what was not synced; gives every point. `every`
 * takes each nth only; `ignores` leaves out the syncs of some files, which must show; `key` is that of a case that is encrypted.
 */
export function* losePower(
  events: readonly DiskEvent[],
  {
    every = 1,
    ignores = () => false,
    key,
  }: { readonly every?: number; readonly ignores?: (file: string) => boolean; readonly key?: CaseKey | undefined } = {},
): Generator<Loss> {
  const disk = new Disk(ignores);
  const random = seededRandom('power');
  const acknowledged: string[] = [];
  const ends: readonly (DiskEvent | undefined)[] = [...events, undefined];
  let point = 0;
  for (const event of ends) {
    if (event?.kind === 'acknowledged') acknowledged.push(event.what);
    if (event === undefined || event.kind === 'sync' || event.kind === 'acknowledged') {
      point += 1;
      for (const fate of point % every === 0 ? FATES : []) {
        const folder = mkdtempSync(join(tmpdir(), 'spoor-image-'));
        disk.writeImage(folder, fate, random);
        yield { point, fate, damage: inspect(folder, acknowledged, key) };
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (event !== undefined) disk.take(event);
  }
}

/** What was written in clear, anywhere but in a report: to a case that is encrypted, its log or a temporary file. */
export const clearWrites = (events: readonly DiskEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.kind === 'write' && !event.file.includes('report-') ? plainWordsIn(event.bytes).map((word) => `${event.file}: ${word}`) : [],
  );

/** Programs that forget one kind of sync, each of which the points above must find out. */
export const FORGETFUL: readonly (readonly [what: string, ignores: (file: string) => boolean])[] = [
  ['the log of writes', (file) => file.endsWith('-wal')],
  ['the case itself', (file) => file.endsWith('.spoor')],
  ['exports', (file) => file.includes('report-')],
];
