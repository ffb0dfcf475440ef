import type { Section } from '../section.ts';
import { code, words } from '../text.ts';

/** What other programs take from the case, and what it takes from them. Shape: their kind, the export, what it is good for. */
const WORKS: readonly (readonly [tool: string, way: 'in' | 'out', format: string, use: string])[] = [
  ['Browsers, proxies', 'in', 'HAR', 'captures of requests and answers become calls'],
  ['API gateways, web servers', 'in', 'their access logs', 'each line becomes a call; spoor formats lists them'],
  ['OpenTelemetry', 'in', 'OTLP JSON traces', 'spans become calls and prove links'],
  ['API design tools', 'in', 'OpenAPI', 'what is described is told from what is called'],
  ['Identity providers', 'in', 'lists of principals, JWKS', 'owners, scopes and keys that judge tokens'],
  ['Other copies of Spoor', 'in', 'baseline', 'what is usual in one case judges another'],
  ['Any program', 'out', 'json', 'report.json: everything behind this report, in a published schema'],
  ['Spreadsheets', 'out', 'csv, inventory, kpis', 'findings, operations and figures, safe from formulas'],
  ['API design tools', 'out', 'openapi', 'a draft of what was seen, to be completed'],
  ['Policy engines', 'out', 'policy', 'Cedar, Rego and OpenFGA drafts of least privilege'],
  ['Gateways and issuers', 'out', 'revocation', 'drafts of revocations; nothing is sent'],
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
        'Spoor stands beside gateways, security monitoring and identity systems, not in their place: it reads what they recorded and writes what they can use. It connects to none of them; files go by hand.',
      ),
    },
    {
      kind: 'table',
      caption: 'Read from and written for other programs',
      head: [
        { text: 'Program', align: 'start' },
        { text: 'Way', align: 'start', width: 'fit' },
        { text: 'Format', align: 'start', width: 'fit' },
        { text: 'What for', align: 'start' },
      ],
      rows: WORKS.map(([tool, way, format, use]) => [words(tool), words(way), [code(format)], words(use)]),
      omitted: 0,
    },
  ],
};
