import { expect, test } from 'vitest';
import { locationsFor } from '#shared/engine/report/exports/formats/sarif.ts';
import { memoryCase } from '#test/support/case.ts';
import { exportJson } from '#test/support/exported.ts';
import { sarifValidator } from '#test/support/foreign/schemas.ts';
import { sampleReportView } from '#test/support/report-view.ts';

interface Log {
  readonly runs: readonly {
    readonly invocations?: readonly object[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly artifacts: readonly { readonly location: { readonly uri: string }; readonly hashes: Readonly<Record<string, string>> }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly { readonly physicalLocation: { readonly region?: Readonly<Record<string, number>> } }[];
      readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly object[] }[] }[];
    }[];
  }[];
}

const checkSarif = sarifValidator();
const write = async (view = sampleReportView()): Promise<Log> => (await exportJson(memoryCase(), 'sarif', { view })) as Log;

test('the log holds in the schema, with a result for every finding', async () => {
  const log = await write();
  checkSarif(log);
  const { results, tool } = log.runs[0] ?? { results: [], tool: { driver: { rules: [] } } };
  const { findings } = sampleReportView().json;
  expect(results.map(({ partialFingerprints }) => partialFingerprints['spoorFinding/v1'])).toEqual(findings.map(({ id }) => id));
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('a result stands at bytes of a source whose hash is given, and its chain is a code flow', async () => {
  const place = { source: 'logs/kong.jsonl', sourceSha256: 'a'.repeat(64), record: 120, byteStart: 4711, byteLength: 300 };
  const [run] = (await write({ ...sampleReportView(), place: () => place })).runs;
  const [result] = run?.results ?? [];
  expect(result?.locations[0]?.physicalLocation.region).toEqual({ byteOffset: 4711, byteLength: 300 });
  expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.length).toBeGreaterThan(2);
  expect(run?.artifacts[0]?.hashes['sha-256']).toMatch(/^[0-9a-f]{64}$/);
});

test('hostile texts are no links, no placeholders and no way out of the evidence folder', async () => {
  const hostile = '../../[click](javascript:alert(1)) {0} <script>\ud800';
  const log = await write(sampleReportView((text) => `${hostile}${text}`));
  checkSarif(log);
  for (const { message } of log.runs[0]?.results ?? []) {
    expect(message.text).not.toMatch(/(?<!\\)\[click/);
    expect(message.text).not.toMatch(/(?<!\{)\{0\}(?!\})/);
  }
  for (const { location } of log.runs[0]?.artifacts ?? []) {
    expect(location.uri).not.toMatch(/^[a-z]+:/i);
    expect(location.uri.split('/')).not.toContain('..');
    expect(new URL(location.uri, 'file:///evidence/').href).toMatch(/^file:\/\/\/evidence\//);
  }
});

test('many findings share the places of one file, and the log says what it left out', async () => {
  expect([locationsFor(1), locationsFor(500), locationsFor(1_000_000)]).toEqual([1000, 100, 10]);
  const view = sampleReportView();
  const [finding] = view.json.findings;
  if (finding === undefined) throw new Error('no finding');
  const calls = Array.from({ length: 40 }, () => finding.calls[0] ?? '');
  const findings = Array.from({ length: 3000 }, (_, index) => ({ ...finding, id: `f-${String(index)}`, calls, chains: [] }));
  const log = await write({ ...view, json: { ...view.json, findings } });
  checkSarif(log);
  const [run] = log.runs;
  expect(run?.results.every(({ locations }) => locations.length === locationsFor(3000))).toBe(true);
  expect(JSON.stringify(run?.invocations)).toContain('3000 of 3000 results have more places than are told here');
  expect((await write()).runs[0]?.invocations).toBeUndefined();
});
