import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { setMeta } from '#shared/engine/store/meta.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const START = Date.UTC(2026, 9, 20, 8);
const DISPATCHER = 'dispatcher@acme-prod.iam.gserviceaccount.com';

/** One entry of a storage audit log, as tokens of the metadata service leave it: no key is named. */
const entry = (minute: number, principalEmail: string, object: string, callerIp: string, callerSuppliedUserAgent: string): string =>
  JSON.stringify({
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog', status: {}, authenticationInfo: { principalEmail }, requestMetadata: { callerIp, callerSuppliedUserAgent },
      serviceName: 'storage.googleapis.com', methodName: 'storage.objects.get', resourceName: `projects/_/buckets/papers/objects/${object}`,
    },
    insertId: `i${String(minute)}${object}`, timestamp: new Date(START + minute * 60_000).toISOString(),
  }); // prettier-ignore

const at = (count: number, line: (index: number) => string): readonly string[] => Array.from({ length: count }, (_, index) => line(index));

async function analysed(lines: readonly string[]): Promise<{ readonly db: SqlDriver; readonly findings: readonly FindingJson[] }> {
  const db = memoryCase();
  await importText(db, 'data_access.json', lines.join('\n'));
  setMeta(db, 'evidence_revision', '1');
  await runAnalysis(db, nodePorts('test'), {}, context);
  return { db, findings: listFindings(db).filter(({ family }) => family === 'incident') };
}

const own = at(200, (index) => entry(index * 10, DISPATCHER, `hooks/${String(index)}.json`, '34.140.12.9', 'google-api-go-client/0.5'));
const person = at(60, (index) => entry(index * 30, 'ann@acme.test', `own/${String(index)}.pdf`, index % 20 < 15 ? '81.82.240.37' : '178.51.93.12', index % 20 < 15 ? 'Mozilla/5.0 (Windows NT 10.0)' : 'Mozilla/5.0 (iPhone)')); // prettier-ignore

test('an account without a key that is used from elsewhere with another program, while it works on, is a stolen identity; a person with two devices is not', async () => {
  const loot = at(40, (index) => entry(1_505 + index, DISPATCHER, `declarations/C-${String(index % 7)}/${String(index)}-id.jpg`, '194.87.216.150', 'python-requests/2.31.0'));
  const { db, findings } = await analysed([...own, ...person, ...loot]);
  expect(findings.filter(({ severity }) => severity === 'high' || severity === 'critical')).toMatchObject([
    { detector: 'token-replay-context', credentials: ['identity-1'], rootCause: { kind: 'stolen' } },
  ]);
  expect(findings[0]?.calls).toHaveLength(40);
  expect(db.prepare('SELECT kind, masked FROM credential').all()).toEqual([{ kind: 'identity', masked: DISPATCHER }]);
}); // prettier-ignore

test.each([
  ['from the first day on', (index: number) => index * 10 + 0.3],
  ['from the second day on, for good', (index: number) => 1_505 + index * 60],
])('an account that two programs work under, each in its place, %s, is no incident', async (_, minute) => {
  const runner = at(150, (index) => entry(minute(index), DISPATCHER, `state/${String(index)}.json`, '20.1.2.3', 'Terraform/1.9.5'));
  const more = at(1_200, (index) =>
    entry(index * 10, DISPATCHER, `hooks/${String(index)}.json`, '34.140.12.9', 'google-api-go-client/0.5'),
  );
  const { findings } = await analysed([...more, ...runner]);
  expect(findings.filter(({ severity }) => severity !== 'info' && severity !== 'low').map(({ title }) => title)).toEqual([]);
});

test('an account that moves to a new region with the same program is no incident', async () => {
  const moved = at(60, (index) =>
    entry(2_000 + index * 10, DISPATCHER, `hooks/n${String(index)}.json`, '35.200.1.7', 'google-api-go-client/0.5'),
  );
  const { findings } = await analysed([...own, ...person, ...moved]);
  expect(findings.filter(({ severity }) => severity !== 'info' && severity !== 'low')).toEqual([]);
});
