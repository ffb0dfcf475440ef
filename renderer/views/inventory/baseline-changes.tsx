import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { callsAfter, callsBefore, type UsualTime } from '../../query/drift-calls.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatPlural, formatRate } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';

const CHANGE: Readonly<Record<BaselineDrift['change'], string>> = { new: 'new', gone: 'gone', more: 'more often', less: 'less often' };

const nameOf = ({ host, principal, endpoint }: BaselineDrift): string =>
  [host, principal, endpoint].filter((name) => name !== undefined).join(' at ');

interface BaselineChangesProps {
  readonly drift: readonly BaselineDrift[];
  readonly usual: UsualTime;
}

/** What two baselines hold apart: who and what came, went, or calls at least twice or half as often. */
export function BaselineChanges({ drift, usual }: BaselineChangesProps) {
  const { shown, hidden, showMore } = useFirstRows(drift);
  return (
    <section className="inv-part">
      <h3>What changed against the baseline</h3>
      <p className="muted">
        {formatPlural(drift.length, 'difference')}: came, stayed away though calls were due, or at least twice or half as many calls a day.
      </p>
      {drift.length === 0 ? null : (
        <table className="table inv-table">
          <thead>
            <tr>
              <th>Change</th>
              <th>Host, principal, endpoint</th>
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
                <RateCell rate={row.before} query={callsBefore(row, usual)} />
                <RateCell rate={row.after} query={callsAfter(row, usual)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows hidden={hidden} onMore={showMore} />
    </section>
  );
}

/** A rate that leads to its calls. A pair that came has calls whose rate nobody counted. */
function RateCell({ rate, query }: { readonly rate: number | undefined; readonly query: string | undefined }) {
  const told = rate === undefined && query !== undefined ? 'calls' : formatRate(rate);
  return <td className="end">{query === undefined ? told : <GoLink to={toCalls(query)}>{told}</GoLink>}</td>;
}
