/** The product in a network of its own that leads nowhere: nothing of it may even try. `npm run scorecard` drives the screens so, too. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { killBundle, writeBundle } from '#test/support/kill/bundle.ts';
import { canTrace, runShutIn, whyNoNetworkTrap, type Attempts } from '#test/support/network/trap.ts';

const why = whyNoNetworkTrap();
const trace = why === undefined && canTrace();
const PATIENCE = 180_000;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'spoor-shut-in-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
if (why !== undefined) console.warn(`no-network: not run, ${why}`);
else if (!trace) console.warn('no-network: the kernel’s counters only, there is no strace that works here');

const run = (script: string, ...args: readonly string[]): Promise<Attempts> =>
  runShutIn([process.execPath, join(root, script), ...args], { trace });

describe.skipIf(why !== undefined)('in a network that leads nowhere', () => {
  test('a program that calls home is caught: by the counters, and by the trace where there is one', async () => {
    const { traced, unroutable } = await run('test/support/network/call-home.ts');
    expect(unroutable).toBeGreaterThan(0);
    if (traced !== undefined) {
      expect(traced.join('\n')).toContain('192.0.2.1');
      expect(traced.length).toBeGreaterThan(1);
    }
  });

  test(
    'an audit, a query, an export and a check of the case try nothing',
    async () => {
      const bundle = join(folder, 'bundle');
      writeBundle(bundle, killBundle(1));
      const out = join(folder, 'out');
      const cases = join(out, 'case.spoor');
      const runs = [
        await run('electron/hosts/cli.ts', 'audit', bundle, '--out', out, '--quiet'),
        await run('electron/hosts/cli.ts', 'query', cases, 'status:200', '--limit', '3'),
        await run('electron/hosts/cli.ts', 'report', cases, '--format', 'openapi', '--out', join(folder, 'draft.yaml')),
        await run('electron/hosts/cli.ts', 'verify', cases),
        await run('electron/hosts/cli.ts', 'formats'),
      ];
      expect(runs.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual(runs.map(() => 0));
      expect(existsSync(join(out, 'report.html'))).toBe(true);
      for (const { traced, unroutable } of runs) expect({ traced: traced ?? [], unroutable }).toEqual({ traced: [], unroutable: 0 });
    },
    PATIENCE,
  );
});
