import type { SideCalls } from '#shared/contract/two-sides.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { formatCount, formatPlural } from '../../../widgets/format.ts';

/** A count that opens its calls. Where no query says which they all are, it says how many it opens. */
export function CallsLink({ calls, query, shown }: SideCalls) {
  return (
    <>
      <GoLink to={toCalls(query)}>{formatPlural(calls, 'call')}</GoLink>
      {shown === undefined ? null : <span className="muted"> (opens the first {formatCount(shown)})</span>}
    </>
  );
}
