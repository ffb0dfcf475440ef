import type { ReactNode } from 'react';
import { AnalysisBar } from '../../../filter/analysis-bar.tsx';
import { usePaneSize } from '../../../state/prefs.ts';
import { useWide } from '../../../state/use-wide.ts';
import { SplitPane } from '../../../widgets/split-pane.tsx';

/** A narrower window shows the card below the table. Units: CSS px. */
const BESIDE_FROM = 1000;
/** Units: CSS px. */
const HEIGHT = 340;

interface ListingProps {
  /** Names the sizes that are remembered. */
  readonly name: string;
  /** What the card shows: "credential". */
  readonly what: string;
  /** Of the card, until the analyst changes it. Units: CSS px. */
  readonly width: number;
  /** Figures and bars above the table. */
  readonly head: ReactNode;
  readonly table: ReactNode;
  /** Absent: the table has all the room. */
  readonly card: ReactNode | undefined;
}

/** A tab of Identities: figures and bars, then a table with the chosen row in full beside it. */
export function Listing({ name, what, width: usual, head, table, card }: ListingProps) {
  const [width, setWidth] = usePaneSize(`${name}-card`, usual);
  const [height, setHeight] = usePaneSize(`${name}-card-height`, HEIGHT);
  const beside = useWide(BESIDE_FROM);
  return (
    <>
      <AnalysisBar />
      {head}
      <SplitPane
        key={beside ? 'beside' : 'below'}
        direction={beside ? 'row' : 'column'}
        sized="second"
        size={beside ? width : height}
        min={beside ? 320 : 160}
        onSize={beside ? setWidth : setHeight}
        label={beside ? `Width of the ${what}` : `Height of the ${what}`}
        first={table}
        second={card}
      />
    </>
  );
}
