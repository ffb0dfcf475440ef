import { durationText } from '../../../lib/duration.ts';
import type { EndpointJson, PrincipalJson } from '../../../contract/report-json.ts';
import type { NameGiver } from '../../../model/name-giver.ts';
import type { Block, Cell, Column } from '../blocks.ts';
import type { Section } from '../section.ts';
import { code, codeCell, codeList, count, minuteText, text, words } from '../text.ts';

/** A tagged table of more rows takes a browser minutes and megabytes to print. */
export const ROWS = 2000;
/** A shop has as many callers and tokens as visitors: on paper those that matter, all of them in report.json. */
export const IDENTITY_ROWS = 40;

const column = (name: string, align: 'start' | 'end' = 'start', width?: 'fit' | 'wide'): Column => ({
  text: name,
  align,
  ...(width === undefined ? {} : { width }),
});

function table<Row>(
  caption: string,
  head: readonly Column[],
  rows: readonly Row[],
  most: number,
  cells: (row: Row) => readonly Cell[],
): Block {
  return { kind: 'table', caption, head, rows: rows.slice(0, most).map(cells), omitted: Math.max(0, rows.length - most) };
}

/** Rows of higher weight first, else as they were. */
const byWeight = <Row>(rows: readonly Row[], weight: (row: Row) => number): readonly Row[] =>
  rows.toSorted((a, b) => weight(b) - weight(a));

/** How a caller is known, by rung of the attribution ladder; report.json has the whole reason of each. */
const RUNGS = [
  'signed and verified',
  'signed, not verifiable here',
  'name and address range agree',
  'name it gives itself',
  'SDK headers',
  'behaviour',
  'unknown',
] as const;

/** The rung of a name. */
const NAMED = 4;

const GIVEN_NAMES: Readonly<Record<NameGiver, string>> = {
  gateway: 'name that the gateway gives it',
  cloud: 'name that the cloud gives it',
  log: 'name in the log',
  application: 'name that the application gives it',
  caller: 'name it gives itself',
};

/** A name that a gateway gave to whom it let in is no word of the caller's own. */
const knownBy = ({ rung, namedBy }: PrincipalJson): string =>
  rung === NAMED && namedBy !== undefined ? GIVEN_NAMES[namedBy] : (RUNGS[rung - 1] ?? '–');

/** What an operation is called below its host. */
const withoutHost = ({ id, host }: EndpointJson): string => (host === '' ? id : id.replace(` ${host}`, ' '));

const sensitivityText = ({ sensitivity, override }: EndpointJson): string =>
  override === undefined ? sensitivity : `${sensitivity}, set by hand (was ${override.workedOut}): ${override.reason}`;

const operationRow = (row: EndpointJson): readonly Cell[] => [
  [code(withoutHost(row))],
  [text(row.spec === 'no-spec' ? 'none given' : row.spec)],
  words(sensitivityText(row)),
  words([...new Set(row.dataTypes.map((seen) => seen.type))].sort().slice(0, 6).join(', ') || '–'),
  words(count(row.agents)),
  words(count(row.calls)),
];

/** Operations under their hosts, so that a host is written once. */
function operations(endpoints: readonly EndpointJson[]): Block {
  const shown = endpoints.slice(0, ROWS);
  let host: string | undefined;
  return {
    kind: 'table',
    caption: `Endpoints: ${count(endpoints.length)}`,
    head: [
      column('Endpoint'),
      column('Described', 'start', 'fit'),
      column('Data', 'start'),
      column('Types', 'start', 'wide'),
      column('Agents', 'end', 'fit'),
      column('Calls', 'end', 'fit'),
    ],
    rows: shown.flatMap((row) => {
      const head: readonly (readonly Cell[])[] = row.host === host ? [] : [[row.host === '' ? words('No host in the records') : [code(row.host)]]];
      host = row.host;
      return [...head, operationRow(row)];
    }),
    omitted: endpoints.length - shown.length,
    rest: 'spoor report CASE --format inventory has them all as CSV, report.json too',
  };
} // prettier-ignore

/** Who called, with what, and which operations: the lists behind the numbers. */
export const inventory: Section = {
  id: 'inventory',
  title: 'Inventory',
  part: 'annex',
  build: ({ json }) => {
    const named = new Set(json.findings.flatMap((finding) => [...finding.principals, ...finding.credentials]));
    const labels = new Map(json.principals.map((principal) => [principal.id, principal.label]));
    const hopping = json.principals.some(({ hops }) => (hops ?? 0) > 0);
    return [
      table(
        'Principals: those of findings, then agents, then the busiest',
        [
          column('Principal'),
          column('Kind', 'start', 'fit'),
          column('Known by'),
          column('Credentials'),
          column('Calls', 'end', 'fit'),
          ...(hopping ? [column('Inner hops', 'end', 'fit')] : []),
          column('Last seen (UTC)', 'start', 'fit'),
        ],
        byWeight(json.principals, (row) => (named.has(row.id) ? 2 : 0) + (row.kind === 'agent' ? 1 : 0)),
        IDENTITY_ROWS,
        (row) => [
          [code(row.label)],
          [text(row.kind === 'human' ? (row.weak ? 'visitor' : 'person') : row.kind)],
          words(knownBy(row)),
          codeList(row.credentials, 2),
          words(count(row.calls)),
          ...(hopping ? [words(count(row.hops ?? 0))] : []),
          words(row.lastSeen === undefined ? '–' : minuteText(row.lastSeen)),
        ],
      ),
      table(
        'Credentials, masked: those of findings, then those with weaknesses',
        [
          column('Id', 'start', 'fit'),
          column('Mask'),
          column('Principal'),
          column('Lifetime', 'end', 'fit'),
          column('Expires (UTC)', 'start', 'fit'),
          column('Weaknesses'),
        ],
        byWeight(json.credentials, (row) => (named.has(row.id) ? 2 : 0) + (row.issues.length > 0 ? 1 : 0)),
        IDENTITY_ROWS,
        (row) => [
          [code(row.id)],
          codeCell(row.masked),
          codeCell(row.principal === undefined ? undefined : (labels.get(row.principal) ?? row.principal)),
          words(row.lifetimeSeconds === undefined ? '–' : durationText(row.lifetimeSeconds)),
          words(row.expiresAt === undefined ? '–' : minuteText(row.expiresAt)),
          words(row.issues.length === 0 ? 'none seen' : row.issues.join(', ')),
        ],
      ),
      operations(json.endpoints),
    ];
  },
};
