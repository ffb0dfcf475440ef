import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import { setMeta } from '#shared/engine/store/meta.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const LOG = '192.0.2.7 - - [10/Oct/2026:13:55:01 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"\n';
const context = { signal: new AbortController().signal, progress: () => undefined };

test('what is up to date does not run again', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LOG);
  setMeta(db, 'evidence_revision', '1');
  expect((await runAnalysis(db, nodePorts('test'), {}, context)).ran).toEqual([
    'principals',
    'endpoints',
    'chains',
    'attribution',
    'baseline',
    'signals',
    'inventory',
    'credentials',
    'reach',
    'revocations',
    'machines',
    'flows',
    'detectors',
    'least-privilege',
  ]);
  expect((await runAnalysis(db, nodePorts('test'), {}, context)).ran).toEqual([]);
});

test('a cancel after a renewed pass leaves nothing that was built on its old result for fresh', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LOG);
  await runAnalysis(db, nodePorts('test'), {}, context);
  db.exec("UPDATE pass_state SET version = 0 WHERE id = 'endpoints'");
  const stopAfterEndpoints = {
    ...context,
    progress: ({ step }: { readonly step: string }) => {
      if (step === 'Chains') throw new AppError('cancelled', 'stop');
    },
  };
  await expect(runAnalysis(db, nodePorts('test'), {}, stopAfterEndpoints)).rejects.toMatchObject({ code: 'cancelled' });
  expect((await runAnalysis(db, nodePorts('test'), {}, context)).ran).toEqual([
    'chains',
    'attribution',
    'baseline',
    'signals',
    'inventory',
    'credentials',
    'reach',
    'revocations',
    'machines',
    'flows',
    'detectors',
    'least-privilege',
  ]);
});

test('evidence that says neither status nor time is analysed, with and without a credential', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', `${LOG}${LOG.replace('/a', '/b')}`.replaceAll('curl/8', 'python-requests/2.32'));
  db.exec(`INSERT INTO credential VALUES (1, 'f1', 'opaque', 'to…en', NULL, NULL, NULL);
    UPDATE call SET status = NULL, time = NULL; UPDATE call SET credential_id = 1 WHERE path = '/b'`);
  await runAnalysis(db, nodePorts('test'), {}, context);
  expect(db.prepare('SELECT calls, failed FROM machine_link ORDER BY credential_id').all()).toEqual([
    { calls: 1, failed: 0 },
    { calls: 1, failed: 0 },
  ]);
  expect(db.prepare('SELECT calls, answered FROM credential_endpoint').all()).toEqual([{ calls: 1, answered: 0 }]);
});
