import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface PopoverProps {
  /** What opens: "Background work". */
  readonly label: string;
  /** What the button shows. */
  readonly button: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button with a small panel beside it that does not stop the work behind it. Escape closes it. */
export function Popover({ label, button, className = 'link', children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger className={className} aria-label={label} title={label}>
        {button}
      </Radix.Trigger>
      <Radix.Portal>
        {/* The window's keys go on to hold while it is open. */}
        <Radix.Content className="popover" align="end" side="top" sideOffset={4} collisionPadding={8} aria-label={label} data-popover="">
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
