import type { GraphHeat } from '#shared/contract/graph.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { addClause, withTimeSpan } from '#shared/query/edit.ts';
import type { HeatCell } from '../../charts/heat-grid.tsx';
import { formatTime } from '../../widgets/format.ts';

/** What both grids draw and list. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
  /** A column as it reads in a sentence. */
  readonly spell: (column: number) => string;
  /** The query of a cell; `undefined` for what is counted together. */
  readonly narrow: (query: string, cell: HeatCell) => string | undefined;
}

/** Callers over time, or operations by caller. */
export function toGrid(data: GraphHeat, shape: 'time' | 'matrix'): Grid {
  const names = data.callers.map((caller) => caller.label);
  if (shape === 'matrix') {
    return {
      // Enough of a host to tell the same path of two hosts apart.
      rows: data.operations.map(({ label, host = '' }) => (host === '' ? label : `${label} · ${host.split('.')[0] ?? ''}`)),
      columns: names,
      values: data.operations.map((_, row) => data.callers.map((__, column) => data.matrix[column]?.[row] ?? 0)),
      spell: (column) => names[column] ?? '',
      narrow: (query, { row, column }) => {
        const operation = data.operations[row]?.clause;
        const caller = data.callers[column]?.clause;
        return operation === undefined || caller === undefined ? undefined : addClause(addClause(query, caller), operation);
      },
    };
  }
  const starts = data.slices.slice(0, -1).map((slice) => printTime(epochMicros(slice)));
  return {
    rows: names,
    columns: starts.map((start) => formatTime(start, 'min')),
    values: data.overTime,
    spell: (column) => `from ${formatTime(starts[column] ?? '', 's')} UTC`,
    narrow: (query, { row, column }) => {
      const caller = data.callers[row]?.clause;
      const from = data.slices[column];
      const to = data.slices[column + 1];
      return caller === undefined || from === undefined || to === undefined ? undefined : withTimeSpan(addClause(query, caller), from, to);
    },
  };
}
