import './chips.css';
import { Power, X } from 'lucide-react';
import { DropdownMenu, Toolbar } from 'radix-ui';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { MAX_QUERY_LENGTH } from '#shared/model/query-length.ts';
import { EvidenceText } from './evidence-text.tsx';

/** One condition as a chip. */
export interface Chip {
  /** The condition as it is written. */
  readonly text: string;
  /** The condition in few words, without its "not". */
  readonly label: string;
  readonly negated: boolean;
  /** False: kept, but not part of the query now. */
  readonly on: boolean;
}

/** What can be done with the chip at an index. */
export interface ChipActions {
  readonly onToggle: (index: number) => void;
  readonly onNegate: (index: number) => void;
  readonly onRemove: (index: number) => void;
  readonly onOnly: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
  /** Says why a text is no condition; `undefined` when it was taken. */
  readonly onEdit: (index: number, text: string) => string | undefined;
}

interface ChipsProps extends ChipActions {
  readonly label: string;
  readonly chips: readonly Chip[];
}

/** What a dragged chip carries. */
const DRAGGED = 'application/x-spoor-chip';

/** Conditions as chips in a toolbar: arrow keys go from one to the next, Delete takes one away, Enter opens what it can do. */
export function Chips({ label, chips, ...actions }: ChipsProps) {
  const [editing, setEditing] = useState<number | undefined>(undefined);
  return (
    <Toolbar.Root className="chips" aria-label={label}>
      {chips.map((chip, index) =>
        editing === index ? (
          <ChipEditor
            key={index}
            chip={chip}
            onDone={(text) => {
              const problem = text === undefined || text === chip.text ? undefined : actions.onEdit(index, text);
              if (problem === undefined) setEditing(undefined);
              return problem;
            }}
          />
        ) : (
          <OneChip
            key={index}
            chip={chip}
            index={index}
            last={chips[index + 1]?.on !== true}
            actions={actions}
            onEdit={() => {
              setEditing(index);
            }}
          />
        ),
      )}
    </Toolbar.Root>
  );
}

interface OneChipProps {
  readonly chip: Chip;
  readonly index: number;
  /** True when no condition of the query stands behind it. */
  readonly last: boolean;
  readonly actions: ChipActions;
  readonly onEdit: () => void;
}

function OneChip({ chip, index, last, actions, onEdit }: OneChipProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    actions.onRemove(index);
  };
  return (
    <span
      className={`chip${chip.negated ? ' chip-not' : ''}${chip.on ? '' : ' chip-off'}`}
      onKeyDown={onKeyDown}
      draggable={chip.on}
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.setData(DRAGGED, String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event: DragEvent) => {
        if (chip.on && event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={(event: DragEvent) => {
        const from = event.dataTransfer.getData(DRAGGED);
        if (from === '') return;
        event.preventDefault();
        actions.onMove(Number(from), index);
      }}
    >
      <ChipMenu chip={chip} index={index} last={last} actions={actions} onEdit={onEdit} />
      <Toolbar.Button
        className="chip-button"
        aria-label={`${chip.on ? 'Switch off' : 'Switch on'}: ${toVisibleText(chip.text)}`}
        aria-pressed={chip.on}
        title={chip.on ? 'Switch off' : 'Switch on'}
        onClick={() => {
          actions.onToggle(index);
        }}
      >
        <Power size={12} strokeWidth={1.5} aria-hidden="true" />
      </Toolbar.Button>
      <Toolbar.Button
        className="chip-button"
        aria-label={`Remove: ${toVisibleText(chip.text)}`}
        title="Remove"
        onClick={() => {
          actions.onRemove(index);
        }}
      >
        <X size={12} strokeWidth={1.5} aria-hidden="true" />
      </Toolbar.Button>
    </span>
  );
}

function ChipMenu({ chip, index, last, actions, onEdit }: OneChipProps) {
  const items: readonly (readonly [label: string, run: () => void, shown: boolean])[] = [
    ['Edit', onEdit, true],
    [
      chip.negated ? 'Include instead' : 'Exclude instead',
      () => {
        actions.onNegate(index);
      },
      chip.on,
    ],
    [
      chip.on ? 'Switch off' : 'Switch on',
      () => {
        actions.onToggle(index);
      },
      true,
    ],
    [
      'Only this',
      () => {
        actions.onOnly(index);
      },
      true,
    ],
    [
      'Move left',
      () => {
        actions.onMove(index, index - 1);
      },
      chip.on && index > 0,
    ],
    [
      'Move right',
      () => {
        actions.onMove(index, index + 1);
      },
      chip.on && !last,
    ],
    [
      'Remove',
      () => {
        actions.onRemove(index);
      },
      true,
    ],
  ];
  return (
    <DropdownMenu.Root modal={false}>
      <Toolbar.Button asChild>
        <DropdownMenu.Trigger className="chip-label" title={toVisibleText(chip.text)}>
          {chip.negated ? <span className="chip-not-word">not</span> : null}
          <span className="chip-text">
            <EvidenceText text={chip.label} />
          </span>
        </DropdownMenu.Trigger>
      </Toolbar.Button>
      <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
        {items
          .filter(([, , shown]) => shown)
          .map(([label, run]) => (
            <DropdownMenu.Item key={label} className="menu-item" onSelect={run}>
              {label}
            </DropdownMenu.Item>
          ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

interface ChipEditorProps {
  readonly chip: Chip;
  /** Takes the new text, or `undefined` to leave it; says why it is no condition. */
  readonly onDone: (text: string | undefined) => string | undefined;
}

function ChipEditor({ chip, onDone }: ChipEditorProps) {
  const [text, setText] = useState(chip.text);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  return (
    <span className="chip chip-editing">
      <input
        type="text"
        className="mono"
        aria-label="Condition"
        aria-invalid={problem !== undefined}
        title={problem === undefined ? undefined : toVisibleText(problem)}
        size={Math.max(12, Math.min(text.length + 2, 60))}
        maxLength={MAX_QUERY_LENGTH}
        spellCheck={false}
        ref={focusOnce}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(undefined);
        }}
        onKeyDown={(event) => {
          event.stopPropagation(); // arrow keys and Delete are the text's, not the toolbar's
          if (event.key === 'Enter') setProblem(onDone(text.trim()));
          if (event.key === 'Escape') onDone(undefined);
        }}
        onBlur={() => {
          onDone(undefined);
        }}
      />
      {problem === undefined ? null : (
        <span className="chip-problem" role="status">
          <EvidenceText text={problem} />
        </span>
      )}
    </span>
  );
}

const focusOnce = (element: HTMLInputElement | null): void => {
  element?.focus();
};
