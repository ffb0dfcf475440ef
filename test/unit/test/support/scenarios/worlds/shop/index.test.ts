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

const readTruth = <T>({ truthFolder }: MadeScenario, name: string): readonly T[] =>
  readFileSync(join(truthFolder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** The records of a source, without what stands around and between them. */
function readRecords({ evidence, truth }: MadeScenario, path: string): readonly string[] {
  const lines = readFileSync(join(evidence, path), 'utf8').trimEnd().split('\n');
  const known = truth.sources.find(({ name }) => name === path);
  return known?.format === 'har' ? lines.slice(1, -1).map((line) => line.replace(/,$/, '')) : lines;
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
  expect(more('kong/kong-file-log.jsonl')).toBeGreaterThan(200);
  expect(more('mesh/istio-proxy.jsonl')).toBeGreaterThan(200);
});

test('the recorded customer shops now and then, however much traffic there is', () => {
  const large = playScenario({ ...options, scale: 3, folder: join(folder, 'large'), incidents: [] });
  const path = 'captures/customer-browser.har';
  expect(readRecords(large, path)).toEqual(readRecords(twin, path));
});

test('who calls the bank is logged by payments, on the clock of its pod', () => {
  const lines = readRecords(twin, 'mesh/istio-proxy.jsonl').map(
    (line) =>
      JSON.parse(line) as { readonly upstream_cluster: string; readonly downstream_remote_address: string; readonly start_time: string },
  );
  const toBank = lines.filter(({ upstream_cluster }) => upstream_cluster === 'outbound|443||psd.northbank.example');
  expect(toBank).not.toEqual([]);
  const pods = new Set(toBank.map(({ downstream_remote_address }) => downstream_remote_address.split(':')[0]));
  expect([...pods].toSorted()).toEqual(shop.catalogue.services['payments']?.pods.toSorted());
});
