import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from './copy-text.ts';
import { Menu } from './menu.tsx';

/** One form in which something can be copied. */
export interface CopyItem {
  readonly label: string;
  /** The key that does the same, in the syntax of commands. */
  readonly keys: string;
  readonly text: () => string;
}

/** How long the tick stays. Units: ms. */
const SHOWN = 1200;

/** A button that offers the forms in which its object can be copied, and says that it was. */
export function CopyMenu({ items, label }: { readonly items: readonly CopyItem[]; readonly label: string }) {
  const [said, setSaid] = useState('');
  const copy = async (item: CopyItem): Promise<void> => {
    setSaid((await copyText(item.text())) ? 'Copied' : 'The clipboard is not available');
    window.setTimeout(() => {
      setSaid('');
    }, SHOWN);
  };
  const Icon = said === 'Copied' ? Check : Copy;
  return (
    <>
      <Menu label={label} items={items.map((item) => ({ id: item.keys, label: item.label, keys: item.keys, run: () => void copy(item) }))}>
        <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      </Menu>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
