import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { isEncrypted, type CaseKey } from '#electron/node/encryption/case-key.ts';
import { rewriteCase } from '#electron/node/encryption/rewrite-case.ts';
import type { PassphraseDeed } from '#electron/node/engine/protocol.ts';
import { runRewrite } from '#electron/node/encryption/run-rewrite.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { ENGINE_ENTRY } from '../engine-entry.ts';
import type { Random } from '../large/random.ts';
import { openWorkProcess } from '../work-process.ts';
import { killBundle, writeBundle } from './bundle.ts';
import { findDamage, summarize } from './check.ts';
import { findClear, HARNESS_KEY } from './encrypted.ts';
import { importWhole } from './process.ts';

const OTHER_KEY: CaseKey = Uint8Array.from(HARNESS_KEY, (byte) => byte ^ 0x5a);

/** What is done to a passphrase, from which key to which. */
const CHANGES: readonly { readonly deed: PassphraseDeed; readonly from: CaseKey | undefined; readonly to: CaseKey | undefined }[] = [
  { deed: 'set', from: undefined, to: HARNESS_KEY },
  { deed: 'change', from: HARNESS_KEY, to: OTHER_KEY },
  { deed: 'remove', from: HARNESS_KEY, to: undefined },
];

/** A kill while a case was rewritten under another key. Units: `at` in ms. */
interface RewriteRound {
  readonly deed: PassphraseDeed;
  readonly at: number;
  readonly isKilled: boolean;
  readonly damage: readonly string[];
}

/** Whether the process was killed before it had done its work. `afterMs` counts from the order. */
async function rewriteAndKill(casePath: string, change: (typeof CHANGES)[number], afterMs: number): Promise<boolean> {
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort();
  }, afterMs);
  try {
    await runRewrite(childProcessEngines(ENGINE_ENTRY), { casePath, ...change, version: 'test' }, stop.signal);
    return false;
  } catch (thrown) {
    if (toAppError(thrown).code !== 'cancelled') throw thrown;
    return true;
  } finally {
    clearTimeout(timer);
  }
}

/** Opens the case under the key that it turns out to have, as the next process does, and says what is wrong with it and beside it. */
async function inspect(casePath: string, { deed, from, to }: (typeof CHANGES)[number], isKilled: boolean, wanted: object): Promise<readonly string[]> {
  const found = deed === 'change' ? [...findClear(casePath, from)] : [];
  const key = [from, to].find((each) => opens(casePath, each));
  if (key === undefined && isEncrypted(casePath)) return [...found, 'the case opens with neither key'];
  if (!isKilled && key !== to) found.push('it was said to be done, and the case has its old key');
  const work = await openWorkProcess(casePath, false, key);
  await work.end();
  const folder = join(casePath, '..');
  const left = readdirSync(folder);
  if (left.length !== 1) found.push(`beside the case lies ${left.join(', ')}`);
  found.push(...findClear(casePath, key));
  const db = openForWriting(casePath, false, key);
  try {
    found.push(...findDamage(db, {}), ...verifyChain(db, nodeCrypto, undefined).problems);
    if (!isDeepStrictEqual(summarize(db), wanted)) found.push('the case does not hold what it held');
  } finally {
    db.close();
  }
  return found;
} // prettier-ignore

function opens(casePath: string, key: CaseKey | undefined): boolean {
  if (isEncrypted(casePath) !== (key !== undefined)) return false;
  try {
    openForWriting(casePath, false, key).close();
    return true;
  } catch (thrown) {
    if (toAppError(thrown).code === 'wrong-passphrase') return false;
    throw thrown;
  }
}

/** Real kills of a process that gives a case a passphrase, another one, or none, in turn; each on a fresh copy of one case. */
export async function* rewriteRounds(rounds: number, random: Random): AsyncGenerator<RewriteRound> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-rewrite-'));
  try {
    const evidence = join(folder, 'bundle');
    writeBundle(evidence, killBundle(1));
    const plain = join(folder, 'plain.spoor');
    const { summary: wanted } = await importWhole(plain, evidence, {}, undefined);
    const db = openForWriting(plain, false);
    settle(db);
    db.close();
    const encrypted = join(folder, 'encrypted.spoor');
    copyFileSync(plain, encrypted);
    rewriteCase(encrypted, 'set', undefined, HARNESS_KEY, 'test');
    /** Time that each deed takes at most, its process with it. Units: ms. */
    const took = new Map<PassphraseDeed, number>();
    for (let round = 0; round < rounds; round += 1) {
      const change = CHANGES[round % CHANGES.length];
      if (change === undefined) continue;
      const fresh = (): string => {
        const path = join(mkdtempSync(join(folder, 'case-')), 'case.spoor');
        copyFileSync(change.from === undefined ? plain : encrypted, path);
        return path;
      };
      let longest = took.get(change.deed);
      if (longest === undefined) {
        const started = performance.now();
        await rewriteAndKill(fresh(), change, 2 ** 31 - 1);
        took.set(change.deed, (longest = performance.now() - started));
      }
      const at = random.int(1, Math.ceil(longest));
      const casePath = fresh();
      const isKilled = await rewriteAndKill(casePath, change, at);
      yield { deed: change.deed, at, isKilled, damage: await inspect(casePath, change, isKilled, wanted) };
      rmSync(join(casePath, '..'), { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
