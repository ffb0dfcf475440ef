import { isJsonObject } from '#shared/lib/json.ts';
import type { Column, ColumnLayout, PlacedColumn } from './table-column.ts';

/** Narrowest column; one letter and its ellipsis still fit. Units: CSS px. */
export const NARROWEST = 40;
/** Widest column. Units: CSS px. */
export const WIDEST = 1600;

/** The layout of columns nobody has touched: the named ones, in that order. */
export const toLayout = (ids: readonly string[]): ColumnLayout => ids.map((id) => ({ id }));

/** The columns that a layout shows, with its widths; ids that no column has any more are passed over. */
export function layColumns<Row>(columns: readonly Column<Row>[], layout: ColumnLayout): readonly Column<Row>[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  return layout.flatMap(({ id, width }) => {
    const column = byId.get(id);
    if (column === undefined) return [];
    return [width === undefined ? column : { ...column, width: `${String(width)}px` }];
  });
}

/** The layout with a column shown (at the end) or hidden; the last column that is left cannot be hidden. */
export function toggleColumn(layout: ColumnLayout, id: string): ColumnLayout {
  if (!layout.some((placed) => placed.id === id)) return [...layout, { id }];
  return layout.length === 1 ? layout : layout.filter((placed) => placed.id !== id);
}

/** The layout with a column some places further to the right, or with a negative number to the left; at most to an end. */
export function moveColumn(layout: ColumnLayout, id: string, by: number): ColumnLayout {
  const from = layout.findIndex((placed) => placed.id === id);
  const moved = layout[from];
  if (moved === undefined) return layout;
  const rest = layout.filter((placed) => placed !== moved);
  const to = Math.max(0, Math.min(rest.length, from + by));
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** The layout with a column put where another one stands, as dropping it there does. */
export function placeColumn(layout: ColumnLayout, id: string, at: string): ColumnLayout {
  const from = layout.findIndex((placed) => placed.id === id);
  const to = layout.findIndex((placed) => placed.id === at);
  return from < 0 || to < 0 ? layout : moveColumn(layout, id, to - from);
}

/** The layout with a column of a width, or of the width it asks for itself. Units: CSS px. */
export function sizeColumn(layout: ColumnLayout, id: string, width: number | undefined): ColumnLayout {
  const size = width === undefined ? undefined : Math.round(Math.max(NARROWEST, Math.min(width, WIDEST)));
  return layout.map((placed) => (placed.id !== id ? placed : size === undefined ? { id } : { id, width: size }));
}

/** A layout as it was stored; `undefined` for what is none. */
export function parseLayout(value: unknown): ColumnLayout | undefined {
  if (!Array.isArray(value)) return undefined;
  const placed = value.flatMap((each: unknown): readonly PlacedColumn[] => {
    if (!isJsonObject(each) || typeof each['id'] !== 'string') return [];
    const { id, width } = each;
    return [typeof width === 'number' && width >= NARROWEST && width <= WIDEST ? { id, width } : { id }];
  });
  return placed.length === 0 ? undefined : placed;
}
