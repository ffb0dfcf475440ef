import { ArrowLeft, ArrowRight, Maximize, Minus, Plus, RotateCcw, Route } from 'lucide-react';
import { IconButton } from '../../widgets/icon-button.tsx';
import { withKey, type PictureKeys } from '../picture-keys.ts';

interface GraphToolsProps {
  readonly keys: PictureKeys;
  readonly onBack: (() => void) | undefined;
  readonly onForward: (() => void) | undefined;
  readonly onArrange: () => void;
  readonly isFinding: boolean;
  readonly onFind: () => void;
  readonly onScale: (factor: number) => void;
  readonly onWhole: () => void;
}

/** One step of a zoom button or key. */
export const LARGER = 1.25;
export const SMALLER = 0.8;

/** Buttons of a graph: steps back and forward, its order, ways through it, its size. */
export function GraphTools({ keys, onBack, onForward, onArrange, isFinding, onFind, onScale, onWhole }: GraphToolsProps) {
  return (
    <div className="graph-tools" role="toolbar" aria-label="Graph">
      <IconButton
        icon={ArrowLeft}
        label="Graph as before"
        title="Graph as before (Alt ←)"
        disabled={onBack === undefined ? 'Nothing was opened, put away or hidden yet' : undefined}
        onClick={() => onBack?.()}
      />
      <IconButton
        icon={ArrowRight}
        label="Graph as after"
        title="Graph as after (Alt →)"
        disabled={onForward === undefined ? 'There is no later step' : undefined}
        onClick={() => onForward?.()}
      />
      <IconButton icon={RotateCcw} label="Arrange anew" title="Arrange anew: nodes leave their places" onClick={onArrange} />
      <IconButton
        icon={Route}
        label="Find a way between two nodes"
        title={withKey('Find a way between two nodes', 'prove-link', keys)}
        pressed={isFinding}
        onClick={onFind}
      />
      <IconButton
        icon={Plus}
        label="Larger"
        title={withKey('Larger', 'larger', keys)}
        onClick={() => {
          onScale(LARGER);
        }}
      />
      <IconButton
        icon={Minus}
        label="Smaller"
        title={withKey('Smaller', 'smaller', keys)}
        onClick={() => {
          onScale(SMALLER);
        }}
      />
      <IconButton icon={Maximize} label="Show the whole graph" title={withKey('Whole graph', 'whole-picture', keys)} onClick={onWhole} />
    </div>
  );
}
