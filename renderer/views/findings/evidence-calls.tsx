import type { CallRow } from '#shared/contract/rows.ts';
import { matching } from '../../query/queries.ts';
import { CallList } from '../../review/call-list.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatCount } from '../../widgets/format.ts';

/** Calls drawn in the card; the Calls screen has them all. */
const SHOWN = 12;

interface EvidenceCallsProps {
  readonly calls: readonly CallRow[];
  readonly total: number;
  readonly finding: string;
}

/** The first calls behind a finding, each a link to itself, and the way to all of them. */
export function EvidenceCalls({ calls, total, finding }: EvidenceCallsProps) {
  const shown = calls.slice(0, SHOWN);
  return (
    <>
      <CallList calls={shown} />
      {total > shown.length ? (
        <p className="muted">
          {formatCount(shown.length)} of {formatCount(total)}, in order of time.{' '}
          <GoLink to={toCalls(matching('finding', finding))}>All of them</GoLink>
        </p>
      ) : null}
    </>
  );
}
