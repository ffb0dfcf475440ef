import { Check, ChevronRight } from 'lucide-react';
import type { ContextMenu, DropdownMenu } from 'radix-ui';
import { EvidenceText } from './evidence-text.tsx';
import { Keys } from './keys.tsx';

/** One thing that a menu offers. */
interface MenuAction {
  readonly id: string;
  readonly label: string;
  /** The key that does the same, in the syntax of commands. */
  readonly keys?: string | undefined;
  /** Why it cannot be done now; it stays in the menu and says so. */
  readonly disabled?: string | undefined;
  /** True for what takes something away. */
  readonly danger?: boolean;
  readonly run: () => void;
}

/** A line of a menu: an action, a line between groups, a menu of its own, or a choice of one. */
export type MenuEntry = MenuAction | 'separator' | { readonly label: string; readonly items: readonly MenuEntry[] } | MenuChoice;

/** A choice of exactly one. */
interface MenuChoice {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly choose: (id: string) => void;
}

type Radix = Pick<
  typeof DropdownMenu | typeof ContextMenu,
  'Item' | 'Separator' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal' | 'RadioGroup' | 'RadioItem' | 'ItemIndicator'
>;

interface MenuItemsProps {
  readonly items: readonly MenuEntry[];
  readonly parts: Radix;
  /** Where menus inside of this one are put. */
  readonly landmark: HTMLElement | null;
}

/** The lines of a menu, drawn with the parts of either of Radix' two kinds. Labels may hold captured text. */
export function MenuItems({ items, parts, landmark }: MenuItemsProps) {
  return items.map((item, index) => {
    if (item === 'separator') return <parts.Separator key={`separator ${String(index)}`} className="menu-separator" />;
    if ('run' in item) return <Action key={item.id} action={item} parts={parts} />;
    if ('items' in item) return <Submenu key={item.label} label={item.label} items={item.items} parts={parts} landmark={landmark} />;
    return <Choice key={item.label} choice={item} parts={parts} />;
  });
}

function Action({ action, parts }: { readonly action: MenuAction; readonly parts: Radix }) {
  const { label, keys, disabled, danger = false, run } = action;
  return (
    <parts.Item
      className={danger ? 'menu-item menu-item-danger' : 'menu-item'}
      // Not Radix' own `disabled`: the arrow keys would pass it by, and its reason would never be heard.
      aria-disabled={disabled === undefined ? undefined : true}
      onSelect={(event) => {
        if (disabled === undefined) run();
        else event.preventDefault();
      }}
    >
      <span className="menu-label">
        <EvidenceText text={label} />
        {disabled === undefined ? null : <span className="menu-reason">{disabled}</span>}
      </span>
      {keys === undefined ? null : <Keys keys={keys} />}
    </parts.Item>
  );
}

function Submenu({ label, items, parts, landmark }: MenuItemsProps & { readonly label: string }) {
  return (
    <parts.Sub>
      <parts.SubTrigger className="menu-item">
        <span className="menu-label">
          <EvidenceText text={label} />
        </span>
        <ChevronRight size={14} strokeWidth={1.5} aria-hidden="true" />
      </parts.SubTrigger>
      <parts.Portal container={landmark}>
        <parts.SubContent className="menu" sideOffset={4} collisionPadding={8}>
          <MenuItems items={items} parts={parts} landmark={landmark} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
  );
}

function Choice({ choice, parts }: { readonly choice: MenuChoice; readonly parts: Radix }) {
  return (
    <parts.RadioGroup value={choice.value} onValueChange={choice.choose} aria-label={choice.label}>
      {choice.choices.map(({ id, label }) => (
        <parts.RadioItem key={id} value={id} className="menu-item">
          <span className="menu-label">
            <EvidenceText text={label} />
          </span>
          <parts.ItemIndicator>
            <Check size={14} strokeWidth={1.5} aria-hidden="true" />
          </parts.ItemIndicator>
        </parts.RadioItem>
      ))}
    </parts.RadioGroup>
  );
}
