import { ContextMenu as Radix } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { MenuItems, type MenuEntry } from './menu-items.tsx';
import { useLandmark } from './use-landmark.ts';

interface ContextMenuProps {
  /** What can be done where the menu was opened; asked when it opens. */
  readonly items: () => readonly MenuEntry[];
  /** Where the keyboard opens it: the row that is active, say. Without it, at the element that has the focus. */
  readonly anchor?: () => Element | null | undefined;
  readonly children: ReactNode;
  readonly className?: string;
}

/** The menu of what is inside it: by the right button, the keyboard's menu key or Shift F10. */
export function ContextMenu({ items, anchor, children, className }: ContextMenuProps) {
  const [landmark, ref] = useLandmark();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return;
    const at = anchor?.() ?? (event.target instanceof Element ? event.target : event.currentTarget);
    event.preventDefault();
    const { left, bottom } = at.getBoundingClientRect();
    // As the right button would: what listens for it, and where the menu stands, is the same for both.
    at.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: left + INSET, clientY: bottom }));
  };
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <div ref={ref} className={className} onKeyDown={onKeyDown}>
          {children}
        </div>
      </Radix.Trigger>
      <Radix.Portal container={landmark}>
        <Radix.Content
          className="menu"
          collisionPadding={8}
          // On Windows the menu key is heard once more when it is let go, by the menu that it has opened.
          onContextMenu={(event) => {
            event.preventDefault();
          }}
        >
          <Items items={items} landmark={landmark} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** How far into its anchor the menu begins, so that it hides less of it. Units: CSS px. */
const INSET = 24;

/** A part of its own, so that the question is asked only while the menu is open. */
function Items({ items, landmark }: { readonly items: () => readonly MenuEntry[]; readonly landmark: HTMLElement | null }) {
  return <MenuItems items={items()} parts={Radix} landmark={landmark} />;
}
