import type { CallJson, ChainJson, FindingJson, Severity, SourceJson } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import type { ExportSource, FileFormat } from '../export-format.ts';
import { sayCall } from '../call-words.ts';

/** Readers of SARIF show a result's first locations; code-scanning services refuse a result of more. */
const MAX_LOCATIONS = 1000;
/** So many show what a finding is about, however many findings there are. */
const MIN_LOCATIONS = 10;
/** Locations of all results and flows together: some 50 MB of text, which compress to the 10 MB that code-scanning services take. */
const ALL_LOCATIONS = 100_000;
/** Chains told as flows of one result; all of them are in report.json. */
const MAX_FLOWS = 20;

/** Locations that each result, and all flows of it together, may have among so many findings. */
export const locationsFor = (findings: number): number =>
  Math.max(MIN_LOCATIONS, Math.min(MAX_LOCATIONS, Math.floor(ALL_LOCATIONS / (2 * Math.max(1, findings)))));

const LEVELS: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };
/** What GitHub and others sort by; the middle of the CVSS bands of these words. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.0' };

/**
 * A text as SARIF means it: square brackets would make a link of it, braces a placeholder.
 * Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
 */
const message = (text: string): { readonly text: string } => ({
  text: text
    .replaceAll(/[[\]\\]/g, String.raw`\$&`)
    .replaceAll('{', '{{')
    .replaceAll('}', '}}'),
});

/** A source's name as a relative reference in which nothing is a scheme, a host or a step upwards; readers take `%2E%2E` for one, too. */
const toUri = (name: string): string =>
  name
    .split('/')
    .map((part) =>
      /^\.*$/.test(part) ? `${part}~` : encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll("'", '%27'),
    )
    .join('/');

const sourceOf = (ref: string): string => ref.slice(0, ref.lastIndexOf('#'));

/** What locations need to know about the case, read once. */
interface Places {
  readonly source: ExportSource;
  readonly artifacts: ReadonlyMap<string, number>;
  readonly formats: ReadonlyMap<string, string>;
  /** Most locations of a result, and of its flows together. */
  readonly most: number;
}

function physicalLocation(ref: string, { source, artifacts, formats }: Places): object {
  const name = sourceOf(ref);
  const index = artifacts.get(name);
  const place = source.view.place(ref);
  const line = source.lineFormats.has(formats.get(name) ?? '') ? place?.record : undefined;
  return {
    artifactLocation: { uri: toUri(name), uriBaseId: 'EVIDENCE', ...(index === undefined ? {} : { index }) },
    ...(place === undefined
      ? {}
      : {
          region: {
            ...(line === undefined || line < 1 ? {} : { startLine: line }),
            byteOffset: place.byteStart,
            byteLength: place.byteLength,
          },
        }),
  };
}

const logicalLocations = (call: CallJson | undefined): object =>
  call?.endpoint === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: call.endpoint, kind: 'resource' }] };

function location(ref: string, places: Places): object {
  const call = places.source.view.call(ref);
  return {
    physicalLocation: physicalLocation(ref, places),
    ...logicalLocations(call),
    message: message(call === undefined ? ref : `${ref}: ${sayCall(call)}`),
  };
}

function codeFlow(chain: ChainJson, finding: FindingJson, most: number, places: Places): object {
  const evidence = new Set(finding.calls);
  const why = new Map(chain.edges.map((edge) => [edge.to, edge.why]));
  return {
    message: message(`The chain that begins with ${chain.root}`),
    threadFlows: [
      {
        id: chain.id,
        locations: chain.calls.slice(0, most).map((ref, index) => {
          const time = places.source.view.call(ref)?.time;
          const link = why.get(ref);
          return {
            executionOrder: index + 1,
            importance: evidence.has(ref) ? 'essential' : 'unimportant',
            ...(time === undefined ? {} : { executionTimeUtc: time }),
            ...(link === undefined ? {} : { properties: { linkedBy: link } }),
            location: location(ref, places),
          };
        }),
      },
    ],
  };
}

function toResult(finding: FindingJson, ruleIndex: number, places: Places): object {
  const chains = finding.chains.slice(0, MAX_FLOWS).flatMap((id) => places.source.view.chain(id) ?? []);
  const perFlow = Math.max(1, Math.floor(places.most / Math.max(1, chains.length)));
  return {
    ruleId: finding.detector,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: message(finding.summary ?? finding.title),
    locations: finding.calls.slice(0, places.most).map((ref) => location(ref, places)),
    ...(chains.length === 0 ? {} : { codeFlows: chains.map((chain) => codeFlow(chain, finding, perFlow, places)) }),
    partialFingerprints: { 'spoorFinding/v1': finding.id },
    rank: Math.round(finding.score * 1000) / 10,
    ...(finding.status === 'dismissed' ? { suppressions: [{ kind: 'external', status: 'accepted', justification: finding.reason }] } : {}),
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      family: finding.family,
      status: finding.status,
      calls: finding.calls.length,
      chains: finding.chains.length,
      principals: finding.principals,
      credentials: finding.credentials,
      endpoints: finding.endpoints,
      ...(finding.window === undefined ? {} : { window: finding.window }),
      observed: finding.observed,
      expected: finding.expected,
      remediation: finding.remediation,
      'security-severity': SECURITY_SEVERITY[finding.severity],
    },
  };
}

function toRule(id: string, { view }: ExportSource): object {
  const setting = view.detectorSettings.find(({ detector }) => detector === id);
  const own = view.json.findings.filter(({ detector }) => detector === id);
  const tags = new Set(
    own.flatMap(({ maps }) => [...maps.owaspApi, ...maps.owaspLlm, ...maps.owaspAgentic, ...maps.attack, ...maps.atlas, ...maps.cwe]),
  );
  const worst = (['critical', 'high', 'medium', 'low', 'info'] as const).find((severity) =>
    own.some((finding) => finding.severity === severity),
  );
  return {
    id,
    ...(setting === undefined ? {} : { shortDescription: message(setting.question) }),
    ...(worst === undefined ? {} : { defaultConfiguration: { level: LEVELS[worst] } }),
    properties: {
      ...(setting === undefined ? {} : { version: setting.version }),
      ...(worst === undefined ? {} : { 'security-severity': SECURITY_SEVERITY[worst] }),
      tags: ['security', ...[...tags].sort()],
    },
  };
}

const toArtifact = (source: SourceJson): object => ({
  location: { uri: toUri(source.name), uriBaseId: 'EVIDENCE' },
  length: source.bytes,
  roles: ['analysisTarget'],
  hashes: { 'sha-256': source.sha256 },
  ...(source.format === undefined ? {} : { properties: { format: source.format, records: source.records, accepted: source.accepted } }),
});

function* pieces(source: ExportSource): Generator<string> {
  const { json } = source.view;
  const rules = [...new Set(json.findings.map(({ detector }) => detector))].sort();
  const places: Places = {
    source,
    artifacts: new Map(json.sources.map(({ name }, index) => [name, index])),
    formats: new Map(json.sources.map(({ name, format }) => [name, format ?? ''])),
    most: locationsFor(json.findings.length),
  };
  const cut = json.findings.filter(({ calls, chains }) => calls.length > places.most || chains.length > MAX_FLOWS).length;
  // SARIF 2.1.0, section 3.20.21: what a reader is to know about the run itself.
  const notices =
    cut === 0
      ? []
      : [
          {
            level: 'note',
            message: message(
              `${String(cut)} of ${String(json.findings.length)} results have more places than are told here: at most ${String(places.most)} calls a result, as many in its flows, and ${String(MAX_FLOWS)} chains. The properties calls and chains of a result have the whole number; report.json has all of them.`,
            ),
          },
        ];
  const driver = { name: 'Spoor', version: source.version, rules: rules.map((id) => toRule(id, source)) };
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n';
  yield `"tool":${canonicalJson({ driver })},\n`;
  if (notices.length > 0) yield `"invocations":${canonicalJson([{ executionSuccessful: true, toolExecutionNotifications: notices }])},\n`;
  yield `"columnKind":"utf16CodeUnits","originalUriBaseIds":${canonicalJson({ EVIDENCE: { description: { text: 'The folder or archive that was handed in as evidence.' } } })},\n`;
  yield `"properties":${canonicalJson({ case: json.case, rulesVersion: json.case.rulesVersion })},\n`;
  yield `"artifacts":[\n${json.sources.map((each) => canonicalJson(toArtifact(each))).join(',\n')}\n],\n"results":[`;
  let first = true;
  for (const finding of json.findings) {
    yield `${first ? '\n' : ',\n'}${canonicalJson(toResult(finding, rules.indexOf(finding.detector), places))}`;
    first = false;
  }
  yield '\n]}]}\n';
}

/** Findings for programs that show results of code scanning: SARIF 2.1.0, one result per finding. */
export const sarif: FileFormat = {
  kind: 'file',
  id: 'sarif',
  title: 'SARIF',
  holds:
    'Findings for code-scanning tools (SARIF 2.1.0): each with its places in the evidence by line and byte, its chains as code flows, and the hashes of all sources.',
  ending: 'sarif.json',
  async write(source, output) {
    for (const piece of pieces(source)) {
      output.write(piece);
      await source.breathe();
    }
  },
};
