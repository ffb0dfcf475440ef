import type { CallRow } from '#shared/contract/rows.ts';
import { matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toCalls } from '../../state/places.ts';
import { formatCount } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';

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
      <table className="table evidence-calls">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Method</th>
            <th scope="col">Host and path</th>
            <th scope="col" className="end">
              Status
            </th>
            <th scope="col">Record</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((call) => (
            <tr key={call.ref}>
              <td className="cell-nowrap">
                <TimeText time={call.time} />
              </td>
              <td className="mono">{call.method ?? '–'}</td>
              <td className="cell-path">
                <MiddleText text={`${call.host ?? ''}${call.path ?? ''}`} mono tail={24} />
              </td>
              <td className={(call.status ?? 0) >= 400 ? 'end status-failed' : 'end'}>{call.status ?? '–'}</td>
              <td className="cell-ref">
                <GoLink to={toCall(call.ref)} title="Open the call">
                  <MiddleText text={call.ref} mono />
                </GoLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > shown.length ? (
        <p className="muted">
          {formatCount(shown.length)} of {formatCount(total)}, in order of time.{' '}
          <GoLink to={toCalls(matching('finding', finding))}>All of them</GoLink>
        </p>
      ) : null}
    </>
  );
}
