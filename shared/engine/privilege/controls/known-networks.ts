import type { Control } from '../control.ts';

/**
 * Only from the networks of the window, each as the source that wrote it down saw it: a gateway sees where a caller is, a mesh behind it sees the
 * gateway. Source: conditional access by network; a copy of a credential works only where its holder is.
 */
export const knownNetworks: Control = {
  id: 'networks',
  prepare: ({ calls, phases }) => {
    const known = new Set<number>();
    const sources = new Set<number>();
    for (let index = 0; index < calls.count; index += 1) {
      const place = calls.place[index] ?? 0;
      if (phases.of[index] !== 'training' || place === 0) continue;
      known.add(place);
      sources.add(calls.source[index] ?? 0);
    }
    if (known.size === 0) return undefined;
    return {
      title: `only from the ${known.size === 1 ? 'one network' : `${known.size.toLocaleString('en-US')} networks`} of the window`,
      assumes:
        'Who calls does not move in between; a new site has to be let in first. Calls without an address, and those of a source that shows none of the window, are not judged.',
      judge: (index) => {
        const place = calls.place[index] ?? 0;
        if (place === 0 || !sources.has(calls.source[index] ?? 0)) return 'unknown';
        return known.has(place) ? 'pass' : 'block';
      },
    };
  },
};
