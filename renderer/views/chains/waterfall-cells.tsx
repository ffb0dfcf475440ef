import { ChevronDown, ChevronRight, Hourglass } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import { placeOf } from '#shared/model/call-place.ts';
import type { UsualTime } from '#shared/model/usual-time.ts';
import { foldFacts, foldTemplate, templateOf } from '../../charts/graph/fold-facts.ts';
import type { TreeRow } from '../../charts/graph/chain-tree.ts';
import { startOf } from '../../charts/time/frame.ts';
import { MarksOf } from '../../review/marks-of.tsx';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { ClockMark } from '../../widgets/common-time.tsx';
import { AnswerText } from '../../widgets/answer-text.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatDuration, formatPlural } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { DurationText } from '../../widgets/numbers.tsx';
import { SeverityShape, worstSeverity } from '../../widgets/severity-mark.tsx';
import { foldWords, statusSplit } from './fold-words.ts';

/** Deepest indent; deeper rows say their depth instead. */
const MAX_INDENT = 8;
const INDENT = 14;

interface NameCellProps {
  readonly row: TreeRow;
  /** True for a row that the critical path goes through, while that is marked. */
  readonly isCritical: boolean;
  readonly onToggle: (key: string) => void;
}

/** The call of a row, or what its folded calls have in common, indented under its cause. */
export function NameCell({ row, isCritical, onToggle }: NameCellProps) {
  const [first] = row.calls;
  const style: CSSProperties = { paddingInlineStart: Math.min(row.depth, MAX_INDENT) * INDENT };
  const text =
    row.kind === 'fold' ? foldTemplate(row.fold, placeOf) : first.path === undefined ? templateOf(first, placeOf(first)) : placeOf(first);
  const severity = worstSeverity(row.calls);
  return (
    <div className="wname" style={style}>
      {row.depth > MAX_INDENT ? (
        <span className="wcrumb" title={`${String(row.depth)} levels deep`}>
          …{row.depth}
        </span>
      ) : null}
      <Toggle row={row} onToggle={onToggle} />
      <KindMark kind={first.kind ?? 'unknown'} />
      <span className="mono muted">
        <EvidenceText text={first.method ?? ''} />
      </span>
      <MiddleText text={text} mono tail={16} />
      {isCritical ? <span className="visually-hidden">on the critical path</span> : null}
      {row.kind === 'fold' ? (
        <>
          <span className="wcount">×{formatCount(row.calls.length)}</span>
          <span className="wfold muted">{foldWords(foldFacts(row.fold))}</span>
        </>
      ) : null}
      {severity === undefined ? null : (
        <svg
          className="wfinding"
          width="12"
          height="12"
          viewBox="0 0 12 12"
          role="img"
          aria-label={`named by a finding of severity ${severity}`}
        >
          <SeverityShape severity={severity} />
        </svg>
      )}
      <ClockMark call={first} />
      <MarksOf calls={row.calls} />
      <span className="whost faint">
        <EvidenceText isHost text={first.host ?? ''} />
      </span>
    </div>
  );
}

function Toggle({ row, onToggle }: { readonly row: TreeRow; readonly onToggle: (key: string) => void }) {
  if (row.expanded === undefined) return <span className="wtoggle" />;
  const Arrow = row.expanded ? ChevronDown : ChevronRight;
  const label =
    row.kind === 'fold' ? (row.expanded ? 'Fold again' : `Show all ${String(row.calls.length)}`) : row.expanded ? 'Close' : 'Open';
  return (
    <button
      type="button"
      className="wtoggle"
      tabIndex={-1}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.key);
      }}
    >
      <Arrow size={14} strokeWidth={1.5} aria-hidden="true" />
    </button>
  );
}

/** How the row hangs under its cause: a button that shows the proof. */
export function EdgeCell({ row, onEdge }: { readonly row: TreeRow; readonly onEdge: (edge: EdgeJson) => void }) {
  const edge = row.kind === 'call' ? row.node.edge : row.fold.members[0]?.edge;
  if (edge === undefined) return null;
  return (
    <button
      type="button"
      className="wedge"
      tabIndex={-1}
      aria-label={`Proof: ${EDGE_WORDS[edge.kind]}`}
      title={`${EDGE_WORDS[edge.kind]}, ${String(Math.round(edge.confidence * 100))} %: show the proof`}
      onClick={(event) => {
        event.stopPropagation();
        onEdge(edge);
      }}
    >
      <EdgeLineMark kind={edge.kinds.includes('value') ? 'value' : edge.kind} />
    </button>
  );
}

/** The answer; of a fold the most frequent one, and that there are others. */
export function StatusCell({ row }: { readonly row: TreeRow }) {
  if (row.kind === 'call') return <AnswerText call={row.node.call} />;
  const facts = foldFacts(row.fold);
  const { answers, failed } = facts;
  const first = answers[0]?.[0] ?? '';
  if (first === '' && answers.length <= 1) return null;
  return (
    <span title={statusSplit(facts)} className={failed > 0 ? 'status-bad' : undefined}>
      {first === '' ? '–' : first}
      {answers.length > 1 ? '…' : ''}
    </span>
  );
}

/** How long a call took; for a fold, from the begin of its first to the end of its last, with the slowest in the tooltip. */
export function TookCell({ row, slower }: { readonly row: TreeRow; readonly slower: ReadonlyMap<string, UsualTime> }) {
  const slow = row.calls.filter(({ ref }) => slower.has(ref));
  const mark = <SlowerMark calls={slow} folded={row.kind === 'fold'} slower={slower} />;
  if (row.kind === 'call')
    return row.node.call.durationMs === undefined ? null : (
      <>
        {mark}
        <DurationText ms={row.node.call.durationMs} />
      </>
    );
  const starts = row.calls.flatMap((call) => startOf(call) ?? []);
  const ends = row.calls.flatMap((call) => {
    const at = startOf(call);
    return at === undefined ? [] : [at + (call.durationMs ?? 0)];
  });
  if (starts.length === 0) return null;
  const from = starts.reduce((min, at) => Math.min(min, at), Infinity);
  const to = ends.reduce((max, at) => Math.max(max, at), -Infinity);
  return (
    <span title={`the slowest took ${formatDuration(foldFacts(row.fold).slowest?.durationMs ?? 0)}`}>
      {mark}
      <DurationText ms={to - from} />
    </span>
  );
}

interface SlowerMarkProps {
  readonly calls: readonly DrawnCall[];
  readonly folded: boolean;
  readonly slower: ReadonlyMap<string, UsualTime>;
}

/** That calls took far longer than their endpoint does, and what it usually takes. */
function SlowerMark({ calls: [first, ...others], folded, slower }: SlowerMarkProps) {
  const usual = first === undefined ? undefined : slower.get(first.ref);
  if (first === undefined || usual === undefined) return null;
  const what = folded ? `${formatPlural(others.length + 1, 'call')} slower than expected, the first took` : 'slower than expected:';
  const words = `${what} ${formatDuration(first.durationMs ?? 0)}; of ${formatCount(usual.timed)} calls of this endpoint half took at most ${formatDuration(usual.medianMs)}, nine of ten at most ${formatDuration(usual.p90Ms)}`;
  return (
    <span className="wslower" role="img" aria-label={words} title={words}>
      <Hourglass size={12} strokeWidth={1.5} aria-hidden="true" />
    </span>
  );
}
