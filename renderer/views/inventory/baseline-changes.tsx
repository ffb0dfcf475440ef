import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';

const CHANGE: Readonly<Record<BaselineDrift['change'], string>> = { new: 'new', gone: 'gone', more: 'more often', less: 'less often' };

const nameOf = ({ principal, endpoint }: BaselineDrift): string => [principal, endpoint].filter((name) => name !== undefined).join(' at ');

const queryOf = ({ principal, endpoint }: BaselineDrift): string =>
  [
    ...(principal === undefined ? [] : [matching('principal', principal)]),
    ...(endpoint === undefined ? [] : [matching('endpoint', endpoint)]),
  ].join(' and ');

/** Calls a day, with a fraction where there are few. */
const ratePerDay = (rate: number | undefined): string =>
  rate === undefined ? 'none' : rate.toLocaleString('en-US', { maximumFractionDigits: rate < 10 ? 2 : 0 });

/** What two baselines hold apart: who and what came, went, or calls at least twice or half as often. */
export function BaselineChanges({ drift }: { readonly drift: readonly BaselineDrift[] }) {
  const { shown, hidden, showMore } = useFirstRows(drift);
  return (
    <section className="inv-part">
      <h3>What is usual</h3>
      <p className="muted">
        {formatPlural(drift.length, 'difference')} between the baselines: came, went, or at least twice or half as many calls a day.
      </p>
      {drift.length === 0 ? null : (
        <table className="table inv-table">
          <thead>
            <tr>
              <th>Change</th>
              <th>Principal, endpoint</th>
              <th className="end">Calls a day before</th>
              <th className="end">after</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.what} ${nameOf(row)}`}>
                <td className="inv-nowrap">{CHANGE[row.change]}</td>
                <td className="inv-wide">
                  <MiddleText text={nameOf(row)} mono />
                </td>
                <td className="end">{ratePerDay(row.before)}</td>
                <td className="end">
                  {row.change === 'gone' ? 'none' : <GoLink to={toCalls(queryOf(row))}>{ratePerDay(row.after)}</GoLink>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows hidden={hidden} onMore={showMore} />
    </section>
  );
}
