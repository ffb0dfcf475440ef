import type { Unfolding } from '../../charts/graph/chain-tree.ts';
import { MovedClocks } from './moved-clocks.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';

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
}

/** Levels that can be chosen by number; a deeper chain is opened to all of them. */
const LEVELS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20] as const;

/** How far the waterfall is unfolded, and what of it is in sight. */
export function WaterfallTools({ unfolding, depth, rows, folds, folded, calls, outside, moved, onUnfolding }: WaterfallToolsProps) {
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
      <span className="muted" role="status">
        {formatPlural(rows, 'row')} for {formatPlural(calls, 'call')}
        {folded === 0 ? '' : `: ${formatCount(folded)} in ${formatPlural(folds, 'fold')}`}
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
