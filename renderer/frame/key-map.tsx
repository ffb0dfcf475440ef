import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { views } from '../views/index.ts';

interface KeyMapProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Keys that hold inside lists and pictures; a screen's own help may say more. */
const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'Focus the query'],
  [['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End'], 'Move in a table'],
  [['Enter'], 'Open what is selected'],
  [['Esc'], 'Close, then clear the selection'],
  [['Alt ←', 'Alt →'], 'Back and forward between screens'],
  [['T'], 'The table behind a picture'],
  [['?'], 'These keys'],
];

/** The dialog that lists the keys. */
export function KeyMap({ open, onOpenChange }: KeyMapProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title asChild>
              <h2>Keys</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <button type="button" className="icon-button" aria-label="Close">
                <X size={16} strokeWidth={1.5} aria-hidden="true" />
              </button>
            </Dialog.Close>
          </div>
          <dl className="key-map">
            {views.map((view) => (
              <Row key={view.id} keys={[`Ctrl/⌘ ${String(view.shortcut)}`]} what={view.title} />
            ))}
            {KEYS.map(([keys, what]) => (
              <Row key={what} keys={keys} what={what} />
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Row({ keys, what }: { readonly keys: readonly string[]; readonly what: string }) {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </>
  );
}
