import './heat-grid.css';
import { useCallback, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { useSize } from '../widgets/use-size.ts';
import { heatPaths } from './heat-steps.ts';
import { elideMiddle } from './graph/node-box.ts';

/** A cell by its row and column. */
export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

interface HeatGridProps {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Counts by row, then by column. */
  readonly values: readonly (readonly number[])[];
  /** A cell in words, as the status line and a screen reader say it. */
  readonly describe: (cell: HeatCell) => string;
  readonly cursor: HeatCell | undefined;
  readonly onCursor: (cell: HeatCell) => void;
  readonly onOpen: (cell: HeatCell) => void;
  /** Upright names for a matrix, level ones for a scale of time, of which every so many are written. */
  readonly heads: 'upright' | { readonly every: number };
  /** Cells grow with their room up to `widest`. Units: CSS px. */
  readonly cell: { readonly width: number; readonly widest: number; readonly height: number };
}

/** Room for names of rows and of upright columns. Units: CSS px. */
const NAMES = 292;
const UPRIGHT = 150;
const LEVEL = 24;
/** Characters that fit them. */
const ROW_TEXT = 42;
const HEAD_TEXT = 20;
/** Room right of the cells, and what a time takes. Units: CSS px. */
const AFTER = 24;
const TIME_WIDTH = 112;

/** Counts as colours in one hue, by their logarithm; arrow keys move from cell to cell, Enter opens what is counted. */
export function HeatGrid({ label, rows, columns, values, describe, cursor, onCursor, onOpen, heads, cell: asked }: HeatGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [sizeRef, room] = useSize();
  const boxRef = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      return sizeRef(element);
    },
    [sizeRef],
  );
  const across = Math.floor((room.width - NAMES - AFTER) / Math.max(1, columns.length));
  const cellWidth = Math.max(asked.width, Math.min(asked.widest, across));
  const cell = useMemo(() => ({ width: cellWidth, height: asked.height }), [cellWidth, asked.height]);
  const paths = useMemo(() => heatPaths(values, cell), [values, cell]);
  const top = heads === 'upright' ? UPRIGHT : LEVEL;
  const width = NAMES + columns.length * cell.width + AFTER;
  const height = top + rows.length * cell.height + 8;
  const cellAt = (event: MouseEvent<SVGElement>): HeatCell => {
    const ground = event.currentTarget.getBoundingClientRect();
    return {
      row: Math.max(0, Math.min(rows.length - 1, Math.floor((event.clientY - ground.top) / cell.height))),
      column: Math.max(0, Math.min(columns.length - 1, Math.floor((event.clientX - ground.left) / cell.width))),
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor ?? { row: 0, column: 0 };
    const move = cursor === undefined ? ([0, 0] as const) : MOVES[event.key];
    if (event.key === 'Enter' || event.key === ' ') onOpen(at);
    else if (event.key === 'Home') onCursor({ ...at, column: 0 });
    else if (event.key === 'End') onCursor({ ...at, column: columns.length - 1 });
    else if (Object.hasOwn(MOVES, event.key) && move !== undefined)
      onCursor({
        row: Math.max(0, Math.min(rows.length - 1, at.row + move[0])),
        column: Math.max(0, Math.min(columns.length - 1, at.column + move[1])),
      });
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={boxRef}
      className="heat"
      role="application"
      aria-roledescription="grid of counts"
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <svg width={width} height={height} aria-hidden="true">
        {columns.map((column, index) =>
          heads === 'upright' ? (
            <text
              key={index}
              className="heat-column-label"
              transform={`translate(${String(NAMES + (index + 0.5) * cell.width + 4)} ${String(top - 6)}) rotate(-90)`}
            >
              {elideMiddle(toVisibleText(column), HEAD_TEXT)}
            </text>
          ) : index % heads.every === 0 && NAMES + index * cell.width + TIME_WIDTH <= width ? (
            <text key={index} className="heat-column-label" x={NAMES + index * cell.width} y={16}>
              {column}
            </text>
          ) : null,
        )}
        {rows.map((row, index) => (
          <text key={index} className="heat-row-label" x={8} y={top + index * cell.height + cell.height / 2 + 4}>
            {elideMiddle(toVisibleText(row), ROW_TEXT)}
          </text>
        ))}
        <g
          transform={`translate(${String(NAMES)} ${String(top)})`}
          className="heat-cells"
          onClick={(event) => {
            onCursor(cellAt(event));
            box.current?.focus();
          }}
          onDoubleClick={(event) => {
            onOpen(cellAt(event));
          }}
        >
          <rect width={columns.length * cell.width} height={rows.length * cell.height} className="heat-ground" />
          {paths.map((d, step) => (
            <path key={step} d={d} className={`heat-${String(step + 1)}`} />
          ))}
          {cursor === undefined ? null : (
            <rect
              x={cursor.column * cell.width}
              y={cursor.row * cell.height}
              width={cell.width - 1}
              height={cell.height - 1}
              className="heat-cursor"
            />
          )}
        </g>
      </svg>
      <span className="visually-hidden" role="status">
        {cursor === undefined ? '' : describe(cursor)}
      </span>
    </div>
  );
}

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
