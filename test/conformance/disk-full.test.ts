/** A disk with no room left, at many points of an import: it stops with a reason, the case is sound, and the bundle comes in whole later. */
import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { runImport } from '#shared/engine/jobs/import-job.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { memoryCase } from '#test/support/case.ts';
import { killBundle } from '#test/support/kill/bundle.ts';
import { findDamage, summarize } from '#test/support/kill/check.ts';
import { sourceOf, toBytes } from '#test/support/read-evidence.ts';

/** A point costs two imports: as many in the suite, a hundred in `npm run scorecard`. */
const POINTS = process.env['SPOOR_EVERY_POINT'] === '1' ? 100 : 12;
/** Units: ms. */
const PATIENCE = POINTS * 10_000;

const bundle = killBundle(1);
const sizes = Object.fromEntries(Object.entries(bundle).map(([name, text]) => [name, toBytes(text).length]));
const context = { signal: new AbortController().signal, progress: () => undefined };
const ports: ReturnType<typeof nodePorts> = {
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
};

test(
  `row 82: with room for any number of pages the import stops by name, and goes on once there is room: ${String(POINTS)} points`,
  { timeout: PATIENCE },
  async () => {
    const whole = memoryCase();
    const empty = whole.prepare('PRAGMA page_count').get<{ page_count: number }>()?.page_count ?? 0;
    await runImport(whole, ports, { paths: [] }, context);
    const full = whole.prepare('PRAGMA page_count').get<{ page_count: number }>()?.page_count ?? 0;
    const wanted = summarize(whole);
    whole.close();
    expect(full).toBeGreaterThan(empty + 50);

    for (let point = 0; point < POINTS; point += 1) {
      const db = memoryCase();
      const room = empty + Math.floor(((full - empty) * point) / POINTS);
      db.exec(`PRAGMA max_page_count = ${String(room)}`);
      const stopped = await runImport(db, ports, { paths: [] }, context).then(
        () => 'done',
        (thrown: unknown) => `${toAppError(thrown).code}: ${toAppError(thrown).message}`,
      );
      expect(stopped, `room for ${String(room)} pages`).toMatch(/^unreadable: there is no room left on the disk/);
      db.exec('PRAGMA max_page_count = 1073741823');
      closeInterrupted(db);
      expect(findDamage(db, sizes), `room for ${String(room)} pages`).toEqual([]);
      await runImport(db, ports, { paths: [] }, context);
      expect(summarize(db), `room for ${String(room)} pages`).toEqual(wanted);
      db.close();
    }
  },
);
