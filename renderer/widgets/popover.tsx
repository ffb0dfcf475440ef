import type { LucideIcon } from 'lucide-react';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface PopoverProps {
  /** What opens: "Background work". */
  readonly label: string;
  /** What the button shows: an icon alone, or words beside it that change. */
  readonly button: { readonly icon: LucideIcon } | { readonly words: ReactNode; readonly className: string };
  readonly side?: 'top' | 'bottom';
  /** A class of the panel's own. */
  readonly panel?: string;
  readonly children: ReactNode;
}

/** A button with a small panel beside it that does not stop the work behind it. Escape closes it. */
export function Popover({ label, button, side = 'bottom', panel, children }: PopoverProps) {
  return (
    <Radix.Root>
      {'icon' in button ? (
        <Radix.Trigger className="icon-button" aria-label={label} title={label}>
          <button.icon size={16} strokeWidth={1.5} aria-hidden="true" />
        </Radix.Trigger>
      ) : (
        <Radix.Trigger className={button.className} title={label}>
          {/* What the button shows is part of its name, so that it can be said to be pressed. */}
          <span className="visually-hidden">{label}: </span>
          {button.words}
        </Radix.Trigger>
      )}
      <Radix.Portal>
        {/* The window's keys go on to hold while it is open. */}
        <Radix.Content
          className={panel === undefined ? 'popover' : `popover ${panel}`}
          align="end"
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          data-popover=""
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
