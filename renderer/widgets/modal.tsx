import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';

interface ModalProps {
  readonly title: ReactNode;
  /** One sentence under the title. */
  readonly about?: ReactNode;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the window: focus stays in it, Escape closes it and goes back to what opened it. */
export function Modal({ title, about, wide = false, onClose, children }: ModalProps) {
  const [opener] = useState(findOpener);
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim" />
        <Dialog.Content
          className={wide ? 'dialog dialog-wide' : 'dialog'}
          {...(about === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={(event) => {
            // Radix would give the focus to a button of its own, and there is none.
            event.preventDefault();
            opener?.focus();
          }}
        >
          <div className="dialog-head">
            <div>
              <Dialog.Title asChild>
                <h2>{title}</h2>
              </Dialog.Title>
              {about === undefined ? null : (
                <Dialog.Description asChild>
                  <p className="muted">{about}</p>
                </Dialog.Description>
              )}
            </div>
            <Dialog.Close asChild>
              <button type="button" className="icon-button" aria-label="Close">
                <X size={16} strokeWidth={1.5} aria-hidden="true" />
              </button>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Who opened a dialog to write something can write at once; in one without such a field the first button has the focus. */
function focusFirst(event: Event): void {
  const field = event.target instanceof Element ? event.target.querySelector<HTMLElement>('[data-first]') : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

/** What has the focus now; for a line of a menu, which goes as the dialog comes, the button of that menu. */
function findOpener(): HTMLElement | undefined {
  const { activeElement } = document;
  const button = activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = typeof button === 'string' ? document.getElementById(button) : activeElement;
  return opener instanceof HTMLElement ? opener : undefined;
}
