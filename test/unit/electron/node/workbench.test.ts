import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCaseFolder } from '#electron/node/home.ts';
import { childProcessEngines } from '#electron/node/spawn-engine.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { createWorkbench, type Workbench } from '#electron/node/workbench.ts';
import { createClient } from '#shared/contract/client.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { EngineMethods, HostMethods, SpoorClient } from '#shared/contract/table.ts';

const LINES = ['1', '2', '3'].map((second) => `192.0.2.7 - - [10/Oct/2026:13:55:0${second} +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"\n`);

let home = '';
let workbench: Workbench;
let client: SpoorClient;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'spoor-home-'));
  const samplePath = join(home, 'access.log');
  writeFileSync(samplePath, LINES.join(''));
  workbench = createWorkbench({
    home,
    version: 'test',
    spawn: childProcessEngines(join(import.meta.dirname, '../../../../electron/hosts/engine.ts')),
    shell: { kind: 'browser', why: undefined, canPrintPdf: () => false, printPdf: () => Promise.resolve() },
    samplePath,
    onBug: () => undefined,
  });
  const [mine, theirs] = memoryTransports();
  workbench.connect(theirs);
  client = createClient<EngineMethods & HostMethods>(mine);
});
afterEach(async () => {
  await workbench.close();
  rmSync(home, { recursive: true, force: true });
});

test('a sample whose import was cut short is made anew, so that no call counts twice', { timeout: 30_000 }, async () => {
  const { id } = await client.call('host.openSample', {});
  await client.call('host.closeCase', {});
  const db = openForWriting(openCaseFolder(home).pathOf(id), false);
  db.exec("UPDATE source SET state = 'interrupted'; DELETE FROM meta WHERE key = 'rules'");
  settle(db);
  db.close();
  await client.call('host.openSample', {});
  expect(await client.call('case.info', {})).toMatchObject({ calls: LINES.length, sources: 1, analyzed: true });
});

test('a source is read again with other settings while its file is at hand, and its issues are saved', { timeout: 30_000 }, async () => {
  const path = join(home, 'shop.log');
  writeFileSync(path, `${LINES.join('')}rubbish\n`);
  const { id } = workbench.spool.grant(path, 'shop.log');
  await client.call('host.import', { files: [id], how: { [id]: { zone: '+02:00' } } });
  const issues = await client.call('host.exportIssues', { severity: 'reject' });
  expect(issues).toMatchObject({ kind: 'download', name: expect.stringMatching(/issues\.ndjson$/) as string });
  const [inspected] = await client.call('host.inspect', { source: 'shop.log', format: 'access-common' });
  expect(inspected).toMatchObject({ name: 'shop.log', recognizedBy: 'override', preview: [{ record: 1 }, {}, {}, { issues: [{}] }] });
  await expect(client.call('host.inspect', { source: 'elsewhere.log' })).rejects.toMatchObject({ code: 'unavailable' });
  const { summary } = await client.call('host.reread', { source: 'shop.log', format: 'access-common' });
  expect(summary.sources).toMatchObject([{ name: 'shop.log', recognizedBy: 'override', accepted: LINES.length }]);
  expect(await client.call('case.info', {})).toMatchObject({ calls: LINES.length, sources: 1, analyzed: true });
  await expect(client.call('host.reread', { source: 'elsewhere.log' })).rejects.toMatchObject({ code: 'unavailable' });
});
