import { segmentsOf, toTemplate, type Peer } from './id-regex.ts';

/** Different words at one place of paths that agree everywhere else, above which the place is a parameter. */
const COLLAPSE_AT = 100;

/**
 * Drain's fixed-depth tree (He et al., ICWS 2017) as URL tools use it: paths of one length go down a tree of their segments,
 * and a place with more than `limit` children collapses into one.
 */
export const drainLike =
  (limit = COLLAPSE_AT): Peer =>
  (paths) => {
    const split = paths.map(segmentsOf);
    const longest = Math.max(0, ...split.map(({ length }) => length));
    let current = split.map((segments) => [...segments]);
    for (let at = 0; at < longest; at += 1) {
      const words = new Map<string, Set<string>>();
      const placeOf = (segments: readonly string[]): string => `${String(segments.length)} ${segments.slice(0, at).join('/')}`;
      for (const segments of current) {
        const segment = segments[at];
        if (segment === undefined) continue;
        const place = placeOf(segments);
        const known = words.get(place) ?? new Set();
        known.add(segment);
        words.set(place, known);
      }
      current = current.map((segments) =>
        at < segments.length && (words.get(placeOf(segments))?.size ?? 0) > limit ? segments.with(at, '{}') : segments,
      );
    }
    return current.map(toTemplate);
  };
