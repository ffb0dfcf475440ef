import type { WeekOfGrowth } from '#shared/contract/compare.ts';
import { between } from '../../query/queries.ts';
import { CountLink } from '../../state/count-link.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { toPrincipalsOf, toCalls } from '../../state/places.ts';
import { parseMomentText, printChoice } from './compare-choice.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';

/** Units: µs. */
const WEEK = 7 * 86_400_000_000;

/** The week before against a week: what its new ones are. */
function againstWeekBefore(week: number): string {
  return printChoice({ kind: 'windows', before: { from: week - WEEK, to: week }, after: { from: week, to: week + WEEK } });
}

/** Calls, endpoints, callers and agents of every week, with those that had not been seen before. */
export function GrowthTable({ weeks }: { readonly weeks: readonly WeekOfGrowth[] }) {
  if (weeks.length === 0) return <p className="muted">No call of this case has a time, so nothing can be said by week.</p>;
  return (
    <table className="table inv-table inv-growth">
      <thead>
        <tr>
          <th scope="col">Week from (UTC)</th>
          {['Calls', 'Endpoints', 'new', 'Principals', 'new', 'Agents', 'new'].map((word, index) => (
            <th key={index} scope="col" className="end">
              {word}
            </th>
          ))}
          <th scope="col">Which ones</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <WeekRow key={week.week} week={week} isFirst={index === 0} />
        ))}
      </tbody>
    </table>
  );
}

function WeekRow({ week, isFirst }: { readonly week: WeekOfGrowth; readonly isFirst: boolean }) {
  const start = parseMomentText(week.week) ?? 0;
  const calls = between(week.week, printTime(epochMicros(start + WEEK)));
  const newOnes = isFirst ? undefined : { compare: againstWeekBefore(start) };
  const numbers = [
    [week.endpoints, toPrincipalsOf(calls)],
    [week.newEndpoints, newOnes],
    [week.callers, toPrincipalsOf(calls)],
    [week.newCallers, newOnes],
    [week.agents, toPrincipalsOf(`${calls} and kind:agent`)],
    [week.newAgents, newOnes],
  ] as const;
  return (
    <tr>
      <td className="inv-nowrap">{week.week.slice(0, 10)}</td>
      <td className="end">
        <CountLink count={week.calls} to={toCalls(calls)} title="Show the calls of this week" />
      </td>
      {numbers.map(([count, to], index) => (
        <td key={index} className="end">
          <CountLink count={count} to={to} />
        </td>
      ))}
      <td className="inv-nowrap">
        {isFirst ? (
          <span className="faint">the first week: all are new</span>
        ) : (
          <GoLink to={{ compare: againstWeekBefore(start) }}>Compare with the week before</GoLink>
        )}
      </td>
    </tr>
  );
}
