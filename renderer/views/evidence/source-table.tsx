import { useMemo, type KeyboardEvent } from 'react';
import type { Coverage, SourceRow } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { matching } from '../../query/queries.ts';
import { useFormatTitles } from '../../query/use-titles.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { select } from '../../state/selection.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatTime } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { ByteCount } from '../../widgets/numbers.tsx';
import { sharedArchive } from '../../widgets/shared-archive.ts';
import type { SourceCoverage } from './coverage-layout.ts';
import { CoverageStrip } from './coverage-strip.tsx';
import { recordsBalance } from './ledger.ts';
import { Balance } from './ledger-bar.tsx';
import { likelyZone } from '#shared/model/likely-zone.ts';
import { isReadable, stateOf } from './source-state.ts';
import { StateMark } from './state-mark.tsx';
import { clockWords, skewSeconds } from './two-sides/words.ts';

/** What the analyst wants done with a source. */
export type SourceAction = 'read-as' | 'set-zone' | 'withdraw';

interface SourceTableProps {
  readonly sources: readonly SourceRow[];
  readonly selected: string | undefined;
  readonly coverage: Coverage | undefined;
  readonly onAction: (action: SourceAction, source: SourceRow) => void;
}

/** One row per source, its calls on a time axis that all share; choosing one narrows the list below to it. */
export function SourceTable({ sources, selected, coverage, onAction }: SourceTableProps) {
  const { shown, hidden, showMore } = useFirstRows(sources);
  const within = sharedArchive(sources.map(({ name }) => name));
  const bySource = useMemo(() => new Map(coverage?.sources.map((each) => [each.source, each])), [coverage]);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Sources">
      <table className="table source-table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Format</th>
            <th scope="col">State</th>
            <th scope="col" className="head-coverage">
              <CoverageAxis coverage={coverage} />
            </th>
            <th scope="col" className="end">
              Records
            </th>
            <th scope="col" className="end">
              Accepted
            </th>
            <th scope="col" className="end">
              Rejected
            </th>
            <th scope="col" className="end">
              Skipped
            </th>
            <th scope="col">
              <span className="visually-hidden">Ledger</span>
            </th>
            <th scope="col" className="end">
              Bytes
            </th>
            <th scope="col">Time zone</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((source) => (
            <SourceLine
              key={source.id}
              source={source}
              within={within}
              selected={source.name === selected}
              coverage={coverage}
              calls={bySource.get(source.name)}
              onAction={onAction}
            />
          ))}
        </tbody>
      </table>
      <MoreRows hidden={hidden} onMore={showMore} />
    </div>
  );
}

/** The ends of the axis that the strips below share; to the minute where they lie in one day, for its tooltip says them in full. */
function CoverageAxis({ coverage }: { readonly coverage: Coverage | undefined }) {
  const [from, to] = coverage?.window ?? [];
  const how = 'Darker is more, each source by its own peak; a dotted line is a silence.';
  if (from === undefined || to === undefined) {
    return (
      <span className="coverage-axis" title={how}>
        Calls over time
      </span>
    );
  }
  const unit = formatTime(from, 'day') === formatTime(to, 'day') ? 'min' : 'day';
  return (
    <span className="coverage-axis" title={`Calls over time, ${formatTime(from, 'min')} to ${formatTime(to, 'min')} UTC. ${how}`}>
      <span className="visually-hidden">Calls over time, from </span>
      <span>{formatTime(from, unit)}</span>
      <span className="visually-hidden"> to </span>
      <span>{formatTime(to, unit)} UTC</span>
    </span>
  );
}

/** Of a member of an archive its own path stays in sight, as far as the column holds it. Units: characters. */
const tailOf = (name: string): number => Math.min(MEMBER, Math.max(22, name.length - name.lastIndexOf('!') - 1));
const MEMBER = 28;

/** Arrow keys go from one source's button to the next. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.currentTarget.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector<HTMLButtonElement>('.row-button');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
}

interface SourceLineProps extends Pick<SourceTableProps, 'coverage' | 'onAction'> {
  readonly source: SourceRow;
  /** The start of the name that all rows share and none shows. */
  readonly within: string;
  readonly selected: boolean;
  readonly calls: SourceCoverage | undefined;
}

function SourceLine({ source, within, selected, coverage, calls, onAction }: SourceLineProps) {
  const choose = (): void => {
    select({ source: selected ? undefined : source.name });
  };
  const looks = [selected ? 'selected' : '', source.state === 'withdrawn' ? 'source-out' : ''].filter((each) => each !== '').join(' ');
  return (
    <tr className={looks === '' ? undefined : looks} onClick={choose}>
      <td className="cell-source">
        <button
          type="button"
          className="row-button"
          aria-pressed={selected}
          // Its two halves would be read with a pause between them.
          aria-label={toVisibleText(source.name)}
          title={toVisibleText(source.name)}
          onKeyDown={moveFocus}
          onClick={(event) => {
            event.stopPropagation();
            choose();
          }}
        >
          <MiddleText text={source.name.slice(within.length)} mono tail={tailOf(source.name)} />
        </button>
      </td>
      <td className="cell-format">
        <FormatCell source={source} onAction={onAction} />
      </td>
      <td className="cell-nowrap">
        <StateMark state={stateOf(source)} />
      </td>
      <td className="cell-coverage">
        {coverage !== undefined && calls !== undefined ? (
          <CoverageStrip coverage={coverage} source={calls} />
        ) : (
          <span className="coverage-none faint" title={toVisibleText(source.evidence)}>
            <EvidenceText text={source.evidence} />
          </span>
        )}
      </td>
      <td className="end">{formatCount(source.records)}</td>
      <td
        className="end"
        onClick={(event) => {
          // The link leaves the screen; the row's choice would only add to its address.
          event.stopPropagation();
        }}
      >
        {calls === undefined ? (
          formatCount(source.accepted)
        ) : (
          <GoLink to={toCalls(matching('seenIn', source.name))} title="Show the calls of this source">
            {formatCount(source.accepted)}
          </GoLink>
        )}
      </td>
      <td className="end">{source.rejected === 0 ? <span className="faint">0</span> : <b>{formatCount(source.rejected)}</b>}</td>
      <td className="end">{source.skipped === 0 ? <span className="faint">0</span> : formatCount(source.skipped)}</td>
      <td>
        <Balance holds={recordsBalance(source)} word={false} />
      </td>
      <td className="end">
        <ByteCount value={source.bytes} />
      </td>
      <td>
        <ZoneCell source={source} onAction={onAction} />
      </td>
    </tr>
  );
}

type CellProps = Pick<SourceLineProps, 'source' | 'onAction'>;

/** What a row's own button does; the row's choice stays as it is. */
function RowAction({ source, onAction, action, children }: CellProps & { readonly action: SourceAction; readonly children: string }) {
  const readOnly = useReadOnly();
  return (
    <button
      type="button"
      className="link"
      disabled={readOnly !== undefined}
      title={readOnly}
      aria-label={`${children} ${toVisibleText(source.name)}`}
      onClick={(event) => {
        event.stopPropagation();
        onAction(action, source);
      }}
    >
      {children}
    </button>
  );
}

function FormatCell({ source, onAction }: CellProps) {
  const titleOf = useFormatTitles();
  if (source.format === undefined) {
    if (source.state !== 'complete') return <span className="faint">–</span>;
    return (
      <RowAction source={source} onAction={onAction} action="read-as">
        Read as…
      </RowAction>
    );
  }
  const title = titleOf(source.format);
  const brackets = title.indexOf(' (');
  const layers = source.notes.filter((note) => note.startsWith('The records stood inside '));
  return (
    <span className="format-cell" title={toVisibleText(`${title}: ${source.evidence}`)}>
      <span className="format-id">
        <span>
          <EvidenceText text={brackets < 0 ? title : title.slice(0, brackets)} />
        </span>
        {brackets < 0 ? null : <span className="muted">{title.slice(brackets + 1)}</span>}
      </span>
      {layers.length === 0 ? null : (
        <span className="tag" title={layers.join(' ')}>
          wrapped
        </span>
      )}
      {source.recognizedBy === 'override' ? <span className="tag">by hand</span> : null}
    </span>
  );
}

/** A clock that is less wrong than this stands in the source's facts only. Units: ms. */
const LEAST_SKEW_SHOWN = 1000;

function ZoneCell({ source, onAction }: CellProps) {
  return (
    <span className="zone-cell">
      <Zone source={source} onAction={onAction} />
      {source.clockAheadMs === undefined || Math.abs(source.clockAheadMs) < LEAST_SKEW_SHOWN ? null : (
        <span className="tag number" title={clockWords(source)}>
          {likelyZone(source) === undefined ? `clock ${skewSeconds(source.clockAheadMs)}` : `likely UTC${likelyZone(source) ?? ''}`}
        </span>
      )}
    </span>
  );
}

function Zone({ source, onAction }: CellProps) {
  if (source.timezone === 'none') return <span className="faint">no times</span>;
  if (source.timezone === 'in the data') return <span className="muted">in the data</span>;
  const isAssumed = source.timezone === 'assumed UTC';
  return (
    <>
      <span className={isAssumed ? 'zone-assumed' : 'muted'}>{isAssumed ? 'assumed UTC' : `given: ${source.zone ?? ''}`}</span>
      {isReadable(source) ? (
        <RowAction source={source} onAction={onAction} action="set-zone">
          {isAssumed ? 'Set the zone…' : 'Change…'}
        </RowAction>
      ) : null}
    </>
  );
}
