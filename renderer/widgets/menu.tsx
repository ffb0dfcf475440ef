import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { MenuItems, type MenuEntry } from './menu-items.tsx';
import { useLandmark } from './use-landmark.ts';

interface MenuProps {
  /** What the button opens: "Theme". */
  readonly label: string;
  readonly items: readonly MenuEntry[];
  /** What the button shows; an icon alone is named by `label`. */
  readonly children: ReactNode;
  readonly className?: string;
  readonly align?: 'start' | 'end';
  readonly disabled?: boolean;
}

/** A button that opens a menu. Arrow keys move in it, letters find in it, Escape goes back to the button. */
export function Menu({ label, items, children, className = 'icon-button', align = 'end', disabled = false }: MenuProps) {
  const [landmark, ref] = useLandmark();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button ref={ref} type="button" className={className} aria-label={label} title={label} disabled={disabled}>
          {children}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={landmark}>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          <MenuItems items={items} parts={DropdownMenu} landmark={landmark} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
