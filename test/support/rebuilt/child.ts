import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '../case.ts';
import { exportCase } from '../exported.ts';
import { idleContext } from '../fuzz/engine-over.ts';

/** A share pack holds the case, and that says when it was read. */
const NOON = { now: () => '2026-10-03T12:00:00.000Z', clock: () => 0 };

// One process of a run, in the zone and locale that its environment names: imports each folder, analyses it, writes every export.
// Prints first how it writes a date and a number, then one line per file of an export: bundle, format, file and hash.
const [bundles = ''] = process.argv.slice(2);
console.log(`${new Date(0).toLocaleString()} ${(1234.5).toLocaleString()}`);
for (const bundle of readdirSync(bundles).sort()) {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-rebuilt-'));
  const path = join(folder, 'case.spoor');
  const db = openForWriting(path, true);
  try {
    migrateCase(db, path, fixedCrypto, bundle);
    const engine = createEngine(db, { ...nodePorts('0.0.0'), ...NOON, crypto: fixedCrypto, readers: undefined }, () => undefined);
    await engine['case.import']({ paths: [{ path: join(bundles, bundle) }] }, idleContext);
    await engine['case.analyze']({}, idleContext);
    for (const { id } of exportFormats)
      for (const [name, bytes] of await exportCase(db, id))
        console.log(`${bundle}\t${id}\t${name}\t${createHash('sha256').update(bytes).digest('hex')}`);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}
