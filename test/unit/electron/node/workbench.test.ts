import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCaseFolder } from '#electron/node/home.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { newCaseKey } from '#electron/node/encryption/case-key.ts';
import { rewriteCase } from '#electron/node/encryption/rewrite-case.ts';
import { lockCase, openForWriting, settle } from '#electron/node/sqlite.ts';
import { createWorkbench, type Workbench } from '#electron/node/workbench.ts';
import { createClient } from '#shared/contract/client.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { EngineMethods, HostMethods, SpoorClient } from '#shared/contract/table.ts';
import { ENGINE_ENTRY } from '#test/support/engine-entry.ts';

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
    spawn: childProcessEngines(ENGINE_ENTRY),
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

test(
  'a review before there is a case writes nothing, and letting go deletes copies but never the analyst’s own file',
  { timeout: 60_000 },
  async () => {
    const own = join(home, 'access.log');
    const copy = workbench.spool.newPath('upload');
    writeFileSync(copy, LINES.join(''));
    const before = readdirSync(home, { recursive: true }).sort();
    const files = [workbench.spool.grant(own, 'access.log').id, workbench.spool.grant(copy, 'copy.log').id];
    const review = await client.call('host.review', { files });
    expect(review).toMatchObject({
      newTitle: 'access',
      sources: [
        { name: 'access.log', zone: 'told' },
        { name: 'copy.log', sameAs: { in: 'files', name: 'access.log' } },
      ],
    });
    expect(readdirSync(home, { recursive: true }).sort()).toEqual(before);
    expect(await client.call('host.current', {})).toEqual({});
    expect(await client.call('host.release', { files })).toEqual({ released: 2 });
    expect([existsSync(own), existsSync(copy)]).toEqual([true, false]);
    await expect(client.call('host.review', { files })).rejects.toMatchObject({ code: 'not-found' });
  },
);

/** The bytes of a closed case with the calls of `LINES`, imported once for all tests: each import starts two processes. */
let made: Buffer | undefined;

/** Plain and encrypted cases, by what opens them beside their names. */
const KINDS = [{ kind: 'plain', opens: {} }, { kind: 'encrypted', opens: { passphrase: 'a phrase of words' } }] as const; // prettier-ignore

/** A closed case among those of this home, encrypted with a passphrase. */
async function makeCase({ passphrase }: { readonly passphrase?: string } = {}): Promise<{ readonly id: string; readonly path: string }> {
  if (made === undefined) {
    const { id } = await client.call('host.openSample', {});
    await client.call('host.closeCase', {});
    made = readFileSync(openCaseFolder(home).pathOf(id));
  }
  const id = 'acme.spoor';
  const path = openCaseFolder(home).pathOf(id);
  writeFileSync(path, made);
  if (passphrase !== undefined) rewriteCase(path, 'set', undefined, await newCaseKey(passphrase), 'test');
  return { id, path };
}

/** On two cores that others use, too, a process takes seconds to start. Units: ms. */
const PROCESSES = 90_000;

test.each(KINDS)(
  'a case that another Spoor has open opens for reading only, and refuses what would change it: $kind',
  { timeout: PROCESSES },
  async ({ opens }) => {
    const { id, path } = await makeCase(opens);
    const unlock = lockCase(path);
    try {
      expect(await client.call('host.openCase', { id, ...opens })).toMatchObject({ id, readOnly: 'in-use' });
      expect(await client.call('host.current', {})).toMatchObject({ case: { readOnly: 'in-use' } });
      expect(await client.call('case.info', {})).toMatchObject({ calls: LINES.length });
      const locked = { code: 'read-only' };
      await expect(client.call('case.rename', { title: 'Mine' })).rejects.toMatchObject(locked);
      await expect(client.call('case.analyze', {})).rejects.toMatchObject(locked);
      const { id: file } = workbench.spool.grant(join(home, 'access.log'), 'access.log');
      await expect(client.call('host.import', { files: [file] })).rejects.toMatchObject(locked);
    } finally {
      unlock();
    }
  },
);

test.each(KINDS)('a case beside which nothing can be written opens for reading only: $kind', { timeout: PROCESSES }, async ({ opens }) => {
  const { id, path } = await makeCase(opens);
  // A folder stands where the lock would be: a missing permission does not stop the tests' own user.
  mkdirSync(`${path}-lock`);
  const before = readFileSync(path);
  expect(await client.call('host.openCase', { id, ...opens })).toMatchObject({ readOnly: 'read-only' });
  expect(await client.call('case.info', {})).toMatchObject({ calls: LINES.length });
  await client.call('host.closeCase', {});
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('the copy of a case that can only be read holds the same calls and can be written', { timeout: PROCESSES }, async () => {
  const { id, path } = await makeCase();
  const unlock = lockCase(path);
  try {
    await client.call('host.openCase', { id });
    const copy = await client.call('host.copyCase', {});
    expect(copy.id).not.toBe(id);
    expect(copy).not.toHaveProperty('readOnly');
    expect(await client.call('case.info', {})).toMatchObject({ calls: LINES.length, analyzed: true });
    expect(await client.call('case.rename', { title: 'Mine' })).toMatchObject({ title: 'Mine' });
  } finally {
    unlock();
  }
});

test('a case that is free again opens for writing', { timeout: PROCESSES }, async () => {
  const { id, path } = await makeCase();
  const unlock = lockCase(path);
  await client.call('host.openCase', { id });
  unlock();
  expect(await client.call('host.openCase', { id })).not.toHaveProperty('readOnly');
  expect(await client.call('case.rename', { title: 'Mine' })).toMatchObject({ title: 'Mine' });
});

test('the limits that are enforced are told', async () => {
  const limits = await client.call('host.limits', {});
  expect(limits.length).toBeGreaterThan(60);
  expect(limits).toContainEqual(expect.objectContaining({ name: 'MAX_RATIO', value: 100, unit: 'ratio' }));
});

test('another case of this machine is compared with the open one, and closed again', { timeout: 90_000 }, async () => {
  const { id } = await client.call('host.openSample', {});
  const path = join(home, 'later.log');
  writeFileSync(path, `${LINES.join('')}192.0.2.9 - - [11/Oct/2026:13:55:00 +0000] "POST /b HTTP/1.1" 201 5 "-" "curl/8"\n`);
  await client.call('host.newCase', { title: 'Later' });
  await client.call('host.import', { files: [workbench.spool.grant(path, 'later.log').id] });
  const { before, after, endpoints, findings } = await client.call('host.compareCase', { id });
  expect([before.calls, after.calls]).toEqual([LINES.length, LINES.length + 1]);
  expect(endpoints.new.map((endpoint) => endpoint.id)).toEqual(['POST /b']);
  expect(findings).toBeDefined();
  const { case: open } = await client.call('host.current', {});
  await expect(client.call('host.compareCase', { id: open?.id ?? '' })).rejects.toMatchObject({ code: 'bad-params' });
});
