import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import { columnKeeper } from '#shared/engine/store/columns/call-columns.ts';
import { getRevision, setMeta } from '#shared/engine/store/meta.ts';
import { readBaselineState } from '#shared/engine/store/read/baseline.ts';
import { listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { caseInfo } from '#shared/engine/store/read/report/overview.ts';
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

test('chains made anew find the callers as they were before chains gave inner hops to them', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LOG);
  await runAnalysis(db, nodePorts('test'), {}, context);
  const againAfter = async (id: string): Promise<readonly string[]> => {
    db.prepare('UPDATE pass_state SET version = 0 WHERE id = ?').run(id);
    return (await runAnalysis(db, nodePorts('test'), {}, context)).ran.slice(0, 3);
  };
  expect(await againAfter('chains')).toEqual(['principals', 'endpoints', 'chains']);
  expect(await againAfter('attribution')).toEqual(['principals', 'endpoints', 'chains']);
  expect(await againAfter('baseline')).toEqual(['baseline', 'signals', 'detectors']);
});

test('a run that is stopped leaves no row that names callers by the numbers of before, and raises the revision', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LOG + LOG.replace('192.0.2.7', '192.0.2.9'));
  await runAnalysis(db, nodePorts('test'), {}, context);
  const rowsOf = (table: string): number => db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()?.n ?? 0;
  const chains = rowsOf('chain');
  expect(chains).toBeGreaterThan(0);
  const revision = getRevision(db);
  db.exec("UPDATE pass_state SET version = 0 WHERE id = 'principals'");
  const stopped = {
    ...context,
    progress: ({ step }: { readonly step: string }) => {
      if (step === 'Endpoints') throw new AppError('cancelled', 'stop');
    },
  };
  await expect(runAnalysis(db, nodePorts('test'), {}, stopped)).rejects.toMatchObject({ code: 'cancelled' });
  expect(rowsOf('principal')).toBe(1);
  for (const table of ['chain', 'edge', 'endpoint', 'operation_use', 'endpoint_summary', 'machine_link', 'flow'])
    expect(rowsOf(table), table).toBe(0);
  expect(rowsOf('call_fact WHERE chain_id IS NOT NULL OR endpoint_id IS NOT NULL')).toBe(0);
  expect(getRevision(db)).toBeGreaterThan(revision);
  expect(caseInfo(db).analyzed).toBe(false);
  await runAnalysis(db, nodePorts('test'), {}, context);
  expect(rowsOf('chain')).toBe(chains);
});

test('columns kept in memory are read again after a run over the same evidence', async () => {
  const db = memoryCase();
  const ports = nodePorts('test');
  await importText(db, 'access.log', LOG + LOG.replace('192.0.2.7', '192.0.2.9'));
  await runAnalysis(db, ports, {}, context);
  const columns = columnKeeper(db, ports);
  const before = await columns();
  expect(await columns()).toBe(before);
  db.exec("DELETE FROM pass_state WHERE id = 'principals'");
  await runAnalysis(db, ports, {}, context);
  expect(await columns()).not.toBe(before);
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
  // Nobody recorded that it was refused.
  expect(db.prepare('SELECT calls, answered FROM credential_endpoint').all()).toEqual([{ calls: 1, answered: 1 }]);
});

/** Three days of two people's work, hour by hour, and on the second evening a stranger to the payroll who reads all of it. */
const learntLog = [0, 1, 2].flatMap((day) =>
  Array.from({ length: 24 }, (_, hour) => {
    const at = (minute: number): string => `[${String(10 + day)}/Oct/2026:${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00 +0000]`;
    const line = (minute: number, who: string, path: string): string => `10.0.0.${who === 'ann' ? '4' : '5'} - ${who} ${at(minute)} "GET ${path} HTTP/1.1" 200 500 "-" "Mozilla/5.0 Firefox/143.0"`;
    const usual = [line(1, 'ann', '/tickets'), line(7, 'bob', '/tickets'), line(20, 'ann', `/tickets/${String(100 + hour)}`)];
    const theft = day === 1 && hour === 20 ? Array.from({ length: 40 }, (_item, index) => line(30 + Math.floor(index / 10), 'bob', `/payslips/${String(index + 1)}`)) : [];
    return [...usual, ...theft].join('\n');
  }),
).join('\n'); // prettier-ignore

test('a second look says of each finding whether it depends on what is usual, and leaves window and passes as they were', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', `${learntLog}\n`);
  const before = await runAnalysis(db, nodePorts('test'), {}, context);
  const plain = listFindings(db);
  const looked = await runAnalysis(db, nodePorts('test'), { secondLook: true }, context);
  expect(looked.baseline).toBe(before.baseline);
  expect(looked.secondLook).toMatch(/^Second look, with what was seen until 2026-10-1\d \d\d:\d\d UTC as usual: /);
  const findings = listFindings(db);
  expect(findings.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
  const incidents = findings.filter(({ family }) => family === 'incident');
  expect(incidents.length).toBeGreaterThan(0);
  for (const { benignTested } of incidents) expect(benignTested.at(-1)?.explanation).toContain('another part of the evidence is what is usual');
  expect((await runAnalysis(db, nodePorts('test'), {}, context)).ran).toEqual([]);
  expect(readBaselineState(db).look).toBe(looked.secondLook);
}); // prettier-ignore

test('one that is cut off is forgotten by the next run, and without a window none is taken', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', `${learntLog}\n`);
  const { baseline } = await runAnalysis(db, nodePorts('test'), {}, context);
  const stop = {
    ...context,
    progress: ({ step }: { readonly step: string }) => {
      if (step === 'second look') throw new AppError('cancelled', 'stop');
    },
  };
  await expect(runAnalysis(db, nodePorts('test'), { secondLook: true }, stop)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await runAnalysis(db, nodePorts('test'), {}, context)).toMatchObject({ baseline });
  expect(readBaselineState(db).look).toBeUndefined();
  const short = memoryCase();
  await importText(short, 'access.log', LOG);
  expect((await runAnalysis(short, nodePorts('test'), { secondLook: true }, context)).secondLook).toMatch(/^No second look: /);
});
