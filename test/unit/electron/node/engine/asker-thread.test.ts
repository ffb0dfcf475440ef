import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openSecondAsker, secondAskers } from '#electron/node/engine/asker-thread.ts';
import { newCaseKey } from '#electron/node/encryption/case-key.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { ask, toolsOf } from '#shared/engine/detectors/asking/ask.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto, testCodec } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { kongLine } from '#test/support/played.ts';

const entry = fileURLToPath(new URL('../../../../../electron/hosts/asker.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'spoor-asker-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([undefined, 'a phrase of words'])(
  'a thread gives what the detectors give here, and lets go of the case (passphrase: %s)',
  async (phrase) => {
    const path = join(folder, `case-${String(phrase?.length)}.spoor`);
    const key = phrase === undefined ? undefined : await newCaseKey(phrase);
    const db = openForWriting(path, true, key);
    migrateCase(db, path, fixedCrypto, 'Asked');
    // Twelve guesses at one log-in, and a scanner's list.
    const guesses = Array.from({ length: 12 }, (_, at) => kongLine(at, 'POST', 'https://api.acme.test/v1/login', {}, 401));
    const doors = [
      '.git/config',
      '.env',
      'phpinfo.php',
      'wp-login.php',
      'actuator',
      'server-status',
      'backup.zip',
      'solr',
      'jenkins',
      'console',
    ];
    const knocks = doors.map((door, at) => kongLine(60 + at, 'GET', `https://api.acme.test/${door}`, { 'user-agent': 'knocker/1' }, 404));
    await importText(db, 'kong.jsonl', `${[...guesses, ...knocks].join('\n')}\n`);
    await runAnalysis(db, nodePorts('test'), {}, { signal: new AbortController().signal, progress: () => undefined });

    const asker = openSecondAsker({ casePath: path, key }, entry);
    if (asker === undefined) throw new Error('no entry for the thread');
    let findings = 0;
    for (const detector of detectors) {
      const here = await ask(detector, db, () => Promise.resolve(), toolsOf(db, testCodec));
      if (here.kind === 'evaluated') findings += here.findings.length;
      expect(await asker.ask(detector.id), detector.id).toEqual(here);
    }
    expect(findings).toBeGreaterThan(0);
    await expect(asker.ask('no such detector')).rejects.toMatchObject({ code: 'internal' });
    await asker.end();
    await expect(asker.ask('jwt-lifetime')).rejects.toMatchObject({ code: 'internal' });
    settle(db);
    db.close();
  },
);

test('who closes the case waits for a thread that is still in the middle of a statement', async () => {
  const steps: string[] = [];
  let finish = (): void => undefined;
  const busy = () => ({
    ask: () => Promise.reject(new Error('not asked here')),
    end: () =>
      new Promise<void>((done) => {
        finish = () => {
          steps.push('statement over');
          done();
        };
      }),
  });
  const askers = secondAskers(undefined, busy);
  await askers.ended();
  const asker = askers.open('/a.spoor');
  void asker?.end();
  const closed = askers.ended().then(() => steps.push('closed'));
  finish();
  await closed;
  expect(steps).toEqual(['statement over', 'closed']);
});
