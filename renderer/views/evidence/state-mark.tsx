import { CircleAlert, CircleCheck, CircleDashed, Loader, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { StateWords, Tone } from './source-state.ts';

const ICONS: Readonly<Record<Tone, LucideIcon>> = { quiet: CircleCheck, working: Loader, doubt: TriangleAlert, bad: CircleAlert };
const CLASSES: Readonly<Record<Tone, string>> = {
  quiet: 'state-mark muted',
  working: 'state-mark state-working',
  doubt: 'state-mark severity-medium',
  bad: 'state-mark severity-high',
};

/** How the reading of a source ended: shape, word, then colour. */
export function StateMark({ state }: { readonly state: StateWords }) {
  const Icon = state.word === 'withdrawn' || state.word === 'duplicate' ? CircleDashed : ICONS[state.tone];
  return (
    <span className={CLASSES[state.tone]} title={state.means}>
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      {state.word}
    </span>
  );
}
