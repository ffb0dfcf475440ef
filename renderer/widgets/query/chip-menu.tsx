import { Pin } from 'lucide-react';
import { DropdownMenu, Toolbar } from 'radix-ui';
import { useRef, useState, type ComponentProps } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { Chip, ChipActions } from './chip.ts';
import { EvidenceText } from '../evidence-text.tsx';

interface ChipMenuProps {
  readonly chip: Chip;
  readonly index: number;
  /** Where those begin that are on and not pinned, and how many are on: only those between have an order. */
  readonly first: number;
  readonly count: number;
  readonly actions: ChipActions;
  readonly onRemove: () => void;
  readonly onEdit: () => void;
}

/** A chip's text, which is the button of the menu of what the chip can do. */
export function ChipMenu({ chip, index, first, count, actions, onRemove, onEdit }: ChipMenuProps) {
  const [open, setOpen] = useState(false);
  const wasOpen = useRef(false);
  const acted = useRef(false);
  const isOrdered = chip.on && !chip.pinned;
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
      chip.pinned ? 'Unpin' : 'Pin: keep it with every query',
      () => {
        actions.onPin(index);
      },
      true,
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
      isOrdered && index > first,
    ],
    [
      'Move right',
      () => {
        actions.onMove(index, index + 1);
      },
      isOrdered && index < count - 1,
    ],
    ['Remove', onRemove, true],
  ];
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <Toolbar.Button asChild>
        <DropdownMenu.Trigger asChild>
          <ClickedButton
            className="chip-label"
            title={toVisibleText(chip.text)}
            onPress={() => {
              wasOpen.current = open;
            }}
            onClick={() => {
              setOpen(!wasOpen.current);
            }}
          >
            {chip.pinned ? (
              <>
                <Pin size={12} strokeWidth={1.5} aria-hidden="true" />
                <span className="visually-hidden">pinned</span>
              </>
            ) : null}
            {chip.negated ? <span className="chip-not-word">not</span> : null}
            <span className="chip-text">
              <EvidenceText text={chip.label} />
            </span>
          </ClickedButton>
        </DropdownMenu.Trigger>
      </Toolbar.Button>
      <DropdownMenu.Content
        className="menu"
        align="start"
        sideOffset={4}
        // Its letters find a line of it; the chip and what stands around it would take them for keys of their own.
        onKeyDown={(event) => {
          event.stopPropagation();
        }}
        onCloseAutoFocus={(event) => {
          // What was done with the chip says where the focus goes; only a menu that was left gives it back to its button.
          if (acted.current) event.preventDefault();
          acted.current = false;
        }}
      >
        {items
          .filter(([, , shown]) => shown)
          .map(([label, run]) => (
            <DropdownMenu.Item
              key={label}
              className="menu-item"
              onSelect={() => {
                acted.current = true;
                run();
              }}
            >
              {label}
            </DropdownMenu.Item>
          ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

interface ClickedButtonProps extends ComponentProps<'button'> {
  /** Hears the pointer go down, before anything closes because of it. */
  readonly onPress: () => void;
}

/** Radix opens a menu when the pointer goes down, and a chip could no longer be dragged: this button leaves that out and waits for the click. */
function ClickedButton({ onPress, onPointerDown: _opens, ...props }: ClickedButtonProps) {
  return <button type="button" {...props} onPointerDown={onPress} />;
}
