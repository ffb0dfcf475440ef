import type { ReactNode } from 'react';
import type { Change, ComparedEndpoint, ComparedPrincipal, ComparedSide, Comparison, Differences } from '#shared/contract/compare.ts';
import { goneCounts, goneState } from '#shared/model/gone-finding.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { between, matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls, toEndpoint, toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { BaselineChanges } from './baseline-changes.tsx';
import { ComparedFigures } from './compared-figures.tsx';
import type { TimeWindow } from './compare-choice.ts';
import { LevelMark, SpecMark } from './marks.tsx';

interface ComparisonResultProps {
  readonly comparison: Comparison;
  readonly stale: boolean;
  /** The windows of this case that were compared: then what is gone is in this case, too. Absent for another case. */
  readonly windows?: { readonly before: TimeWindow; readonly after: TimeWindow };
}

/** Calls of a window that fit a query; without a window of the whole case. Units: µs. */
const within = (query: string, window: TimeWindow | undefined): string =>
  window === undefined ? query : `${query} and ${between(printTime(epochMicros(window.from)), printTime(epochMicros(window.to)))}`;

/** What a comparison found: endpoints, callers, kinds of data, and of two cases findings and what is usual. */
export function ComparisonResult({ comparison, stale, windows }: ComparisonResultProps) {
  const { before, after, endpoints, principals, dataTypes, findings, figures, baseline } = comparison;
  return (
    <div className={stale ? 'inv-compared stale' : 'inv-compared'} aria-busy={stale}>
      <p>
        <Side side={before} /> before, <Side side={after} /> after.
      </p>
      <Part
        title="Endpoints"
        differences={endpoints}
        query={(id) => matching('endpoint', id)}
        windows={windows}
        row={(item, isGone) => <EndpointName endpoint={item} isGone={isGone && windows === undefined} />}
      />
      <Part
        title="Principals"
        differences={principals}
        query={(id) => matching('principal', id)}
        windows={windows}
        row={(item, isGone) => <CallerName caller={item} isGone={isGone && windows === undefined} />}
      />
      <section className="inv-part">
        <h3>Kinds of data</h3>
        <p>
          New: {dataTypes.new.join(', ') || 'none'}. Gone: {dataTypes.gone.join(', ') || 'none'}.
        </p>
      </section>
      {findings === undefined ? (
        <p className="muted">Findings are of a whole case and are not compared between windows.</p>
      ) : (
        <Findings findings={findings} />
      )}
      {figures === undefined ? null : <ComparedFigures figures={figures} />}
      {baseline === undefined ? null : <BaselineChanges drift={baseline} usual={{ until: undefined }} />}
    </div>
  );
}

function Side({ side: { calls, window } }: { readonly side: ComparedSide }) {
  const span = window === undefined ? '' : ` from ${formatTime(window[0], 'min')} to ${formatTime(window[1], 'min')} UTC`;
  return <>{`${formatPlural(calls, 'call')}${span}`}</>;
}

interface PartProps<T> {
  readonly title: string;
  readonly differences: Differences<T>;
  readonly row: (item: T, isGone: boolean) => ReactNode;
  /** Finds the calls of one of them. */
  readonly query: (id: string) => string;
  readonly windows: ComparisonResultProps['windows'];
}

function Part<T extends ComparedEndpoint | ComparedPrincipal>({ title, differences: { new: come, gone, changed, same }, row, query, windows }: PartProps<T>) {
  const rows = [
    ...come.map((item) => ({ state: 'new', item, changes: [] as readonly Change[] })),
    ...gone.map((item) => ({ state: 'gone', item, changes: [] as readonly Change[] })),
    ...changed.map(({ after, changes }) => ({ state: 'changed', item: after, changes })),
  ];
  const { shown, hidden, showMore } = useFirstRows(rows);
  return (
    <section className="inv-part">
      <h3>{title}</h3>
      <p className="muted">
        {formatCount(come.length)} new, {formatCount(gone.length)} gone, {formatCount(changed.length)} changed, {formatCount(same)} as before.
      </p>
      {rows.length === 0 ? null : (
        <table className="table inv-table">
          <tbody>
            {shown.map(({ state, item, changes }) => (
              <tr key={`${state} ${item.id}`}>
                <td className="inv-nowrap">{state}</td>
                <td className="inv-wide">
                  {row(item, state === 'gone')}
                  {changes.map((change) => (
                    <ChangeLine key={change.what} change={change} />
                  ))}
                </td>
                <td className="end">
                  {state === 'gone' && windows === undefined ? formatCount(item.calls) : <GoLink to={toCalls(within(query(item.id), state === 'gone' ? windows?.before : windows?.after))}>{formatCount(item.calls)}</GoLink>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows hidden={hidden} onMore={showMore} />
    </section>
  );
} // prettier-ignore

const WHAT: Readonly<Record<string, string>> = {
  spec: 'state',
  sensitivity: 'sensitivity',
  flags: 'can do',
  auth: 'authentication',
  dataTypes: 'fields with data',
  kind: 'kind',
};

function ChangeLine({ change: { what, before, after } }: { readonly change: Change }) {
  return (
    <p className="inv-change muted">
      {WHAT[what] ?? what}: {before === '' ? null : <><s><EvidenceText text={before} /></s>{' '}</>}
      {after === '' ? 'no more' : <EvidenceText text={after} />}
    </p>
  );
} // prettier-ignore

function EndpointName({ endpoint: { id, spec, sensitivity }, isGone }: { readonly endpoint: ComparedEndpoint; readonly isGone: boolean }) {
  return (
    <span className="inv-marks">
      {isGone ? <MiddleText text={id} mono /> : <GoLink to={toEndpoint(id)}><MiddleText text={id} mono /></GoLink>}
      <SpecMark spec={spec} />
      <LevelMark level={sensitivity} />
    </span>
  );
} // prettier-ignore

function CallerName({ caller: { id, label, kind }, isGone }: { readonly caller: ComparedPrincipal; readonly isGone: boolean }) {
  return (
    <span className="inv-marks">
      {isGone ? <EvidenceText text={label} /> : <GoLink to={toCalls(matching('principal', id))}><EvidenceText text={label} /></GoLink>}
      <span className="muted">{kind}</span>
    </span>
  );
} // prettier-ignore

function Findings({ findings: { fixed, new: come, persisting } }: { readonly findings: NonNullable<Comparison['findings']> }) {
  const rows = [
    ...come.map((finding) => ({ state: 'new', finding })),
    ...persisting.map((finding) => ({ state: 'persisting', finding })),
    ...fixed.map((finding) => ({ state: goneState(finding), finding })),
  ];
  return (
    <section className="inv-part">
      <h3>Findings</h3>
      <p className="muted">
        {goneCounts(fixed, formatCount)}, {formatCount(come.length)} new, {formatCount(persisting.length)} persisting.
      </p>
      <table className="table inv-table">
        <tbody>
          {rows.map(({ state, finding: { id, title, severity } }) => (
            <tr key={`${state} ${id}`}>
              <td className="inv-nowrap">{state}</td>
              <td className="inv-nowrap"><SeverityMark severity={severity} /></td>
              <td className="inv-wide">
                {state === 'new' || state === 'persisting' ? <GoLink to={toFinding(id)}><EvidenceText text={title} /></GoLink> : <EvidenceText text={title} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
} // prettier-ignore
