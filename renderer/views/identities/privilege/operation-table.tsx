import type { PrivilegeOperation } from '#shared/contract/privilege.ts';
import { matching } from '../../../query/queries.ts';
import { useIncidentCalls } from '../../../query/use-incident-calls.ts';
import { CountLink } from '../../../state/count-link.tsx';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toEndpoint } from '../../../state/places.ts';
import { formatCount } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';

/** Rows drawn; a caller of more is told by its first ones. */
const SHOWN = 200;

interface OperationTableProps {
  readonly principal: string;
  readonly operations: readonly PrivilegeOperation[];
}

const sum = ({ learntFrom, triedOn, incident, other }: PrivilegeOperation): number => learntFrom + triedOn + incident + other;

const callsOf = (principal: string, { endpoint }: PrivilegeOperation): string =>
  `${matching('principal', principal)} and ${matching('endpoint', endpoint)}`;

/** Every operation that the caller used, with what its calls were: learnt from, tried on, of an incident, refused or failed. */
export function OperationTable({ principal, operations }: OperationTableProps) {
  const shown = operations.slice(0, SHOWN);
  const incidents = useIncidentCalls();
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col">Policy</th>
            <th scope="col">Level</th>
            <th scope="col" className="end">
              In the window
            </th>
            <th scope="col" className="end">
              Later
            </th>
            <th scope="col" className="end">
              In incidents
            </th>
            <th scope="col" className="end">
              All calls
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((operation) => (
            <tr key={operation.endpoint}>
              <td className="wide">
                <GoLink to={toEndpoint(operation.endpoint)}>
                  <MiddleText text={operation.endpoint} mono tail={24} />
                </GoLink>
              </td>
              <td className="nowrap">{operation.permitted ? 'permits' : <strong>denies</strong>}</td>
              <td>{operation.sensitivity}</td>
              <td className="end">{formatCount(operation.learntFrom)}</td>
              <td className="end">{formatCount(operation.triedOn)}</td>
              <td className="end">
                <CountLink
                  count={operation.incident}
                  to={incidents === undefined ? undefined : toCalls(`${callsOf(principal, operation)} and (${incidents})`)}
                />
              </td>
              <td className="end">
                <CountLink count={sum(operation)} to={toCalls(callsOf(principal, operation))} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {operations.length > shown.length ? (
        <p className="muted">
          The first {formatCount(shown.length)} of {formatCount(operations.length)} endpoints, by host and path; report.json has them all.
        </p>
      ) : null}
    </>
  );
}
