import { useCallback, useMemo, useState } from 'react';
import type { QueryNode } from '#shared/query/ast.ts';
import { addClause } from '#shared/query/edit.ts';
import { fromPasted } from '#shared/query/pasted.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { goTo, usePlace } from '../state/selection.ts';
import { NOTHING_SELECTED, placeOfLink } from '../state/url.ts';
import { parsePins, withoutPins, withPins } from './pinned.ts';

const EVERY: QueryNode = { kind: 'all' };

/** The query that Calls, Chains and Graph share, and how to change it. */
export interface Filter {
  /** As it stands in the link, without what is pinned; it may be one that nobody can understand. */
  readonly text: string;
  /** The last one that could be understood. */
  readonly own: string;
  readonly pins: readonly string[];
  /** Both together: what is asked. */
  readonly good: string;
  readonly ast: QueryNode;
  readonly apply: (text: string) => void;
  /** Adds a condition; its opposite is replaced. */
  readonly include: (clause: string) => void;
  /** Makes a condition the whole query. */
  readonly only: (clause: string) => void;
}

/** Reads the shared query. One that cannot be understood stays in the bar to be mended, and nothing is asked. */
export function useFilter(): Filter {
  const text = usePlace('query');
  const parsed = useMemo(() => parseQuery(text), [text]);
  const [own, setOwn] = useState('');
  if (parsed.ok && own !== text) setOwn(text);
  const pin = usePlace('pin');
  const pins = useMemo(() => parsePins(pin), [pin]);
  const good = useMemo(() => withPins(own, pins), [own, pins]);
  const ast = useMemo(() => {
    const known = parseQuery(good);
    return known.ok ? known.ast : EVERY;
  }, [good]);
  const apply = useCallback(
    (next: string) => {
      // A link to a place in the case goes there, in whichever window it was copied; an address is asked for by its parts.
      const link = placeOfLink(next);
      if (link === undefined) goTo({ query: withoutPins(fromPasted(next) ?? next, pins) });
      else goTo({ ...NOTHING_SELECTED, ...link });
    },
    [pins],
  );
  const include = useCallback(
    (clause: string) => {
      apply(addClause(good, clause));
    },
    [apply, good],
  );
  // One object for as long as nothing of it changes, so that what is drawn from it alone is not drawn again.
  return useMemo(() => ({ text, own, pins, good, ast, apply, include, only: apply }), [text, own, pins, good, ast, apply, include]);
}

/** Asks for every call again: the query goes, and what is pinned. */
export const dropFilter = (): void => {
  goTo({ query: '', pin: undefined });
};
