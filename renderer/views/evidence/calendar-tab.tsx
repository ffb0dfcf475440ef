import { useMemo, useState } from 'react';
import type { Coverage } from '#shared/contract/rows.ts';
import { between, matching } from '../../query/queries.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { countSilent, toCalendar, type Calendar, type CalendarCell } from './calendar.ts';

/** Slices asked for: hours for the first 83 days, days beyond. */
const BINS = 2000;

/** The coverage calendar: by day and hour when the evidence has calls, and when it is silent. */
export function CalendarTab() {
  const coverage = useEngineQuery('sources.coverage', { bins: BINS });
  return (
    <Answer query={coverage} what="the coverage of the evidence" lines={8}>
      {(data) => <Filled coverage={data} />}
    </Answer>
  );
}

function Filled({ coverage }: { readonly coverage: Coverage }) {
  const [source, setSource] = useState<string | undefined>(undefined);
  const calendar = useMemo(() => toCalendar(coverage, source), [coverage, source]);
  if (calendar === undefined)
    return (
      <EmptyState title="No calendar can be drawn">
        {coverage.window === undefined ? 'No call of this case has a time.' : 'The evidence spans more days than a calendar can show: see the strips of the sources.'}
      </EmptyState>
    ); // prettier-ignore
  const silent = countSilent(calendar);
  return (
    <>
      <div className="calendar-head">
        <label>
          Calls of{' '}
          <select
            className="field"
            value={source ?? ''}
            onChange={(event) => {
              setSource(event.target.value === '' ? undefined : event.target.value);
            }}
          >
            <option value="">all sources</option>
            {coverage.sources.map(({ source: name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className="muted" role="status">
          {silent === 0
            ? `No ${calendar.kind === 'hours' ? 'hour' : 'day'} is silent`
            : `${formatPlural(silent, calendar.kind === 'hours' ? 'hour' : 'day')} without a call`}
        </span>
        <span className="muted">Times in UTC; darker is more; hatched is silent</span>
      </div>
      <Grid calendar={calendar} source={source} />
    </>
  );
}

function Grid({ calendar, source }: { readonly calendar: Calendar; readonly source: string | undefined }) {
  const { shown, hidden, showMore } = useFirstRows(calendar.rows);
  return (
    <div className="table-scroll calendar" tabIndex={0} role="region" aria-label="Coverage calendar">
      <table className={`calendar-table calendar-${calendar.kind}`}>
        <thead>
          <tr>
            <th scope="col">{calendar.kind === 'hours' ? 'Day (UTC)' : 'Week of (UTC)'}</th>
            {calendar.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell) => (
                <Field key={cell.from} cell={cell} source={source} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MoreRows hidden={hidden} onMore={showMore} />
    </div>
  );
}

function Field({ cell: { from, to, calls, silent, level, outside }, source }: { readonly cell: CalendarCell; readonly source: string | undefined }) {
  if (outside) return <td />;
  if (silent)
    return (
      <td className="calendar-silent" title={`Silent from ${formatTime(from, 'min')}`}>
        <span className="visually-hidden">silent</span>
      </td>
    );
  const where = source === undefined ? '' : `${matching('seenIn', source)} `;
  return (
    <td className={`calendar-level-${String(level)}`}>
      {calls === 0 ? (
        <span className="faint" title="Only other sightings of calls that stand beside it">0</span>
      ) : (
        <GoLink to={toCalls(`${where}${between(from, to)}`)} className="calendar-link" title={`${formatPlural(calls, 'call')} from ${formatTime(from, 'min')}`}>
          {formatCount(calls)}
        </GoLink>
      )}
    </td>
  );
} // prettier-ignore
