import { Minus, Plus } from 'lucide-react';
import type { Severity } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { toClause } from '#shared/query/edit.ts';
import { formatCount, toByteQuantity } from '../../widgets/format.ts';
import { SeverityShape } from '../../widgets/severity-mark.tsx';
import type { CallColumn } from './call-column.ts';

/** Milliseconds without a unit, which stands in the head; a fraction only below 10. */
export const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1).replace(/\.0$/, '') : formatCount(ms));

/** A size with its unit small beside it. */
export function Bytes({ value }: { readonly value: number }) {
  const quantity = toByteQuantity(value);
  return (
    <>
      {quantity.value} <span className="unit">{quantity.unit}</span>
    </>
  );
}

/** That findings name a call: the worst of them by shape and colour, and how many. */
export function FindingMark({ severity, count }: { readonly severity: Severity; readonly count: number }) {
  const label =
    count === 1 ? `named by a finding of severity ${severity}` : `named by ${formatCount(count)} findings, the worst ${severity}`;
  return (
    <span className={`call-finding severity-${severity}`} role="img" aria-label={label} title={label}>
      {count > 1 ? <span className="muted">{formatCount(count)}</span> : null}
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <SeverityShape severity={severity} />
      </svg>
    </span>
  );
}

interface CellToolsProps {
  readonly column: CallColumn | undefined;
  readonly call: CallRow;
  readonly onClause: (clause: string) => void;
}

/** Include and exclude, on the value itself. "Only" and copying stand in its menu. */
export function CellTools({ column, call, onClause }: CellToolsProps) {
  const value = column?.value?.(call);
  const field = column?.field;
  if (column === undefined || field === undefined || value === undefined) return null;
  const name = column.title.toLowerCase();
  return (
    <span className="cell-tools">
      <button
        type="button"
        className="icon-button"
        tabIndex={-1}
        aria-label={`Only calls with this ${name}`}
        title="Include (+)"
        onClick={(event) => {
          event.stopPropagation();
          onClause(toClause(field, value));
        }}
      >
        <Plus size={12} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        tabIndex={-1}
        aria-label={`No calls with this ${name}`}
        title="Exclude (−)"
        onClick={(event) => {
          event.stopPropagation();
          onClause(toClause(field, value, true));
        }}
      >
        <Minus size={12} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </span>
  );
}
