import type { Unfolding } from '../../charts/graph/chain-tree.ts';
import { MovedClocks } from './moved-clocks.tsx';
import { formatCount, formatDuration, formatPlural } from '../../widgets/format.ts';

interface WaterfallToolsProps {
  readonly unfolding: Unfolding;
  /** Levels of cause and effect that the chain has. */
  readonly depth: number;
  readonly rows: number;
  /** Folds in sight, and the calls that stand in the closed ones. */
  readonly folds: number;
  readonly folded: number;
  readonly calls: number;
  /** Calls that lie apart in time from the call within which they were made. */
  readonly outside: number;
  /** Sources whose clocks were set, in words. */
  readonly moved: readonly string[];
  readonly onUnfolding: (unfolding: Unfolding) => void;
  readonly looking: Looking;
  readonly onLooking: (looking: Looking) => void;
  /** Calls that are left out of sight on request. */
  readonly leftOut: number;
  /** Calls that findings name. */
  readonly named: number;
  /** The critical path: its calls, and how long they were waited for. Units of the latter: ms. */
  readonly critical: { readonly calls: number; readonly ms: number };
  /** Calls that took far longer than their endpoints do. */
  readonly slower: number;
  /** Goes to the next of those. */
  readonly onSlower: () => void;
}

/** What of a waterfall is looked at. */
export interface Looking {
  readonly hidesShort: boolean;
  readonly onlyFindings: boolean;
  readonly isCritical: boolean;
}

/** Everything, with nothing marked. */
export const EVERYTHING: Looking = { hidesShort: false, onlyFindings: false, isCritical: false };

/** Levels that can be chosen by number; a deeper chain is opened to all of them. */
const LEVELS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20] as const;

/** What is left out, and what is marked. */
function LookingTools({ looking, onLooking, named, critical, slower, onSlower }: WaterfallToolsProps) {
  const check = (key: keyof Looking, label: string, title: string, isUseless = false) => (
    <label className="chain-tool" title={title}>
      <input
        type="checkbox"
        checked={looking[key] && !isUseless}
        disabled={isUseless}
        onChange={(event) => {
          onLooking({ ...looking, [key]: event.target.checked });
        }}
      />
      {label}
    </label>
  );
  return (
    <>
      {check(
        'hidesShort',
        'Hide under 1 %',
        'Leaves out rows that take less than 1 % of the time of the chain with all that they led to. What a finding names stays, and what has no known length',
      )}
      {check(
        'onlyFindings',
        'Only ways to findings',
        named === 0 ? 'No finding names a call of this chain' : 'Leaves out calls that no finding names and that led to none of these',
        named === 0,
      )}
      {check(
        'isCritical',
        'Critical path',
        critical.calls === 0
          ? 'No call has a time'
          : `Underlines what the end of the chain waited for: ${formatPlural(critical.calls, 'call')}, ${formatDuration(critical.ms)}`,
        critical.calls === 0,
      )}
      {slower === 0 ? null : (
        <button type="button" className="link" title={SLOWER} onClick={onSlower}>
          {formatCount(slower)} slower than expected
        </button>
      )}
    </>
  );
}

/** What is expected, and from what. */
const SLOWER =
  'Calls that took more than twice as long as nine of ten calls of their endpoint in this case, where 20 or more tell: shows the next one';

/** How far the waterfall is unfolded, and what of it is in sight. */
export function WaterfallTools(props: WaterfallToolsProps) {
  const { unfolding, depth, rows, folds, folded, calls, outside, moved, onUnfolding, leftOut } = props;
  const { level } = unfolding;
  return (
    <div className="chain-tools">
      <label className="chain-tool">
        Levels
        <select
          className="field"
          value={Number.isFinite(level) ? String(level) : 'all'}
          onChange={(event) => {
            const chosen = event.target.value;
            onUnfolding({ ...unfolding, level: chosen === 'all' ? Infinity : Number(chosen), toggled: new Set() });
          }}
        >
          {LEVELS.filter((each) => each < depth).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
          <option value="all">all {formatCount(depth)}</option>
        </select>
      </label>
      <label className="chain-tool">
        <input
          type="checkbox"
          checked={!unfolding.folds}
          onChange={(event) => {
            onUnfolding({ ...unfolding, folds: !event.target.checked, toggled: new Set() });
          }}
        />
        Fold alike calls
      </label>
      <LookingTools {...props} />
      <span className="muted" role="status">
        {formatPlural(rows, 'row')} for {formatPlural(calls, 'call')}
        {folded === 0 ? '' : `: ${formatCount(folded)} in ${formatPlural(folds, 'fold')}`}
        {leftOut === 0 ? '' : `; ${formatPlural(leftOut, 'call')} left out`}
      </span>
      <MovedClocks moved={moved} />
      {outside === 0 ? null : (
        <span className="muted" title="Bars stand on the common clock; nothing tells by how much these clocks have to be moved">
          {formatPlural(outside, 'call')} outside of {outside === 1 ? 'its cause' : 'their causes'}: the clocks of the sources differ
        </span>
      )}
    </div>
  );
}
