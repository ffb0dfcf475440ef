import type { Section } from '../section.ts';
import { codeList, words } from '../text.ts';

/**
 * What other programs take from the case, and what it takes from them. Shape: their kind, the way, the formats, what they are good for.
 * Every export has its place here; `works-with.test.ts` finds the one that is missing.
 */
const WORKS: readonly (readonly [tool: string, way: 'in' | 'out', formats: readonly string[], use: string])[] = [
  ['Browsers, proxies', 'in', ['HAR'], 'captures of requests and answers become calls'],
  ['API gateways, web servers', 'in', ['their access logs'], 'each line becomes a call; spoor formats lists them'],
  ['OpenTelemetry', 'in', ['OTLP JSON'], 'spans become calls and prove links'],
  ['API design tools', 'in', ['OpenAPI'], 'what is described is told from what is called'],
  ['Identity providers', 'in', ['principals', 'JWKS', 'key directory'], 'owners, scopes and keys that judge tokens and signatures'],
  ['Detection engineering', 'in', ['Sigma'], 'rules of others find calls in this case'],
  ['Other copies of Spoor', 'in', ['baseline'], 'what is usual in one case judges another'],
  ['Other copies of Spoor', 'out', ['share-pack'], 'a redacted case that opens on another machine with the same findings'],
  ['Readers and printers', 'out', ['pdf', 'html'], 'this report'],
  ['Any program', 'out', ['json'], 'report.json: everything behind this report, in a published schema'],
  ['Spreadsheets', 'out', ['csv', 'inventory', 'kpis'], 'findings, endpoints and figures, safe from formulas'],
  ['Code scanning, pipelines', 'out', ['sarif', 'guardrail-pack'], 'findings as results, and tests that keep the attack from coming back'],
  ['Security monitoring, data lakes', 'out', ['ocsf', 'parquet'], 'calls and findings as events and as columns'],
  ['Threat intelligence', 'out', ['stix', 'navigator', 'atlas'], 'the incident to share, and its techniques on the maps of MITRE'],
  ['Timelines, request replay', 'out', ['timeline', 'har'], 'calls in order for Timesketch, and without secrets for tools that read HAR'],
  ['Detection engineering', 'out', ['sigma'], 'the rules of this version as a pack'],
  ['API design tools', 'out', ['openapi'], 'a draft of what was seen, to be completed'],
  ['Policy engines', 'out', ['policy'], 'Cedar, Rego and OpenFGA drafts of least privilege'],
  ['Gateways and issuers', 'out', ['revocation'], 'drafts of revocations; nothing is sent'],
];

/** Which other programs this case works with. */
export const worksWith: Section = {
  id: 'works-with',
  title: 'Works with',
  part: 'annex',
  build: () => [
    {
      kind: 'paragraph',
      inlines: words(
        'Spoor stands beside gateways, security monitoring and identity systems, not in their place: it reads what they recorded and writes what they can use. It connects to none of them; files go by hand. What goes out is written by spoor report CASE --format FORMAT, and on the Report screen.',
      ),
    },
    {
      kind: 'table',
      caption: 'Read from and written for other programs',
      head: [
        { text: 'Program', align: 'start' },
        { text: 'Way', align: 'start', width: 'fit' },
        { text: 'Format', align: 'start' },
        { text: 'What for', align: 'start' },
      ],
      rows: WORKS.map(([tool, way, formats, use]) => [
        words(tool),
        words(way),
        way === 'in' ? words(formats.join(', ')) : codeList(formats),
        words(use),
      ]),
      omitted: 0,
    },
  ],
};
