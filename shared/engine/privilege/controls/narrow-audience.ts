import type { Control } from '../control.ts';

/** Tokens that are good for the hosts of the window only. */
export const narrowAudience: Control = {
  id: 'audience',
  prepare: ({ calls, phases, isToken }) => {
    const hosts = new Set<number>();
    let tokens = 0;
    for (let index = 0; index < calls.count; index += 1) {
      if (!isToken(calls.credential[index] ?? 0)) continue;
      tokens += 1;
      if (phases.of[index] === 'training') hosts.add(calls.host[index] ?? 0);
    }
    if (tokens === 0 || hosts.size === 0) return undefined;
    return {
      title: `audience of the ${hosts.size === 1 ? 'one host' : `${hosts.size.toLocaleString('en-US')} hosts`} of the window`,
      assumes: 'Every host refuses a token that is not for it. Calls without a readable token are not judged.',
      judge: (index) => {
        if (!isToken(calls.credential[index] ?? 0)) return 'unknown';
        return hosts.has(calls.host[index] ?? 0) ? 'pass' : 'block';
      },
    };
  },
};
