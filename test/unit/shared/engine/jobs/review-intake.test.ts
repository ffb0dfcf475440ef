import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import { nodePorts } from '#electron/node/ports.ts';
import type { IntakeReview, RaisedLimits } from '#shared/contract/intake-review.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import { runImport, type ImportRequest } from '#shared/engine/jobs/import-job.ts';
import { REVIEW_BYTES, reviewIntake } from '#shared/engine/jobs/review-intake.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { listSources } from '#shared/engine/store/read/sources.ts';
import { craftZip, zipMember } from '#test/support/archives.ts';
import { memoryCase } from '#test/support/case.ts';

const LOG = '192.0.2.7 - - [10/Oct/2026:13:55:01 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"\n';
const ZONELESS = `${JSON.stringify({ time: '2026-10-10 13:55:01', method: 'GET', path: '/b', status: 200, host: 'b.test' })}\n`;
const MIB = 1024 * 1024;

let folder = '';
let db: SqlDriver;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spoor-review-'));
  db = memoryCase();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, bytes: string | Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const ports = () => ({ ...nodePorts('test'), readers: undefined, evidence: createEvidencePort({ tempRoot: folder }) });
const context = { signal: new AbortController().signal, progress: () => undefined };
const review = (paths: readonly string[], limits?: RaisedLimits): Promise<IntakeReview> =>
  reviewIntake(db, ports(), { paths: paths.map((path) => ({ path })), limits }, context);
const importPaths = (paths: readonly string[], more: Partial<ImportRequest> = {}): Promise<ImportSummary> =>
  runImport(db, ports(), { paths: paths.map((path) => ({ path })), ...more }, context);

test('says of each source what it is and why, whether its times name a zone, and what nobody knows', async () => {
  const zip = write(
    'b.zip',
    craftZip([zipMember('gw.log', LOG), zipMember('own.ndjson', ZONELESS.repeat(3)), zipMember('notes.txt', 'Dear all')]),
  );
  const { sources, refused, unseen } = await review([zip]);
  expect(sources).toMatchObject(
    [
      { name: 'b.zip!gw.log', bytes: LOG.length, format: { id: 'access-combined' }, zone: 'told', preview: [{ call: { path: '/a' } }] },
      { name: 'b.zip!notes.txt', recognizedBy: 'none', why: /no known format/, zone: 'none', preview: [] },
      { name: 'b.zip!own.ndjson', zone: 'missing' },
    ].map((each) => ({ ...each, ...('why' in each ? { why: expect.stringMatching(each.why) as string } : {}) })),
  );
  expect([refused, unseen]).toEqual([[], 0]);
});

test('a capture that was cut is a problem of its own, a short one and one longer than the sample', async () => {
  const entry = {
    startedDateTime: '2026-10-10T13:55:01Z',
    time: 1,
    request: { method: 'GET', url: 'https://a.test/x', headers: [], cookies: [], queryString: [], headersSize: -1, bodySize: 0 },
    response: { status: 200, statusText: '', headers: [], cookies: [], content: { size: 0, mimeType: '' }, redirectURL: '' },
    cache: {},
    timings: {},
  };
  const capture = (entries: number): string =>
    JSON.stringify({
      log: { version: '1.2', creator: { name: 't', version: '1' }, entries: Array.from({ length: entries }, () => entry) },
    });
  const [short, long] = [capture(12), capture(1200)];
  expect(long.length).toBeGreaterThan(REVIEW_BYTES);
  const files = [short, short.slice(0, -30), long, `${long}\n`, long.slice(0, -700)].map((text, index) =>
    write(`${String(index)}.har`, text),
  );
  expect((await review(files)).sources.map(({ problem }) => problem)).toEqual([
    undefined,
    expect.stringMatching(/ends at byte \d+, inside entry 12/),
    undefined,
    undefined,
    expect.stringMatching(/ends at byte \d+, before its last bracket/),
  ]);
});

test('tells the same bytes twice, among the files and in the case', async () => {
  const [first, second] = [write('a.log', LOG), write('b.log', LOG)];
  expect((await review([first, second])).sources.map(({ sameAs }) => sameAs)).toEqual([undefined, { in: 'files', name: 'a.log' }]);
  await importPaths([first]);
  expect((await review([second])).sources[0]?.sameAs).toEqual({ in: 'case', name: 'a.log' });
  expect((await review([write('c.log', LOG.replace('/a', '/c'))])).sources[0]?.sameAs).toBeUndefined();
});

test('writes nothing: neither into the case nor beside the files', async () => {
  const zip = write('b.zip', craftZip([zipMember('inner.zip', ''), { name: 'in.zip', content: craftZip([zipMember('gw.log', LOG)]) }]));
  const changes = (): unknown => db.prepare('SELECT total_changes() AS n').get();
  const before = changes();
  expect((await review([zip])).sources.map(({ name }) => name)).toContain('b.zip!in.zip!gw.log');
  expect(changes()).toEqual(before);
  expect(readdirSync(folder)).toEqual(['b.zip']);
});

test('names unsafe members, and the limit that one exceeds; raised for one import, it comes in and its row says so', async () => {
  const wide = { name: 'wide.log', content: Buffer.from(LOG.repeat(Math.ceil((11 * MIB) / LOG.length))) };
  const zip = write('b.zip', craftZip([wide, zipMember('../x.log', LOG), zipMember('gw.log', LOG)]));
  const { sources, refused } = await review([zip]);
  expect(sources.map(({ name }) => name)).toEqual(['b.zip!gw.log']);
  expect(refused).toMatchObject([
    { name: 'b.zip!../x.log', code: 'ARC_NAME' },
    { name: 'b.zip!wide.log', code: 'ARC_RATIO', limit: { name: 'ratio', value: 100 } },
  ]);
  const limits = { ratio: 1100 };
  expect((await review([zip], limits)).sources.map(({ name }) => name)).toContain('b.zip!wide.log');
  await importPaths([zip], { limits, sources: [{ name: 'b.zip!wide.log', leaveOut: true }] });
  expect(listSources(db).find(({ name }) => name === 'b.zip!gw.log')?.notes).toEqual(
    expect.arrayContaining([
      'limit raised for this import: unpacked bytes per packed byte, to 1100',
      'left out on request: b.zip!wide.log',
    ]),
  );
});

test('what is unpacked beyond the limit of an import is foretold', async () => {
  const zip = write('b.zip', craftZip([zipMember('a.log', LOG.repeat(9)), zipMember('b.log', LOG)]));
  const { refused } = await review([zip], { unpackedBytes: 100 });
  expect(refused).toMatchObject([{ code: 'ARC_SIZE', limit: { name: 'unpackedBytes', value: 100 } }]);
});

test('a zone that is given for one source holds for it alone, inside of an archive, too', async () => {
  const zip = write('b.zip', craftZip([zipMember('one.ndjson', ZONELESS), zipMember('two.ndjson', ZONELESS.replace('/b', '/c'))]));
  await importPaths([zip], { sources: [{ name: 'b.zip!one.ndjson', zone: '+02:00' }] });
  const times = db.prepare('SELECT s.name, c.time FROM call c JOIN source s ON s.id = c.source_id ORDER BY s.name').all<{ time: number }>();
  expect((times[1]?.time ?? 0) - (times[0]?.time ?? 0)).toBe(2 * 3600 * 1e6);
});
