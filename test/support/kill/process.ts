import type { FromEngine } from '#electron/node/engine/protocol.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { runImport } from '#shared/engine/jobs/import-job.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '../case.ts';
import { ENGINE_ENTRY } from '../engine-entry.ts';
import { findDamage, summarize } from './check.ts';
import { findClear, reopen } from './encrypted.ts';

/** Imports a folder in a work process of its own and ends that with SIGKILL. `afterMs` counts from the order to import. */
export function importAndKill(casePath: string, folder: string, afterMs: number, key: CaseKey | undefined): Promise<'killed' | 'done'> {
  return new Promise((resolve, reject) => {
    const engine = childProcessEngines(ENGINE_ENTRY)('work');
    let ended: 'killed' | 'done' = 'killed';
    const order = { t: 'call', id: 1, method: 'case.import', params: { paths: [{ path: folder }] } };
    engine.onMessage((message: FromEngine) => {
      if (message.k === 'failed') reject(new Error(message.error.message));
      if (message.k === 'opened') {
        engine.send({ k: 'connect', connection: 1 });
        engine.send({ k: 'text', connection: 1, text: JSON.stringify(order) });
        // A clock and no event of the import: the point must be any, also in the middle of a statement.
        setTimeout(() => {
          engine.kill();
        }, afterMs);
      }
      if (message.k === 'text' && message.text.startsWith('{"t":"ok"')) {
        ended = 'done';
        engine.kill();
      }
    });
    engine.onExit(() => {
      resolve(ended);
    });
    engine.send({ k: 'open', role: 'work', casePath, create: true, title: '', version: 'test', key });
  });
}

/** Opens a case as the work process does after a kill, and says what is wrong with it. */
export function inspectKilled(casePath: string, sizes: Readonly<Record<string, number>>, key: CaseKey | undefined): readonly string[] {
  const clear = findClear(casePath, key);
  const db = reopen(casePath, key);
  try {
    migrateCase(db, casePath, fixedCrypto, '');
    closeInterrupted(db);
    return [...clear, ...findDamage(db, sizes), ...findClear(casePath, key)];
  } finally {
    db.close();
  }
}

/** Imports a folder without a disturbance; gives what the case holds then, what is wrong with it, and how long it took. */
export async function importWhole(
  casePath: string,
  folder: string,
  sizes: Readonly<Record<string, number>>,
  key: CaseKey | undefined,
): Promise<{ readonly summary: object; readonly damage: readonly string[]; readonly durationMs: number }> {
  const db = openForWriting(casePath, true, key);
  try {
    migrateCase(db, casePath, fixedCrypto, '');
    const ports = { ...nodePorts('test'), readers: undefined };
    const { durationMs } = await runImport(
      db,
      ports,
      { paths: [{ path: folder }] },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    return { summary: summarize(db), damage: findDamage(db, sizes), durationMs };
  } finally {
    db.close();
  }
}
