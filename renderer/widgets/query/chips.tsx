import './chips.css';
import { Power, X } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { Chip, ChipActions } from './chip.ts';
import { ChipEditor } from './chip-editor.tsx';
import { ChipMenu } from './chip-menu.tsx';

interface ChipsProps extends ChipActions {
  readonly label: string;
  /** Those that are pinned stand first, then the others that are on. */
  readonly chips: readonly Chip[];
  /** A key took the last chip away, and with it what had the focus. */
  readonly onEmptied: () => void;
}

/** The button that gets the focus once the chips are drawn anew: a chip keeps it although it stands elsewhere or says something else. */
interface Aim {
  readonly index: number;
  readonly button: keyof typeof BUTTONS;
}

const BUTTONS = { label: 0, toggle: 1, remove: 2 } as const;

/** What a dragged chip carries. */
const DRAGGED = 'application/x-spoor-chip';

/** Conditions as chips in a toolbar: arrow keys go from one to the next, Delete takes one away, P pins one, Enter opens what it can do. */
export function Chips({ label, chips, onEmptied, ...given }: ChipsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<number | undefined>(undefined);
  const [aim, setAim] = useState<Aim | undefined>(undefined);
  useEffect(() => {
    if (aim === undefined) return;
    const all = box.current?.querySelectorAll('.chip') ?? [];
    all[Math.min(aim.index, all.length - 1)]?.querySelectorAll('button')[BUTTONS[aim.button]]?.focus();
  }, [aim]);
  const count = chips.filter((chip) => chip.on).length;
  const first = chips.filter((chip) => chip.pinned).length;
  const actions: ChipActions = {
    ...given,
    onToggle: (index) => {
      given.onToggle(index);
      // Switched off it goes behind all, switched on behind those that are on.
      setAim({ index: index < count ? chips.length - 1 : count, button: 'toggle' });
    },
    onPin: (index) => {
      given.onPin(index);
      // Pinned it goes behind those that are, unpinned behind those that are on.
      setAim({ index: chips[index]?.pinned === true ? count - 1 : first, button: 'label' });
    },
    onNegate: (index) => {
      given.onNegate(index);
      setAim({ index, button: 'label' });
    },
    onOnly: (index) => {
      given.onOnly(index);
      setAim({ index: 0, button: 'label' });
    },
    onMove: (from, to) => {
      given.onMove(from, to);
      setAim({ index: to, button: 'label' });
    },
  };
  const remove = (index: number, button: Aim['button'], byKey: boolean): void => {
    given.onRemove(index);
    setAim({ index, button });
    if (byKey && chips.length === 1) onEmptied();
  };
  return (
    <Toolbar.Root ref={box} className="chips" aria-label={label}>
      {chips.map((chip, index) =>
        editing === index ? (
          <ChipEditor
            key={index}
            text={chip.text}
            onLeave={() => {
              setEditing(undefined);
            }}
            onDone={(text) => {
              const problem = text === undefined || text === chip.text ? undefined : actions.onEdit(index, text);
              if (problem !== undefined) return problem;
              setEditing(undefined);
              setAim({ index: chip.on || text === undefined ? index : chips.length - 1, button: 'label' });
              return undefined;
            }}
          />
        ) : (
          <OneChip
            key={index}
            chip={chip}
            index={index}
            first={first}
            count={count}
            actions={actions}
            onRemove={remove}
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
  /** How many are pinned, and how many are on. */
  readonly first: number;
  readonly count: number;
  readonly actions: ChipActions;
  readonly onRemove: (index: number, button: Aim['button'], byKey: boolean) => void;
  readonly onEdit: () => void;
}

function OneChip({ chip, index, first, count, actions, onRemove, onEdit }: OneChipProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'p' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      actions.onPin(index);
      return;
    }
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    onRemove(index, 'label', true);
  };
  return (
    <span
      className={`chip${chip.negated ? ' chip-not' : ''}${chip.on ? '' : ' chip-off'}${chip.pinned ? ' chip-pinned' : ''}`}
      onKeyDown={onKeyDown}
      draggable={chip.on && !chip.pinned}
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.setData(DRAGGED, String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event: DragEvent) => {
        if (chip.on && !chip.pinned && event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={(event: DragEvent) => {
        const from = event.dataTransfer.getData(DRAGGED);
        if (from === '' || !chip.on || chip.pinned) return;
        event.preventDefault();
        actions.onMove(Number(from), index);
      }}
    >
      <ChipMenu
        chip={chip}
        index={index}
        first={first}
        count={count}
        actions={actions}
        onRemove={() => {
          onRemove(index, 'label', true);
        }}
        onEdit={onEdit}
      />
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
        onClick={(event: MouseEvent) => {
          onRemove(index, 'remove', event.detail === 0); // a key presses a button without a click to count
        }}
      >
        <X size={12} strokeWidth={1.5} aria-hidden="true" />
      </Toolbar.Button>
    </span>
  );
}
