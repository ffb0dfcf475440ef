/** Whether the numbers that a reader meets in several places of one report are the same number everywhere. */
import { csvParse } from 'd3';
import type { ReportJson } from '#shared/contract/report-json.ts';
import { severityWord, SEVERITIES } from '#shared/engine/report/text.ts';

/** One report in its outputs, of one case and one profile. */
interface Outputs {
  readonly json: ReportJson;
  readonly html: string;
  readonly findingsCsv: string;
  readonly kpisCsv: string;
  readonly inventoryCsv: string;
}

/** The words of a printed report in their order, cells parted by ` | `, numbers without blanks between their digits. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<style[\s\S]*?<\/style>|<wbr>/g, '')
    .replaceAll(/<\/(?:td|th|tr|p|h\d|li|dd|dt|caption|figcaption|div)>/g, ' | ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('\u202f', '')
    .replaceAll(/\s+/g, ' ');

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const union = (lists: readonly (readonly string[])[]): number => new Set(lists.flat()).size;

/** What `report.json` has under the name of a row of `kpis.csv` (`pivot.stillValid.of`); `undefined` for figures of the printed report. */
function kpiAt(kpis: unknown, path: string): string | undefined {
  let value = kpis;
  for (const key of path.split('.')) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  if (Array.isArray(value)) return value.join(' ; ');
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

/** What each pattern's numbers have to be, by the place that they stand in; a list for several numbers of one place. */
type Claims = readonly (readonly [place: string, pattern: RegExp, expected: readonly number[]])[];

function claimsOf({ sources, coverage, findings, principals, credentials, endpoints, incidents, chains }: ReportJson): Claims {
  const open = findings.filter(({ status }) => status !== 'dismissed');
  const of = (pick: (source: ReportJson['sources'][number]) => number): number => sum(sources.map(pick));
  const told = SEVERITIES.flatMap((severity) => {
    const here = open.filter((finding) => finding.severity === severity).length;
    return here === 0 ? [] : [[severityWord[severity], here] as const];
  });
  return [
    ['summary, principals and calls', / (\d+) principals?(?: \([^)]*\))? made (\d+) calls?/, [principals.length, coverage.calls]],
    ['summary, findings by severity', new RegExp(`The evidence supports ${told.map(([word]) => `(\\d+) ${word}`).join('(?:, | and )')} finding`), told.map(([, here]) => here)],
    ['evidence', /(\d+) files? with (\d+) records?: (\d+) accepted, (\d+) rejected, (\d+) skipped/, [sources.length, of(({ records }) => records), of(({ accepted }) => accepted), of(({ rejected }) => rejected), of(({ skipped }) => skipped)]],
    ['method, chains', /(\d+) of (\d+) calls stand in (\d+) chains?/, [union(chains.map(({ calls }) => calls)), coverage.calls, chains.length]],
    ['picture of the summary', /, (\d+) calls in all, (\d+) calls? named by findings/, [coverage.calls, union(open.map(({ calls }) => calls))]],
    ['annex, endpoints', /\| Endpoints: (\d+) \|/, [endpoints.length]],
    ['annex, records', /(\d+) records = (\d+) accepted \+ (\d+) rejected \+ (\d+) skipped/, [of(({ records }) => records), of(({ accepted }) => accepted), of(({ rejected }) => rejected), of(({ skipped }) => skipped)]],
    ['definition of credentials', /that incident findings name, of (\d+) seen/, [credentials.length]],
    ['definition of endpoints', /Of (\d+) endpoints called/, [endpoints.filter(({ calls }) => calls > 0).length]],
    ['timeline', /Incident 1: [^|]*\|.*?Calls of its findings: (\d+)\./, [union(findings.filter(({ id }) => incidents[0]?.findings.includes(id) === true).map(({ calls }) => calls))]],
  ];
} // prettier-ignore

/** The places whose numbers are not those of `report.json`, and how many places were looked at; a place that a report does not have is none. */
export function comparedNumbers({ json, html, findingsCsv, kpisCsv, inventoryCsv }: Outputs): {
  readonly looked: readonly string[];
  readonly wrong: readonly string[];
} {
  const text = wordsOf(html);
  const looked: string[] = [];
  const wrong: string[] = [];
  const hold = (place: string, found: unknown, expected: unknown): void => {
    looked.push(place);
    if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${place}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
  };
  for (const [place, pattern, expected] of claimsOf(json)) {
    const match = pattern.exec(text);
    if (match !== null) hold(place, match.slice(1).map(Number), expected);
  }
  const rests = [...text.matchAll(/The answer rests on (\d+) calls?[.;]/g)].map(([, calls]) => Number(calls));
  hold('cards of findings', rests, json.findings.slice(0, rests.length).map(({ calls }) => calls.length));
  const rows = csvParse(findingsCsv);
  hold('findings.csv, calls', rows.map(({ id, calls = '' }) => [id, calls === '' ? 0 : calls.split(' ; ').length]), json.findings.map(({ id, calls }) => [id, calls.length]));
  const listed = csvParse(inventoryCsv);
  hold('inventory, calls', listed.map((row) => Number(row['calls'])).sort((a, b) => a - b), json.endpoints.map(({ calls }) => calls).sort((a, b) => a - b));
  const figures = csvParse(kpisCsv);
  const accused = union(json.findings.filter(({ family, status }) => family === 'incident' && status !== 'dismissed').map(({ calls }) => calls));
  hold('calls in incidents', Number(figures.find(({ figure }) => figure === 'calls in incidents')?.['value']), accused);
  hold('calls in incidents of report.json', json.kpis.anomalousCalls, accused);
  hold('calls by kind', sum(Object.values(json.kpis.callsByKind)), json.coverage.withPrincipal);
  for (const { figure = '', value = '' } of figures) {
    const kpi = kpiAt(json.kpis, figure);
    if (kpi === undefined) hold(`figure ${figure}`, text.includes(`| ${figure} | ${value.replaceAll(/\u202f| (?=%)/g, '')} |`), true);
    else hold(`figure ${figure}`, value, kpi);
  }
  return { looked, wrong };
} // prettier-ignore
