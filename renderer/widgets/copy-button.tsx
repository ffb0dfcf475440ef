import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { copyText } from './copy-text.ts';

/** How long the tick stays. Units: ms. */
const SHOWN = 1200;

interface CopyButtonProps {
  /** The exact value, escapes not applied: what is copied is the evidence. */
  readonly text: string;
  /** What is copied: "Copy SHA-256". */
  readonly label: string;
  readonly icon?: LucideIcon;
}

/** Copies a value to the clipboard and says so. */
export function CopyButton({ text, label, icon: Icon = Copy }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const show = (next: 'copied' | 'failed'): void => {
    setState(next);
    window.setTimeout(() => {
      setState('idle');
    }, SHOWN);
  };
  const copy = async (): Promise<void> => {
    show((await copyText(text)) ? 'copied' : 'failed');
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={state === 'failed' ? 'The clipboard is not available' : label}
      onClick={() => void copy()}
    >
      {state === 'copied' ? (
        <Check size={14} strokeWidth={1.5} aria-hidden="true" />
      ) : (
        <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      )}
      <span className="visually-hidden" role="status">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not copy' : ''}
      </span>
    </button>
  );
}
