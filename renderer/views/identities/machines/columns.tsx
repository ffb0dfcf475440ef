import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toCredential, toPrincipal } from '../../../state/places.ts';
import { formatCount } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import type { Column } from '../../../widgets/table/table-column.ts';
import type { SortValues } from '../parts/sort.ts';

/** A query for the calls of a link. */
export const queryOf = ({ principal, service, credential }: MachineLinkJson): string =>
  [
    matching('principal', principal),
    ...(service === undefined ? [] : [matching('host', service)]),
    credential === undefined ? 'not has:credential' : matching('credential', credential),
  ].join(' and ');

/** Every column of the machine map. */
export const linkColumns: readonly Column<MachineLinkJson>[] = [
  {
    id: 'caller',
    title: 'Principal',
    width: 'minmax(150px, 1.2fr)',
    sortable: true,
    cell: ({ principal, label }) => (
      <GoLink to={toPrincipal(principal)} title="Who this is and why">
        <MiddleText text={label} />
      </GoLink>
    ),
  },
  {
    id: 'service',
    title: 'Service',
    width: 'minmax(150px, 1.2fr)',
    sortable: true,
    cell: ({ service }) => (service === undefined ? <span className="faint">no host</span> : <MiddleText text={service} />),
  },
  {
    id: 'credential',
    title: 'Credential',
    width: '92px',
    sortable: true,
    cell: ({ credential }) =>
      credential === undefined ? (
        <span className="faint">none</span>
      ) : (
        <span className="mono">
          <GoLink to={toCredential(credential)}>{credential}</GoLink>
        </span>
      ),
  },
  {
    id: 'calls',
    title: 'Calls',
    width: '68px',
    align: 'end',
    sortable: true,
    cell: (link) => <GoLink to={toCalls(queryOf(link))}>{formatCount(link.calls)}</GoLink>,
  },
  {
    id: 'failed',
    title: 'Failed',
    width: '64px',
    align: 'end',
    sortable: true,
    cell: (link) =>
      link.failed === 0 ? (
        <span className="faint">0</span>
      ) : (
        <GoLink to={toCalls(`${queryOf(link)} and is:failed`)}>{formatCount(link.failed)}</GoLink>
      ),
  },
  {
    id: 'first',
    title: 'First seen (UTC)',
    width: '150px',
    sortable: true,
    cell: ({ firstSeen }) => <TimeText time={firstSeen} to="min" />,
  },
  { id: 'last', title: 'Last seen (UTC)', width: '150px', sortable: true, cell: ({ lastSeen }) => <TimeText time={lastSeen} to="min" /> },
];

/** Shown before the analyst chooses. */
export const USUAL_COLUMNS = ['caller', 'service', 'credential', 'calls', 'failed'] as const;

/** What each column is sorted by; until then the busiest links stand first. */
export const linkSorts: SortValues<MachineLinkJson> = {
  caller: { of: ({ label }) => label, rises: true },
  service: { of: ({ service }) => service ?? '', rises: true },
  credential: { of: ({ credential }) => credential ?? '', rises: true },
  calls: { of: ({ calls }) => calls },
  failed: { of: ({ failed }) => failed },
  first: { of: ({ firstSeen }) => firstSeen ?? '', rises: true },
  last: { of: ({ lastSeen }) => lastSeen ?? '' },
};

/** The links whose caller, service and credential hold every word. */
export function filterLinks(links: readonly MachineLinkJson[], text: string): readonly MachineLinkJson[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return links.filter(({ principal, label, service = 'no host', credential = 'none' }) => {
    const all = `${principal} ${label} ${service} ${credential}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
