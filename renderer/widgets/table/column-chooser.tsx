import './column-chooser.css';
import { ArrowDown, ArrowUp, Columns3, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { Popover } from '../popover.tsx';
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
    <Popover label="Columns" button={{ icon: Columns3 }} panel="column-chooser">
      <ul>
        {/* One list of one kind of row: a column that is hidden or moved keeps its row, and its row keeps the focus. */}
        {[...layout, ...hidden].map((placed, index) => (
          <ColumnRow
            key={placed.id}
            placed={placed}
            title={titles.get(placed.id) ?? placed.id}
            index={index}
            shown={layout.length}
            onLayout={(change) => {
              onLayout(change(layout));
            }}
          />
        ))}
      </ul>
      <Button onClick={onReset}>The usual columns</Button>
    </Popover>
  );
}

interface ColumnRowProps {
  readonly placed: PlacedColumn;
  readonly title: string;
  readonly index: number;
  /** How many columns are shown; they stand first. */
  readonly shown: number;
  readonly onLayout: (change: (layout: ColumnLayout) => ColumnLayout) => void;
}

function ColumnRow({ placed: { id, width }, title, index, shown, onLayout }: ColumnRowProps) {
  const isShown = index < shown;
  return (
    <li className="column-row">
      <label>
        <input
          type="checkbox"
          checked={isShown}
          disabled={isShown && shown === 1}
          onChange={() => {
            onLayout((layout) => toggleColumn(layout, id));
          }}
        />
        {title}
      </label>
      {isShown ? (
        <>
          <WidthInput
            title={title}
            width={width}
            onWidth={(next) => {
              onLayout((layout) => sizeColumn(layout, id, next));
            }}
          />
          <MoveButton
            icon={ArrowUp}
            label={`Move ${title} to the left`}
            able={index > 0}
            onMove={() => {
              onLayout((layout) => moveColumn(layout, id, -1));
            }}
          />
          <MoveButton
            icon={ArrowDown}
            label={`Move ${title} to the right`}
            able={index < shown - 1}
            onMove={() => {
              onLayout((layout) => moveColumn(layout, id, 1));
            }}
          />
        </>
      ) : null}
    </li>
  );
}

interface MoveButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly able: boolean;
  readonly onMove: () => void;
}

/** Not `disabled` at the end of the way: that would take the focus away from who has just moved the column there. */
function MoveButton({ icon: Icon, label, able, onMove }: MoveButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} aria-disabled={!able} onClick={able ? onMove : undefined}>
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
    </button>
  );
}

interface WidthInputProps {
  readonly title: string;
  readonly width: number | undefined;
  readonly onWidth: (width: number | undefined) => void;
}

/** Taken when it is left or Enter is pressed: half a number is no width. */
function WidthInput({ title, width, onWidth }: WidthInputProps) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const take = (input: HTMLInputElement): void => {
    setDraft(undefined);
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
      value={draft ?? (width === undefined ? '' : String(width))}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onBlur={(event) => {
        take(event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget);
      }}
    />
  );
}
