import { isCovered } from '../../../model/scopes.ts';
import type { Control } from '../control.ts';

/** Tokens with the scopes that the operations of the window need, and no others. */
export const narrowScopes: Control = {
  id: 'scope',
  prepare: ({ calls, permitted, needOf }) => {
    const kept = new Set<string>();
    for (const endpoint of permitted) for (const scope of needOf(endpoint)?.alternatives[0] ?? []) kept.add(scope);
    if (kept.size === 0) return undefined;
    const scopes = [...kept];
    return {
      title: `tokens with ${scopes.length === 1 ? 'the one scope' : `the ${scopes.length.toLocaleString('en-US')} scopes`} of the window`,
      assumes: 'Servers check the scopes that their description asks for. Endpoints that ask for none are not judged.',
      judge: (index) => {
        const need = needOf(calls.endpoint[index] ?? 0);
        if (need === undefined) return 'unknown';
        return need.alternatives.some((alternative) => alternative.every((scope) => isCovered(scope, scopes))) ? 'pass' : 'block';
      },
    };
  },
};
