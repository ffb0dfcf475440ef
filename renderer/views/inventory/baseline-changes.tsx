import type { ReactNode } from 'react';
import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { callsAfter, callsBefore, type UsualTime } from '../../query/drift-calls.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatCount, formatPlural, formatRate } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';

const CHANGE: Readonly<Record<BaselineDrift['change'], string>> = { new: 'new', gone: 'gone', more: 'more often', less: 'less often' };

const nameOf = ({ host, principal, endpoint }: BaselineDrift): string =>
  [host, principal, endpoint].filter((name) => name !== undefined).join(' at ');

interface BaselineChangesProps {
  readonly drift: readonly BaselineDrift[];
  readonly usual: UsualTime;
  /** Stands under the heading. */
  readonly children?: ReactNode;
}

/** What two baselines hold apart: who and what came, went, or calls at least twice or half as often. */
export function BaselineChanges({ drift, usual, children }: BaselineChangesProps) {
  const { shown, hidden, showMore } = useFirstRows(drift);
  return (
    <section className="inv-part">
      <h3>What changed against the baseline</h3>
      {children}
      <p className="muted">
        {formatPlural(drift.length, 'difference')}: came, stayed away though calls were due, or at least twice or half as many calls a day.
      </p>
      {drift.length === 0 ? null : (
        <table className="table inv-table">
          <thead>
            <tr>
              <th>Change</th>
              <th>Host, principal, endpoint</th>
              <th className="end">Calls before</th>
              <th className="end">a day</th>
              <th className="end">Calls after</th>
              <th className="end">a day</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.what} ${nameOf(row)}`}>
                <td className="inv-nowrap">{CHANGE[row.change]}</td>
                <td className="inv-wide">
                  <MiddleText text={nameOf(row)} mono />
                </td>
                <CallsCell calls={row.callsBefore} query={callsBefore(row, usual)} />
                <td className="end muted">{formatRate(row.before)}</td>
                <CallsCell calls={row.callsAfter} query={callsAfter(row, usual)} />
                <td className="end muted">{formatRate(row.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows hidden={hidden} onMore={showMore} />
    </section>
  );
}

interface CallsCellProps {
  /** Undefined where there was none, or nobody counted them. */
  readonly calls: number | undefined;
  /** Undefined where this case does not hold them. */
  readonly query: string | undefined;
}

/** A count of calls that leads to them. */
function CallsCell({ calls, query }: CallsCellProps) {
  if (query === undefined) return <td className="end">{calls === undefined ? 'none' : formatCount(calls)}</td>;
  return (
    <td className="end">
      <GoLink to={toCalls(query)}>{calls === undefined ? 'its calls' : formatCount(calls)}</GoLink>
    </td>
  );
}
