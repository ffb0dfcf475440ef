import { useState, type ReactNode } from 'react';
import type { RowPages } from '../../query/use-row-pages.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';

interface RowListProps<Row> {
  readonly label: string;
  /** Made once: what the rows are and what they are sorted by, and how one is drawn. */
  readonly columns: readonly Column<Row>[];
  readonly pages: RowPages<Row>;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly onOpen?: (id: string) => void;
}

/** Three lines of text and their padding. Units: CSS px. */
const ROW = 68;

/** The one column of such a list. */
export const rowColumn = <Row,>(title: string, cell: (row: Row) => ReactNode): readonly Column<Row>[] => [
  { id: 'row', title, width: 'minmax(0, 1fr)', cell },
];

/** A list of chains or of flows, of any length: rows of three lines, one of them chosen. */
export function RowList<Row extends { readonly id: string }>({ label, columns, pages, chosen, onChoose, onOpen }: RowListProps<Row>) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const idAt = (index: number, act: ((id: string) => void) | undefined): void => {
    const row = pages.row(index);
    if (row !== undefined) act?.(row.id);
  };
  return (
    <VirtualTable
      label={label}
      columns={columns}
      count={pages.total ?? 0}
      rowHeight={ROW}
      row={pages.row}
      active={active}
      onActive={(index) => {
        setActive(index);
        idAt(index, onChoose);
      }}
      onOpen={(index) => {
        idAt(index, onOpen);
      }}
      onRange={pages.onRange}
      isSelected={(row) => row.id === chosen}
      stale={pages.stale}
    />
  );
}

/** From the first step to the last, which is absent where there is one only. */
export function StepEnds({ first, last }: { readonly first: string; readonly last: string | undefined }) {
  return (
    <div className="chain-line chain-ends">
      <span className="chain-first" title={toVisibleText(first)}>
        <EvidenceText text={first} />
      </span>
      {last === undefined ? null : (
        <>
          <span className="muted">→</span>
          <MiddleText text={last} tail={14} />
        </>
      )}
    </div>
  );
}
