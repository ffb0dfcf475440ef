import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import { createEngine } from '#shared/engine/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { HOUR_MS } from '#test/support/scenarios/core/calendar.ts';
import type { MadeScenario } from '#test/support/scenarios/core/scenario.ts';
import type { CallTruth, RecordTruth } from '#test/support/scenarios/core/truth.ts';
import { playScenario } from '#test/support/scenarios/index.ts';
import { shop } from '#test/support/scenarios/worlds/shop/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-shop-'));
const options = { world: 'shop', seed: 'test', days: 0.5, scale: 0.3 } as const;
const SOURCES = shop.sources.map(({ path }) => path);
/** Import on a busy machine. Units: ms. */
const PATIENCE = 120_000;

let scenario: MadeScenario;
let twin: MadeScenario;

beforeAll(() => {
  scenario = playScenario({ ...options, folder: join(folder, 'scenario'), incidents: [{ id: 'enumeration', form: 'loud' }] });
  twin = playScenario({ ...options, folder: join(folder, 'twin'), incidents: [] });
}, PATIENCE);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const readTruth = <T>({ truthFolder }: Pick<MadeScenario, 'truthFolder'>, name: string): readonly T[] =>
  readFileSync(join(truthFolder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** The records of a source, without what stands around and between them. */
function readRecords({ evidence, truth }: MadeScenario, path: string): readonly string[] {
  const lines = readFileSync(join(evidence, path), 'utf8').trimEnd().split('\n');
  const known = truth.sources.find(({ name }) => name === path);
  return known?.format === 'har' ? lines.slice(1, -1).flatMap((line) => (line === '' ? [] : [line.replace(/,$/, '')])) : lines;
}

async function importScenario({ evidence }: MadeScenario): Promise<ImportSummary> {
  const path = join(folder, 'shop.spoor');
  const db = openForWriting(path, true);
  migrateCase(db, path, fixedCrypto, '');
  const engine = createEngine(db, { ...nodePorts('0.0.0'), crypto: fixedCrypto }, () => undefined);
  const summary = await engine['case.import'](
    { paths: [{ path: evidence }] },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  db.close();
  return summary;
}

test(
  'every source is known by its content and accounted for, record by record',
  async () => {
    const summary = await importScenario(scenario);
    expect(summary.failures).toEqual([]);
    for (const { name, format, records, broken } of scenario.truth.sources) {
      const found = summary.sources.find((source) => source.name === `evidence/${name}`);
      expect(found, name).toMatchObject({ format, records, recognizedBy: 'content' });
      if (found === undefined) continue;
      expect(records, name).toBeGreaterThan(0);
      expect(found.accepted + found.rejected + found.skipped, name).toBe(records);
      expect(found.rejected + found.skipped, name).toBeLessThanOrEqual(broken);
    }
  },
  PATIENCE,
);

describe.each(SOURCES)('%s', (path) => {
  test('has, without the lines of the incident, the lines of the twin', () => {
    const calls = readTruth<CallTruth>(scenario, 'calls.ndjson').filter(({ label }) => label?.kind === 'incident');
    const ofIncident = new Set(calls.map(({ id }) => id));
    const lines = readRecords(scenario, path);
    const records = readTruth<RecordTruth>(scenario, 'records.ndjson').filter(({ ref }) => ref.startsWith(`${path}#`));
    expect(records).toHaveLength(lines.length);
    const rest = records.filter(({ call }) => !ofIncident.has(call)).map(({ ref }) => lines[Number(ref.slice(path.length + 1)) - 1]);
    expect(rest).toEqual(readRecords(twin, path));
  });
});

test('the incident is seen by the gateway and by the sidecars behind it', () => {
  const more = (path: string): number => readRecords(scenario, path).length - readRecords(twin, path).length;
  expect(more('kong/gateway.jsonl')).toBeGreaterThan(200);
  expect(more('envoy/sidecar.jsonl')).toBeGreaterThan(200);
});

test('the recorded customer shops now and then, however much traffic there is', () => {
  const large = playScenario({ ...options, scale: 3, folder: join(folder, 'large'), incidents: [] });
  const path = 'captures/customer-browser.har';
  expect(readRecords(large, path)).toEqual(readRecords(twin, path));
});

test('who calls the bank is logged by payments, on the clock of its pod', () => {
  const lines = readRecords(twin, 'envoy/sidecar.jsonl').map(
    (line) =>
      JSON.parse(line) as { readonly upstream_cluster: string; readonly downstream_remote_address: string; readonly start_time: string },
  );
  const toBank = lines.filter(({ upstream_cluster }) => upstream_cluster === 'outbound|443||psd.northbank.example');
  expect(toBank).not.toEqual([]);
  const pods = new Set(toBank.map(({ downstream_remote_address }) => downstream_remote_address.split(':')[0]));
  expect([...pods].toSorted()).toEqual(shop.catalogue.services['payments']?.pods.toSorted());
});

test('the sidecars wrote nothing for forty minutes of the second day, and the truth says so', () => {
  const { truth, truthFolder } = playScenario({ ...options, days: 1.5, scale: 1, folder: join(folder, 'silent'), incidents: [] });
  const path = 'envoy/sidecar.jsonl';
  const silent = { from: '2026-09-15T09:40:00.000Z', to: '2026-09-15T10:20:00.000Z' };
  expect(truth.sources.flatMap((source) => (source.silent === undefined ? [] : [[source.name, source.silent]]))).toEqual([[path, silent]]);
  expect(scenario.truth.sources.filter((source) => source.silent !== undefined)).toEqual([]);
  const recorded = new Set(
    readTruth<RecordTruth>({ truthFolder }, 'records.ndjson').flatMap(({ ref, call }) => (ref.startsWith(`${path}#`) ? [call] : [])),
  );
  const times = readTruth<CallTruth>({ truthFolder }, 'calls.ndjson').flatMap(({ id, at }) => (recorded.has(id) ? [at] : []));
  const [from, to] = [Date.parse(silent.from), Date.parse(silent.to)];
  // A request is written at its end.
  expect(times.filter((at) => at >= from && at < to - 2000)).toEqual([]);
  expect(times.filter((at) => at >= from - HOUR_MS && at < from).length).toBeGreaterThan(20);
  expect(times.filter((at) => at >= to && at < to + HOUR_MS).length).toBeGreaterThan(20);
});

test('on ordinary days too people log in, and mistype now and then', () => {
  const { truthFolder } = playScenario({ ...options, days: 1, scale: 1, folder: join(folder, 'logins'), incidents: [] });
  const calls = readTruth<CallTruth>({ truthFolder }, 'calls.ndjson').filter(({ label, hop }) => label === undefined && hop === 'client');
  const logins = calls.filter(({ template }) => template === '/v1/sessions');
  const visits = calls.filter(({ method, template }) => method === 'GET' && template === '/').length;
  expect(logins.length / visits).toBeGreaterThan(0.15);
  expect(logins.length / visits).toBeLessThan(0.35);
  expect(logins.filter(({ status }) => status === 401).length).toBeGreaterThan(0);
  expect(logins.filter(({ status }) => status === 401).length / logins.length).toBeLessThan(0.12);
});

test('the description of payments is JSON, and has what services call and nothing else', () => {
  const document = JSON.parse(readFileSync(join(twin.evidence, 'specs/payments.json'), 'utf8')) as {
    readonly servers: unknown;
    readonly paths: object;
    readonly components: { readonly schemas: object };
  };
  expect(document.servers).toEqual([{ url: 'https://payments.mesh.acme-outfitters.test' }]);
  expect(Object.keys(document.paths)).toEqual(['/v2/charges', '/v2/refunds', '/v2/transfers']);
  expect(Object.keys(document.components.schemas)).toEqual(['Refund']);
  const charge = twin.truth.endpoints.find(({ host, template }) => host.startsWith('payments.') && template === '/v2/charges');
  expect(charge?.published).toBe('documented');
});

test('the note has a line for each source', () => {
  const lines = readFileSync(join(twin.evidence, 'readme.txt'), 'utf8').split('\n');
  expect(lines[0]).toMatch(/^Collected on \d{4}-\d\d-\d\d, by the platform team\.$/);
  for (const path of SOURCES)
    expect(
      lines.find((line) => line.startsWith(`${path} `)),
      path,
    ).not.toContain('unknown');
});
