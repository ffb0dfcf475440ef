import { nodePorts } from '#electron/node/ports.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import { runImport } from '#shared/engine/jobs/import-job.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import type { EnginePorts } from '#shared/engine/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { memoryCase } from '../case.ts';
import { sourceOf, toBytes } from '../read-evidence.ts';
import type { Bundle } from './bundle.ts';
import { findDamage, summarize } from './check.ts';
import { crashingDriver } from './crash.ts';

/** Ports whose evidence is the bundle, in memory. */
const portsFor = (bundle: Bundle): EnginePorts => ({
  ...nodePorts('test'),
  readers: undefined,
  evidence: {
    size: () => Promise.resolve(0),
    async *expand() {
      for (const [name, text] of Object.entries(bundle)) {
        await Promise.resolve();
        yield { kind: 'source', source: sourceOf(toBytes(text), name), container: undefined, format: undefined };
      }
    },
  },
});

const importBundle = (db: SqlDriver, bundle: Bundle): Promise<ImportSummary> =>
  runImport(db, portsFor(bundle), { paths: [] }, { signal: new AbortController().signal, progress: () => undefined });

const sizesOf = (bundle: Bundle): Record<string, number> =>
  Object.fromEntries(Object.entries(bundle).map(([name, text]) => [name, toBytes(text).length]));

/** What an undisturbed import comes to, and how many statements it takes. */
export async function undisturbed(bundle: Bundle): Promise<{ readonly summary: object; readonly statements: number }> {
  const db = memoryCase();
  const counting = crashingDriver(db, Number.POSITIVE_INFINITY);
  await importBundle(counting.driver, bundle);
  return { summary: summarize(db), statements: counting.ran() };
}

/**
 * Imports a bundle into a fresh case and dies at each of the statements named, one after the other, each time in the import that
 * follows; then imports it whole. Gives what was wrong after each death and at the end.
 */
export async function crashAndImport(
  bundle: Bundle,
  crashes: readonly number[],
): Promise<{ readonly damage: readonly string[]; readonly summary: object }> {
  const db = memoryCase();
  const damage: string[] = [];
  for (const at of crashes) {
    const crashing = crashingDriver(db, at);
    await importBundle(crashing.driver, bundle).catch((thrown: unknown) => {
      if (!(thrown instanceof Error) || !thrown.message.includes('the process died')) throw thrown;
    });
    closeInterrupted(db);
    damage.push(...findDamage(db, sizesOf(bundle)).map((what) => `after a death at ${String(at)}: ${what}`));
  }
  await importBundle(db, bundle);
  damage.push(...findDamage(db, sizesOf(bundle)).map((what) => `after the import that followed: ${what}`));
  return { damage, summary: summarize(db) };
}
