import { useMemo } from 'react';
import type { Coverage } from '#shared/contract/rows.ts';
import { between, matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatCount } from '../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { DurationText, TimeText } from '../../widgets/numbers.tsx';
import { listStretches, startOf, type SourceCoverage } from './coverage-layout.ts';

/** A source's strip as a table: its stretches with calls, and the silence before each. */
export function CoverageTable({ coverage, source }: { readonly coverage: Coverage; readonly source: SourceCoverage }) {
  const stretches = useMemo(() => listStretches(source.calls), [source.calls]);
  const { shown, hidden, showMore } = useFirstRows(stretches);
  return (
    <div className="coverage-table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">From (UTC)</th>
            <th scope="col">To (UTC)</th>
            <th scope="col" className="end">
              Silent before
            </th>
            <th scope="col" className="end">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ from, to, calls }, index) => {
            const before = shown[index - 1]?.to;
            const [start, end] = [startOf(coverage, from), startOf(coverage, to)];
            return (
              <tr key={from}>
                <td className="cell-nowrap">
                  <TimeText time={start} to="min" />
                </td>
                <td className="cell-nowrap">
                  <TimeText time={end} to="min" />
                </td>
                <td className="end">{before === undefined ? null : <DurationText ms={(from - before) * coverage.binSeconds * 1000} />}</td>
                <td className="end">
                  <GoLink to={toCalls(`${matching('source', source.source)} ${between(start, end)}`)} className="link">
                    {formatCount(calls)}
                  </GoLink>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <MoreRows hidden={hidden} onMore={showMore} />
    </div>
  );
}
