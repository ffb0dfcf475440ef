import type { ReactNode } from 'react';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** In place of the title: a ruler, say. */
  readonly head?: ReactNode;
  /** A track of a CSS grid: `72px`, `minmax(120px, 1fr)`. A width that the analyst sets takes its place. */
  readonly width: string;
  readonly align?: 'end';
  readonly sortable?: boolean;
  readonly cell: (row: Row, index: number) => ReactNode;
}

export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

/** A column as it is laid out. Units: `width` in CSS px; absent: as the column itself says. */
export interface PlacedColumn {
  readonly id: string;
  readonly width?: number | undefined;
}

/** The columns that are shown, in their order. */
export type ColumnLayout = readonly PlacedColumn[];

/** How the analyst changes columns: which are shown, in what order, how wide. */
export interface ColumnActions {
  readonly onMove: (id: string, by: number) => void;
  readonly onPlace: (id: string, before: string) => void;
  /** `undefined`: back to the width that the column itself asks for. */
  readonly onWidth: (id: string, width: number | undefined) => void;
}
