import type { ReactNode } from 'react';
import type { CallSet, CallSetComparison } from '#shared/contract/call-sets.ts';
import { addClause } from '#shared/query/edit.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatDuration, formatShare } from '../../widgets/format.ts';
import { ByteCount, TimeText } from '../../widgets/numbers.tsx';
import { sideLabel, type SideName } from './sides.ts';

interface ComparedNumbersProps {
  readonly comparison: CallSetComparison;
  /** The queries of the two sides as they were asked. */
  readonly sides: Readonly<Record<SideName, string>>;
  /** The queries that they are named by. */
  readonly names: Readonly<Record<SideName, string>>;
}

interface Row {
  readonly title: string;
  readonly cell: (set: CallSet) => ReactNode;
  /** The condition of the calls behind the number; all of the side without it. */
  readonly clause?: string;
  readonly sort?: string;
}

const NUMBERS: readonly Row[] = [
  { title: 'Calls', cell: ({ calls }) => formatCount(calls) },
  { title: 'Failed', cell: ({ failed, calls }) => `${formatCount(failed)} (${formatShare(failed, calls)})`, clause: 'is:failed' },
  { title: 'Sent', cell: ({ reqBytes }) => <ByteCount value={reqBytes} />, clause: 'reqBytes > 0', sort: '-reqBytes' },
  { title: 'Received', cell: ({ resBytes }) => <ByteCount value={resBytes} />, clause: 'resBytes > 0', sort: '-resBytes' },
  { title: 'First (UTC)', cell: ({ first }) => <TimeText time={first} to="s" />, clause: 'has:time', sort: 'time' },
  { title: 'Last (UTC)', cell: ({ last }) => <TimeText time={last} to="s" />, clause: 'has:time', sort: '-time' },
  { title: 'From first to last', cell: spanOf, clause: 'has:time' },
];

function spanOf({ first, last }: CallSet): string {
  return first === undefined || last === undefined ? 'unknown' : formatDuration(Math.max(0, Date.parse(last) - Date.parse(first)));
}

/** How many values of a field a side has: those that both have, and those that it alone has. */
const distinctOf = (comparison: CallSetComparison, field: string, side: SideName): number => {
  const found = comparison.fields.find((each) => each.field === field);
  return found === undefined ? 0 : found.both + (side === 'left' ? found.onlyLeft : found.onlyRight);
};

const DISTINCT = [
  ['Principals', 'principal'],
  ['Endpoints', 'endpoint'],
  ['Hosts', 'host'],
  ['Credentials', 'credential'],
] as const;

/** Two sets of calls in numbers, each of which leads to its calls. */
export function ComparedNumbers({ comparison, sides, names }: ComparedNumbersProps) {
  const each = ['left', 'right'] as const;
  return (
    <table className="table compare-table">
      <thead>
        <tr>
          <th scope="col">Both sides in numbers</th>
          {each.map((side) => (
            <th key={side} scope="col" className="end compare-side">
              <GoLink to={toCalls(sides[side])}>
                <EvidenceText text={sideLabel(names[side])} />
              </GoLink>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NUMBERS.map(({ title, cell, clause, sort }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {each.map((side) => (
              <td key={side} className="end number">
                <GoLink to={{ ...toCalls(clause === undefined ? sides[side] : addClause(sides[side], clause)), sort }}>
                  {cell(comparison[side])}
                </GoLink>
              </td>
            ))}
          </tr>
        ))}
        {DISTINCT.map(([title, field]) => (
          <tr key={field}>
            <th scope="row">{title}</th>
            {each.map((side) => (
              <td key={side} className="end number">
                <GoLink to={toCalls(addClause(sides[side], `${field}:*`))}>{formatCount(distinctOf(comparison, field, side))}</GoLink>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
