import './column-chooser.css';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { moveColumn, NARROWEST, sizeColumn, toggleColumn, WIDEST } from './column-layout.ts';
import type { Column, ColumnLayout, PlacedColumn } from './table-column.ts';

interface ColumnChooserProps {
  readonly columns: readonly Pick<Column<never>, 'id' | 'title'>[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly onReset: () => void;
}

/** Which columns a table shows, in what order and how wide: all that dragging their heads does, without dragging. */
export function ColumnChooser({ columns, layout, onLayout, onReset }: ColumnChooserProps) {
  const titles = new Map(columns.map((column) => [column.id, column.title]));
  const hidden = columns.filter((column) => !layout.some((placed) => placed.id === column.id));
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="icon-button" aria-label="Columns" title="Columns">
          <Columns3 size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Content className="menu column-chooser" align="end" sideOffset={4} aria-label="Columns">
        <ul>
          {layout.map((placed, index) => (
            <ShownColumn
              key={placed.id}
              placed={placed}
              title={titles.get(placed.id) ?? placed.id}
              first={index === 0}
              last={index === layout.length - 1}
              onLayout={(change) => {
                onLayout(change(layout));
              }}
            />
          ))}
          {hidden.map((column) => (
            <li key={column.id} className="column-row">
              <label>
                <input
                  type="checkbox"
                  checked={false}
                  onChange={() => {
                    onLayout(toggleColumn(layout, column.id));
                  }}
                />
                {column.title}
              </label>
            </li>
          ))}
        </ul>
        <button type="button" className="button" onClick={onReset}>
          The usual columns
        </button>
      </Popover.Content>
    </Popover.Root>
  );
}

interface ShownColumnProps {
  readonly placed: PlacedColumn;
  readonly title: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly onLayout: (change: (layout: ColumnLayout) => ColumnLayout) => void;
}

function ShownColumn({ placed: { id, width }, title, first, last, onLayout }: ShownColumnProps) {
  return (
    <li className="column-row">
      <label>
        <input
          type="checkbox"
          checked
          disabled={first && last}
          onChange={() => {
            onLayout((layout) => toggleColumn(layout, id));
          }}
        />
        {title}
      </label>
      <WidthInput
        key={width}
        title={title}
        width={width}
        onWidth={(next) => {
          onLayout((layout) => sizeColumn(layout, id, next));
        }}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={`Move ${title} to the left`}
        disabled={first}
        onClick={() => {
          onLayout((layout) => moveColumn(layout, id, -1));
        }}
      >
        <ArrowUp size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Move ${title} to the right`}
        disabled={last}
        onClick={() => {
          onLayout((layout) => moveColumn(layout, id, 1));
        }}
      >
        <ArrowDown size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </li>
  );
}

interface WidthInputProps {
  readonly title: string;
  readonly width: number | undefined;
  readonly onWidth: (width: number | undefined) => void;
}

/** Taken when it is left or Enter is pressed: half a number is no width. */
function WidthInput({ title, width, onWidth }: WidthInputProps) {
  const take = (input: HTMLInputElement): void => {
    const next = Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : undefined;
    if (next !== width) onWidth(next);
  };
  return (
    <input
      type="number"
      aria-label={`Width of ${title} in pixels`}
      placeholder="auto"
      min={NARROWEST}
      max={WIDEST}
      step={8}
      defaultValue={width}
      onBlur={(event) => {
        take(event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget);
      }}
    />
  );
}
