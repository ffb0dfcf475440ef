import type { Control } from '../control.ts';

/** The generated policy itself: only operations of the observation window. */
export const generatedPolicy: Control = {
  id: 'policy',
  prepare: ({ calls, permitted }) => ({
    title: `only the ${permitted.size === 1 ? 'endpoint' : `${permitted.size.toLocaleString('en-US')} endpoints`} of the window`,
    assumes: 'The gateway knows which endpoint a call is, and denies what the policy does not name.',
    judge: (index) => (permitted.has(calls.endpoint[index] ?? 0) ? 'pass' : 'block'),
  }),
};
