import { COMPARED_PAIRS, type CaptureSides, type SideChange } from '#shared/contract/two-sides.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall } from '../../../state/places.ts';
import { formatCount } from '../../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../../widgets/more-rows.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { CallsLink } from './calls-link.tsx';
import { changeWords } from './words.ts';

/** Changes of the request itself were found as two calls, which can be laid side by side; those of headers stand in one. */
const isTwoCalls = ({ kind }: SideChange): boolean => kind === 'status' || kind === 'path' || kind === 'query';

/** What the log has otherwise than the client: statuses, paths, hosts, sizes and headers, each with its calls. */
export function ChangeTable({ sides }: { readonly sides: CaptureSides }) {
  const { shown, hidden, showMore } = useFirstRows(sides.changes);
  return (
    <>
      <h3>Changed in between</h3>
      {sides.matched.calls > COMPARED_PAIRS ? (
        <p className="muted">Headers were compared for the first {formatCount(COMPARED_PAIRS)} requests of each log.</p>
      ) : null}
      {shown.length === 0 ? (
        <p className="muted">Nothing that both records show.</p>
      ) : (
        <table className="table side-table">
          <thead>
            <tr>
              <th scope="col">Change, as the log has it</th>
              <th scope="col">What</th>
              <th scope="col">Calls</th>
              <th scope="col">One of them</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((change) => (
              <tr key={`${change.kind} ${change.how} ${change.what}`}>
                <td className="cell-nowrap">{changeWords(change)}</td>
                <td>{change.what === '' ? null : <MiddleText text={change.what} mono tail={24} />}</td>
                <td className="cell-nowrap">
                  <CallsLink {...change} />
                </td>
                <td className="cell-nowrap">
                  {isTwoCalls(change) ? (
                    <GoLink to={{ ...toCall(change.example.log), with: change.example.client }}>Compare both records</GoLink>
                  ) : (
                    <GoLink to={toCall(change.example.log)}>Both records</GoLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows hidden={hidden} onMore={showMore} />
    </>
  );
}
