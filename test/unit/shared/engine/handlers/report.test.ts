import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const LOG = '192.0.2.7 - ann.lee [10/Oct/2026:13:55:00 +0000] "GET /users/77?mail=x HTTP/1.1" 200 5 "-" "curl/8"\n';
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function openCase(): Promise<{
  readonly engine: EngineHandlers;
  readonly written: (profile: 'internal' | 'redacted') => Promise<string>;
}> {
  const db = memoryCase();
  await importText(db, 'a.log', LOG);
  db.exec(firstIndices);
  const ports = { ...nodePorts('test'), readers: undefined, now: () => '2026-10-12T10:00:00.000Z' };
  const engine = createEngine(
    db,
    ports,
    () => undefined,
    () => undefined,
  );
  await engine['case.analyze']({}, context);
  const folder = mkdtempSync(join(tmpdir(), 'spoor-report-'));
  folders.push(folder);
  const written = async (profile: 'internal' | 'redacted'): Promise<string> => {
    const path = join(folder, `${profile}.html`);
    await engine['report.write']({ format: 'html', path, profile }, context);
    return readFileSync(path, 'utf8');
  };
  return { engine, written };
}

test('choices for the cover are kept, and a section that the report does not have is refused', async () => {
  const { engine } = await openCase();
  await engine['report.set']({ settings: { tlp: 'red', audience: 'Board', omitted: ['inventory'] } }, context);
  expect(await engine['report.state']({}, context)).toMatchObject({
    settings: { tlp: 'red', audience: 'Board', omitted: ['inventory'] },
    signatureHolds: false,
  });
  await expect(async () => engine['report.set']({ settings: { audience: '', omitted: ['nonsense'] } }, context)).rejects.toMatchObject({
    code: 'bad-params',
  });
});

test('a sign-off holds until what was signed changes; then the report is printed unsigned', async () => {
  const { engine, written } = await openCase();
  await engine['report.sign']({ name: 'A. Nalyst', role: 'lead' }, context);
  const state = await engine['report.state']({}, context);
  expect(state).toMatchObject({
    signatureHolds: true,
    signOff: { name: 'A. Nalyst', time: '2026-10-12T10:00:00.000Z' },
  });
  const anchor = state.signOff?.chainHead ?? '';
  // The head is one that `spoor verify --anchor` finds in the audit log.
  expect((await engine['case.verify']({ anchor }, context)).chain.anchor).toBe('found');
  expect((await written('internal')).replaceAll(/<[^>]*>/g, '')).toContain('A. Nalyst, lead, 2026-10-12 10:00 UTC');
  await engine['case.rename']({ title: 'Renamed' }, context);
  expect((await engine['report.state']({}, context)).signatureHolds).toBe(false);
  expect(await written('internal')).not.toContain('Nalyst');
  await engine['report.unsign']({}, context);
  expect((await engine['report.state']({}, context)).signOff).toBeUndefined();
  expect(await written('internal')).not.toContain('Nalyst');
});

test('a report says whether the files were at hand, and whether they are the same', async () => {
  const { engine, written } = await openCase();
  expect(await written('internal')).toContain('Not read again.');
  const folder = mkdtempSync(join(tmpdir(), 'spoor-recheck-'));
  folders.push(folder);
  const path = join(folder, 'out.html');
  const withFile = async (text: string): Promise<string> => {
    writeFileSync(join(folder, 'a.log'), text);
    await engine['report.write']({ format: 'html', path, evidence: [{ path: join(folder, 'a.log') }] }, context);
    return readFileSync(path, 'utf8');
  };
  expect(await withFile(LOG)).toContain('1 hash is the same');
  expect(await withFile(`${LOG}more`)).toMatch(/Read again, with differences[\s\S]*CHANGED/);
});

test('the paper is that of the case, unless one file is to have another', async () => {
  const { engine, written } = await openCase();
  expect(await written('internal')).not.toContain('@page{size');
  await engine['report.set']({ settings: { paper: 'letter', audience: '', omitted: [] } }, context);
  expect(await written('internal')).toContain('@page{size:letter;');
  const path = join(folders[0] ?? '', 'a4.html');
  await engine['report.write']({ format: 'html', path, paper: 'a4' }, context);
  expect(readFileSync(path, 'utf8')).toContain('@page{size:A4;');
});

test('a redacted report of the case names no principal, address or id in a path', async () => {
  const { written } = await openCase();
  expect(await written('internal')).toMatch(/ann\.lee|192\.0\.2/);
  const html = await written('redacted');
  expect(html).not.toMatch(/ann\.lee|192\.0\.2|users\/77|mail=x/);
  expect(html).toContain('Profile redacted');
});
