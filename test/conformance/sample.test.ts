/** The sample through the engine, against the truth of its generator: the product's promises on one realistic bundle. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { FindingJson, ImportSummary, ReportJson } from '#shared/contract/report-json.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { pseudonymiserOf } from '#shared/engine/handlers/profile.ts';
import { createEngine } from '#shared/engine/index.ts';
import { MAX_TITLE } from '#shared/model/finding-title.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { comparedNumbers } from '#test/support/agreeing-numbers.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { makeSample, SAMPLE_NAME, toSampleRef } from '#test/support/sample/bundle.ts';
import { sigmaRoundTrips } from '#test/support/sigma-round-trip.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

const { truth, files } = makeSample();
const folder = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
const FOREIGN = 'collect.dropzone.example';
/** Units: seconds. */
const THREE_YEARS = 1095 * 86_400;
/** What an analyst can read before lunch. */
const MOST_INCIDENTS = 4;
const MOST_FINDINGS = 15;
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

test('the preview of the keys in force is what the analysis found, chain by chain', async () => {
  const { before, after, split, joined } = await engine['chains.previewKeys']({ keys: [] }, context);
  expect(after).toEqual(before);
  expect({ split, joined }).toEqual({ split: 0, joined: 0 });
});

test('every title fits a list without being cut inside a clause, and leaves nothing out that its summary does not say', () => {
  for (const { title, summary: whole } of findings) {
    expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
    expect(title).not.toMatch(/…$/);
    if (whole !== undefined) expect(whole.length).toBeGreaterThan(title.length);
  }
  expect(findings.filter(({ summary: whole }) => whole !== undefined).length).toBeGreaterThan(0);
});

/** The finding of the incident: the first of all. */
function incident(): FindingJson {
  const first = findings[0];
  if (first === undefined) throw new Error('no findings at all');
  return first;
}

const callIdOf = (ref: string): string | undefined => truth.records.get(ref.slice(SAMPLE_NAME.length + 1))?.call;
const idsOf = (chosen: readonly FindingJson[]): ReadonlySet<string | undefined> =>
  new Set(chosen.flatMap(({ calls }) => calls.map(callIdOf)));
const of = (detector: string): readonly FindingJson[] => findings.filter((finding) => finding.detector === detector);
/** What the product calls a request: the gateway's record before any other. */
function refOf(id: string): string {
  const records = truth.recordsOf.get(id) ?? [];
  const first = records.find(({ ref }) => ref.startsWith('kong/')) ?? records[0];
  return toSampleRef(first?.ref ?? '');
}
const callsWhere = (is: (call: CallTruth) => boolean): readonly CallTruth[] =>
  [...truth.calls.values()].filter((call) => truth.recordsOf.has(call.id) && is(call));
const evidenceOf = (id: string): readonly CallTruth[] =>
  callsWhere(({ label, hop }) => hop === 'client' && label?.kind === 'incident' && label.id === id && label.role === 'evidence');
const isSend = ({ host }: Pick<CallTruth, 'host'>): boolean => host === FOREIGN;
const missing = (calls: readonly CallTruth[], found: ReadonlySet<string | undefined>): readonly string[] =>
  calls.filter(({ id }) => !found.has(id)).map(({ id }) => id);

test('every byte is accounted for: sources, formats and records as the generator counted them', () => {
  expect(summary.failures).toEqual([]);
  for (const { name, format, records, broken } of truth.scenario.sources) {
    const found = summary.sources.find((source) => source.name === toSampleRef(name));
    expect(found, name).toMatchObject({ format, records, accepted: records - broken, rejected: broken });
  }
});

test('each rejected record is listed with its place and reason', async () => {
  const issues = await engine['issues.page']({ from: 0, count: 100, severity: 'reject' }, context);
  const broken = [...truth.records.values()].filter((record) => record.as === 'broken').map(({ ref }) => toSampleRef(ref));
  expect(broken.length).toBeGreaterThan(0);
  expect(issues.rows.map(({ source, record }) => `${source}#${String(record)}`).toSorted()).toEqual(broken.toSorted());
  expect(issues.rows.every(({ code }) => code === 'JSON_SYNTAX' || code === 'LINE_SHAPE')).toBe(true);
});

test('finding number one is the incident, with proof', () => {
  const first = incident();
  const evidence = evidenceOf('injected-agent');
  expect(evidence.filter(isSend).length).toBeGreaterThan(0);
  expect(first).toMatchObject({ detector: 'sensitive-read-to-external-write', family: 'incident', severity: 'critical' });
  expect(JSON.stringify(first)).toContain(FOREIGN);
  expect(missing(evidence.filter(isSend), idsOf([first]))).toEqual([]);
  expect(first.calls.filter((ref) => truth.calls.get(callIdOf(ref) ?? '')?.label?.id !== 'injected-agent')).toEqual([]);
});

test('the principal of the incident is the support agent', async () => {
  const principals = await engine['principals.list']({}, context);
  const named = principals.filter(({ id }) => incident().principals.includes(id));
  expect(named.map(({ label }) => label).join(' ')).toContain('support-agent');
  expect(named.some(({ kind }) => kind === 'agent')).toBe(true);
});

test('one chain holds the whole run, from the ticket to what was sent away', async () => {
  const chains = await Promise.all(incident().chains.map(async (id) => engine['chains.get']({ id, limit: 1000 }, context)));
  const whole = chains.map(({ calls }) => new Set(calls.map(({ ref }) => callIdOf(ref))));
  const best = whole.toSorted((left, right) => right.size - left.size)[0] ?? new Set();
  expect(missing(evidenceOf('injected-agent'), best)).toEqual([]);
});

test('each answer of which something was sent away has an edge that proves it, with both places', async () => {
  const sends = evidenceOf('injected-agent').filter(isSend);
  const pairs = new Map(
    sends.flatMap((send) =>
      (send.causes ?? [])
        .filter(({ kind, toAt }) => kind === 'value' && toAt?.startsWith('body') === true)
        .map(({ from }) => [`${from} ${send.id}`, { from: refOf(from), to: refOf(send.id) }] as const),
    ),
  );
  expect(pairs.size).toBeGreaterThan(5);
  for (const { from, to } of pairs.values()) {
    const { edge } = await engine['chains.edge']({ from, to }, context);
    expect(edge.kinds, `${from} → ${to}`).toContain('value');
    expect(edge.toAt, `${from} → ${to}`).toBeDefined();
  }
});

test('the customers that were tried one after the other are one finding, at the gateway and not again at each hop', () => {
  const tried = evidenceOf('injected-agent').filter(({ template, method }) => method === 'GET' && template === '/v1/customers/{customer}');
  expect(tried.length).toBeGreaterThan(20);
  // It joins the finding that says where their data went.
  const telling = findings.filter(({ detector, observed }) =>
    [detector, String(observed['alsoToldBy'])].join().includes('bola-enumeration'),
  );
  expect(telling).toHaveLength(1);
  expect(missing(tried, idsOf(telling))).toEqual([]);
});

test('the token that allows everything for three years is found by its lifetime and by its scopes', () => {
  const found = of('jwt-lifetime').filter(({ observed }) => observed['longestSeconds'] === THREE_YEARS);
  expect(found.map(({ severity }) => severity)).toEqual([expect.stringMatching(/^(?:high|critical)$/)]);
  expect(of('scope-overgrant').length).toBeGreaterThanOrEqual(1);
});

test('the undocumented endpoint is found, and only that one', () => {
  const used = callsWhere(({ template, hop }) => hop === 'client' && template === '/v1/orders/{order}/reprice');
  expect(of('shadow-endpoint')).toHaveLength(1);
  expect(missing(used, idsOf(of('shadow-endpoint')))).toEqual([]);
});

test('the key that a customer got to see is found together with its later use', () => {
  const leaked = evidenceOf('secret-leak');
  expect(leaked.length).toBeGreaterThan(2);
  const found = of('secret-exposure').filter((finding) => leaked.some(({ id }) => idsOf([finding]).has(id)));
  // The exposure, and the incident that it led to.
  expect(found.map(({ severity, family }) => [severity, family])).toEqual([
    ['critical', 'incident'],
    ['medium', 'posture'],
  ]);
  expect(missing(leaked, idsOf(found))).toEqual([]);
});

test('the sanctioned export that looks like a leak is in no incident', () => {
  const accused = idsOf(findings.filter(({ family }) => family === 'incident'));
  const exported = callsWhere(({ principal, label }) => principal === 'nightly-export' || label?.id === 'nightly-export');
  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter(({ id }) => accused.has(id))).toEqual([]);
});

test('no trap is in an incident', () => {
  const accused = idsOf(findings.filter(({ family }) => family === 'incident'));
  expect(callsWhere(({ label, id }) => label?.kind === 'trap' && accused.has(id)).map(({ id }) => id)).toEqual([]);
});

test('there are few enough findings to read', () => {
  expect(findings.filter(({ family }) => family === 'incident').length).toBeLessThanOrEqual(MOST_INCIDENTS);
  expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
});

test('calls that two logs hold are one call with two names', async () => {
  const twice = evidenceOf('injected-agent').filter(({ id }) => (truth.recordsOf.get(id)?.length ?? 0) > 1);
  expect(twice.length).toBeGreaterThan(20);
  for (const { id } of twice.slice(0, 10)) {
    const detail = await engine['calls.get']({ ref: refOf(id) }, context);
    const others = (truth.recordsOf.get(id) ?? []).map(({ ref }) => toSampleRef(ref)).filter((ref) => ref !== refOf(id));
    expect(detail.call.alsoSeenAs, id).toEqual(others);
  }
});

test('no token, key or card number of the evidence stands in the report', async () => {
  const path = join(folder, 'report.json');
  await engine['report.write']({ format: 'json', path }, context);
  const report = readFileSync(path, 'utf8');
  const text = (start: string): string =>
    files
      .filter((file) => file.path.startsWith(start))
      .map((file) => file.text)
      .join('\n');
  const secrets = new Set([...text('kong/').matchAll(/(?:Bearer |x-api-key":"|api_key=)([\w.-]{24,})/g)].map(([, secret]) => secret ?? ''));
  const cards = new Set([...text('agent-host/').matchAll(/\\"number\\":\\"(\d{16})\\"/g)].map(([, number]) => number ?? ''));
  expect(secrets.size).toBeGreaterThan(100);
  expect(cards.size).toBeGreaterThan(5);
  expect([...secrets, ...cards].filter((secret) => report.includes(secret))).toEqual([]);
});

test('what detectors are as Sigma rules fits the same calls when it is read again', async () => {
  const trips = await sigmaRoundTrips(db);
  expect(trips.length).toBeGreaterThanOrEqual(5);
  expect(trips.filter(({ own }) => own.length > 0)).not.toEqual([]);
  for (const { form, own, again } of trips) expect(again, form).toEqual(own);
});

test('the numbers of the report agree in summary, cards, annexes, report.json and CSV, and a number that does not is found', async () => {
  const written = async (format: string): Promise<string> => {
    const path = join(folder, `numbers.${format}`);
    await engine['report.write']({ format, path }, context);
    return readFileSync(path, 'utf8');
  };
  const [json, html, findingsCsv, kpisCsv, inventoryCsv] = [
    JSON.parse(await written('json')) as ReportJson, // of our own writer
    await written('html'), await written('csv'), await written('kpis'), await written('inventory'),
  ] as const; // prettier-ignore
  const outputs = { json, html, findingsCsv, kpisCsv, inventoryCsv };
  const { looked, wrong } = comparedNumbers(outputs);
  expect(wrong).toEqual([]);
  expect(looked.length).toBeGreaterThan(24);
  const [first, ...others] = json.findings;
  if (first === undefined) throw new Error('no findings at all');
  const less = { ...json, findings: [{ ...first, calls: first.calls.slice(1) }, ...others] };
  expect(comparedNumbers({ ...outputs, json: less }).wrong.length).toBeGreaterThan(3);
});

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** What a person can review of the report: long lists as their length and hash. */
function digestOf(report: ReportJson): unknown {
  const { chains, endpoints, principals, credentials, machineLinks, leastPrivilege, revocation, findings: all, ...rest } = report;
  const lists = { chains, endpoints, principals, credentials, machineLinks, leastPrivilege, revocation };
  return {
    ...rest,
    case: { ...rest.case, rulesVersion: '' },
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, { length: list.length, sha256: hashOf(list) }])),
    findings: all.map(({ calls, ...finding }) => ({ ...finding, calls: { length: calls.length, sha256: hashOf(calls) } })),
  };
}

test('the report of the sample is the one that was reviewed', async () => {
  const path = join(folder, 'golden.json');
  await engine['report.write']({ format: 'json', path }, context);
  const report = JSON.parse(readFileSync(path, 'utf8')) as ReportJson; // of our own writer; the schema has its own test
  await expect(`${JSON.stringify(digestOf(report), null, 1)}\n`).toMatchFileSnapshot('../fixtures/golden/sample-report.json');
});

test('the redacted report of the sample holds no name of a principal, host or address', async () => {
  const path = join(folder, 'redacted.json');
  await engine['report.write']({ format: 'json', path, profile: 'redacted' }, context);
  const text = readFileSync(path, 'utf8');
  const { forbidden } = pseudonymiserOf(db, 'redacted');
  expect(forbidden.length).toBeGreaterThan(300);
  expect(forbidden.filter((name) => name.length > 2 && text.includes(`"${name}"`))).toEqual([]);
  expect(text).not.toMatch(/acme-outfitters\.test|\b(?:\d{1,3}\.){3}\d{1,3}\b|[\w.]+@[\w.]+\.\w/);
});
