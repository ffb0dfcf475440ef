/** The sample through the engine, against what its generator wrote down: the product's promises on one realistic bundle. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { FindingJson, ImportSummary } from '#shared/contract/report-json.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { makeSample, SAMPLE_NAME } from '#test/support/sample/bundle.ts';
import { TEST_CARDS } from '#test/support/sample/world.ts';

const { truth, files } = makeSample();
const folder = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
/** What an analyst can read before lunch. */
const MOST_INCIDENTS = 4;
const MOST_FINDINGS = 14;
/** Import and analysis on a busy machine. Units: ms. */
const PATIENCE = 240_000;

let db: SqlDriver;
let engine: EngineHandlers;
let summary: ImportSummary;
let findings: readonly FindingJson[];

beforeAll(async () => {
  const path = join(folder, 'sample.spoor');
  db = openForWriting(path, true);
  migrateCase(db, path, fixedCrypto, '');
  engine = createEngine(db, { ...nodePorts('0.0.0'), crypto: fixedCrypto }, () => undefined);
  summary = await engine['case.import']({ paths: [{ path: `resources/samples/${SAMPLE_NAME}` }] }, context);
  await engine['case.analyze']({}, context);
  findings = await engine['findings.list']({}, context);
}, PATIENCE);

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** The finding of the incident: the first of all. */
function incident(): FindingJson {
  const first = findings[0];
  if (first === undefined) throw new Error('no findings at all');
  return first;
}

const of = (detector: string): readonly FindingJson[] => findings.filter((finding) => finding.detector === detector);
const callsOf = (chosen: readonly FindingJson[]): ReadonlySet<string> => new Set(chosen.flatMap(({ calls }) => calls));
const missing = (wanted: readonly string[], found: ReadonlySet<string>): readonly string[] => wanted.filter((ref) => !found.has(ref));

test('every byte is accounted for: sources, formats and records as the generator counted them', () => {
  expect(summary.failures).toEqual([]);
  for (const source of truth.sources) {
    const found = summary.sources.find(({ name }) => name === source.name);
    expect(found).toMatchObject({ format: source.format, records: source.records, accepted: source.accepted, rejected: source.rejected });
  }
  expect(summary.totals.rejected).toBe(truth.rejected.length);
});

test('each rejected record is listed with its place and reason', async () => {
  const issues = await engine['issues.page']({ from: 0, count: 100, severity: 'reject' }, context);
  expect(issues.rows.map(({ source, record, code }) => ({ ref: `${source}#${String(record)}`, code }))).toEqual(
    expect.arrayContaining([...truth.rejected]),
  );
  expect(issues.rows).toHaveLength(truth.rejected.length);
});

test('finding number one is the incident, with proof', () => {
  const first = incident();
  expect(first.detector).toBe(truth.incident.detector);
  expect(first).toMatchObject({ family: 'incident', severity: 'critical' });
  expect(JSON.stringify(first)).toContain(truth.incident.foreignHost);
  expect(missing(truth.incident.sends, callsOf([first]))).toEqual([]);
  expect(
    missing(
      truth.incident.provenEdges.map(({ from }) => from),
      callsOf([first]),
    ),
  ).toEqual([]);
});

test('the principal of the incident is the support agent', async () => {
  const principals = await engine['principals.list']({}, context);
  const named = principals.filter(({ id }) => incident().principals.includes(id));
  expect(named.map(({ label }) => label).join(' ')).toContain(truth.incident.principal);
  expect(named.some(({ kind }) => kind === 'agent')).toBe(true);
});

test('one chain holds the whole run, from the ticket to what was sent away', async () => {
  const chains = await Promise.all(incident().chains.map(async (id) => engine['chains.get']({ id, limit: 1000 }, context)));
  const whole = chains.map(({ calls }) => new Set(calls.map(({ ref }) => ref)));
  const best = whole.toSorted((left, right) => right.size - left.size)[0] ?? new Set();
  expect(missing(truth.incident.calls, best)).toEqual([]);
});

test('each card that was sent away has an edge that proves it, with both places', async () => {
  for (const { from, to } of truth.incident.provenEdges) {
    const edge = await engine['chains.edge']({ from, to }, context);
    expect(edge.edge.kinds, `${from} → ${to}`).toContain('value');
    expect(edge.edge.toAt, `${from} → ${to}`).toBeDefined();
  }
});

test('the customers that were tried one after the other are one finding, at the gateway and not again at each hop', () => {
  const [found, ...others] = of('bola-enumeration').filter(({ title }) => title.includes('customer'));
  expect(others).toEqual([]);
  expect(missing(truth.incident.enumerated, callsOf(found === undefined ? [] : [found]))).toEqual([]);
});

test('a scanner that found no door went through no objects', () => {
  expect(of('bola-enumeration').map(({ title }) => title)).toEqual([expect.stringContaining('customer')]);
});

test('the token that allows everything for three years is found by its lifetime and by its scopes', () => {
  expect(
    of('jwt-lifetime').some(
      ({ severity, observed }) => ['high', 'critical'].includes(severity) && observed['longestSeconds'] === truth.token.lifetimeSeconds,
    ),
  ).toBe(true);
  expect(of('scope-overgrant').length).toBeGreaterThanOrEqual(1);
});

test('the undocumented operation is found, and only that one', () => {
  const found = of('shadow-endpoint');
  expect(found).toHaveLength(1);
  expect(callsOf(found)).toEqual(new Set(truth.shadow.calls));
});

test('the key in URLs is found together with its later use', () => {
  const found = of('secret-exposure').filter(({ calls }) => calls.some((ref) => truth.secret.exposed.includes(ref)));
  expect(found).toHaveLength(1);
  expect(found[0]?.severity).toBe('critical');
  expect(missing(truth.secret.exposed, callsOf(found))).toEqual([]);
});

test('the sanctioned export that looks like a leak is in no incident', () => {
  const accused = callsOf(findings.filter(({ family }) => family === 'incident'));
  expect(truth.lookAlike.calls.filter((ref) => accused.has(ref))).toEqual([]);
});

test('there are few enough findings to read', () => {
  expect(findings.filter(({ family }) => family === 'incident').length).toBeLessThanOrEqual(MOST_INCIDENTS);
  expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
});

test('calls that two logs hold are one call with two names', async () => {
  for (const [ref, other] of Object.entries(truth.incident.alsoSeenAs).slice(0, 10)) {
    const detail = await engine['calls.get']({ ref }, context);
    expect(detail.call.alsoSeenAs, ref).toContain(other);
  }
});

test('no token, key or card number of the evidence stands in the report', async () => {
  const path = join(folder, 'report.json');
  await engine['report.write']({ format: 'json', path }, context);
  const report = readFileSync(path, 'utf8');
  const kong = files.find(({ path: name }) => name.startsWith('kong/'))?.text ?? '';
  const secrets = new Set([...kong.matchAll(/(?:Bearer |x-api-key":"|api_key=)([\w.-]{24,})/g)].map(([, secret]) => secret ?? ''));
  expect(secrets.size).toBeGreaterThan(100);
  expect([...secrets].filter((secret) => report.includes(secret))).toEqual([]);
  expect(TEST_CARDS.filter(([, number]) => report.includes(number))).toEqual([]);
});
