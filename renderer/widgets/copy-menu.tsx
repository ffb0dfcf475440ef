import { Check, Copy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';

/** One form in which something can be copied. */
export interface CopyItem {
  readonly label: string;
  /** The key that does the same, as the key map writes it. */
  readonly keys?: string;
  readonly text: () => string;
}

/** How long the tick stays. Units: ms. */
const SHOWN = 1200;

/** A button that offers the forms in which its object can be copied, and says that it was. */
export function CopyMenu({ items, label }: { readonly items: readonly CopyItem[]; readonly label: string }) {
  const [said, setSaid] = useState('');
  const say = (text: string): void => {
    setSaid(text);
    window.setTimeout(() => {
      setSaid('');
    }, SHOWN);
  };
  const Icon = said === 'Copied' ? Check : Copy;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="icon-button" aria-label={label} title={said === '' ? label : said}>
          <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
          <span className="visually-hidden" role="status">
            {said}
          </span>
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
        {items.map((item) => (
          <DropdownMenu.Item
            key={item.label}
            className="menu-item"
            onSelect={() => {
              navigator.clipboard.writeText(item.text()).then(
                () => {
                  say('Copied');
                },
                () => {
                  say('The clipboard is not available');
                },
              );
            }}
          >
            {item.label}
            {item.keys === undefined ? null : <kbd>{item.keys}</kbd>}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
