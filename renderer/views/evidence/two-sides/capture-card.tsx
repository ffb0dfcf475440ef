import { MAX_CAPTURE, type CaptureSides } from '#shared/contract/two-sides.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { CallsLink } from './calls-link.tsx';
import { ChangeTable } from './change-table.tsx';
import { SecondUses } from './second-uses.tsx';
import { matchRate, REASON_WORDS, skewWords } from './words.ts';

/** One capture: how well it fits its logs, who else used its credentials, what only it saw, and what changed in between. */
export function CaptureCard({ sides }: { readonly sides: CaptureSides }) {
  const { capture, window, records, matched, logs } = sides;
  const rate = matchRate(sides);
  return (
    <section className="side-card" aria-label={`Capture ${capture}`}>
      <h2 className="mono">
        <EvidenceText text={capture} />
      </h2>
      <p>
        {matched.calls === 0 ? 'None' : <GoLink to={toCalls(matched.query)}>{formatCount(matched.calls)}</GoLink>} of{' '}
        <GoLink to={toCalls(matching('seenIn', capture))}>{formatPlural(records, 'request')}</GoLink>{' '}
        {matched.calls === 1 ? 'is' : 'are'} in a log as well
        {records < MAX_CAPTURE ? '' : ', of which only these were looked at'}
        {rate === undefined ? '' : `, ${formatShare(rate * 1000, 1000)} of those that a log should show`}
        {window === undefined ? null : (
          <span className="muted">
            {' '}
            · recorded from <TimeText time={window[0]} to="s" /> to <TimeText time={window[1]} to="s" /> UTC
          </span>
        )}
      </p>
      {logs.length === 0 ? (
        <p className="muted">No log in this case saw the same requests, so nothing can be compared.</p>
      ) : (
        <>
          <Logs sides={sides} />
          <SecondUses sides={sides} />
          <ClientOnly sides={sides} />
          <ChangeTable sides={sides} />
        </>
      )}
    </section>
  );
} // prettier-ignore

function Logs({ sides }: { readonly sides: CaptureSides }) {
  return (
    <table className="table side-table">
      <thead>
        <tr>
          <th scope="col">Log of the other side</th>
          <th scope="col" className="end">
            Requests of both
          </th>
          <th scope="col" className="end">
            Its clock
          </th>
          <th scope="col" className="end">
            Usual stray
          </th>
        </tr>
      </thead>
      <tbody>
        {sides.logs.map(({ source, matched, skewMs, spreadMs }) => (
          <tr key={source}>
            <td>
              <MiddleText text={source} mono tail={24} />
            </td>
            <td className="end">
              <GoLink to={toCalls(`${matching('seenIn', sides.capture)} ${matching('seenIn', source)}`)}>{formatCount(matched)}</GoLink>
            </td>
            <td className="end">{skewWords(skewMs, spreadMs)}</td>
            <td className="end">± {spreadMs < 10 ? spreadMs.toFixed(1) : formatCount(spreadMs)} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ClientOnly({ sides }: { readonly sides: CaptureSides }) {
  const { clientOnly } = sides;
  return (
    <>
      <h3>Only the client saw</h3>
      {clientOnly.length === 0 ? (
        <p className="muted">Nothing: every request of the capture is in a log.</p>
      ) : (
        <ul className="side-list">
          {clientOnly.map(({ reason, ...calls }) => (
            <li key={reason}>
              <b>{REASON_WORDS[reason].title}</b>: <CallsLink {...calls} />
              <span className="muted">, {REASON_WORDS[reason].means}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
