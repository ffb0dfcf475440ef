import { useState } from 'react';
import type { Containment, RevocationDetail, UseAfter } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { useReview } from '../../../query/use-review.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall, toCalls } from '../../../state/places.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { Button } from '../../../widgets/button.tsx';
import { CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatTime } from '../../../widgets/format.ts';
import { TimeText } from '../../../widgets/numbers.tsx';
import { callsOf, validityText } from './words.ts';

/** When it was revoked, and whether anything still accepted it afterwards. */
export function ContainmentPart({ detail }: { readonly detail: RevocationDetail }) {
  const { containment, about } = detail.row;
  const { listed } = about;
  return (
    <CardPart title="Containment" note="uses more than two minutes after the revocation">
      {containment === undefined ? (
        <p className="muted">
          No record says when it was revoked. Give the time, and import logs from after it: they tell whether it held.
        </p>
      ) : (
        <Verdict containment={containment} />
      )}
      {listed === undefined ? null : (
        <p className="muted">
          The list <EvidenceText text={listed.file} /> says that its holder is {listed.status}; it names no time.
        </p>
      )}
      {detail.after.length === 0 ? null : <After uses={detail.after} />}
      <RevokedTime detail={detail} />
    </CardPart>
  );
}

function Verdict({ containment }: { readonly containment: Containment }) {
  const { state, revokedAt, why, callsAfter, acceptedBy, refusedAfter, lastAcceptedAfterSeconds } = containment;
  return (
    <>
      <p>
        Revoked {formatTime(revokedAt, 's')} UTC (<EvidenceText text={why} />
        ).
      </p>
      {state === 'broken' ? (
        <p className="severity-critical" role="status">
          Not contained: {formatPlural(callsAfter, 'call')} accepted afterwards by <EvidenceText text={acceptedBy.join(', ')} />
          {lastAcceptedAfterSeconds === undefined ? '' : `, the last ${validityText(lastAcceptedAfterSeconds)} later`}.
        </p>
      ) : (
        <p role="status" className={state === 'held' ? 'ok' : 'muted'}>
          {state === 'held'
            ? `It held: nothing accepted it afterwards${refusedAfter === 0 ? '' : `, and ${formatPlural(refusedAfter, 'try', 'tries')} were refused`}.`
            : 'The evidence ends before it: import later logs.'}
        </p>
      )}
    </>
  );
}

/** A number of calls that opens them; none opens nothing. */
function Uses({ count, query }: { readonly count: number; readonly query: string }) {
  if (count === 0) return <span className="faint">0</span>;
  return <GoLink to={toCalls(query)}>{formatCount(count)}</GoLink>;
}

function After({ uses }: { readonly uses: readonly UseAfter[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Host</th>
          <th scope="col" className="end">
            Accepted
          </th>
          <th scope="col" className="end">
            Refused
          </th>
          <th scope="col">First</th>
        </tr>
      </thead>
      <tbody>
        {uses.map(({ credential, principal, label, host, accepted, refused, first, last, firstRef }) => {
          const who = principal === undefined ? '' : ` and ${matching('principal', principal)}`;
          const later = (and: string): string =>
            callsOf(credential, `${who} and ${matching('host', host)} and time >= ${first} and time <= ${last}${and}`);
          return (
            <tr key={`${credential} ${principal ?? ''} ${host}`}>
              <td>
                <EvidenceText text={label ?? 'unknown principal'} /> <span className="muted mono">{credential}</span>
              </td>
              <td className="mono">
                <EvidenceText isHost text={host} />
              </td>
              <td className="end">
                <Uses count={accepted} query={later(' and status >= 200 and status < 300')} />
              </td>
              <td className="end">
                <Uses count={refused} query={later(' and status >= 400 and status < 500')} />
              </td>
              <td>
                <GoLink to={toCall(firstRef)}>
                  <TimeText time={first} to="s" />
                </GoLink>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** `2026-10-01 12:00` or `2026-10-01T12:00:30Z` as UTC; `undefined` for anything else. */
function toUtc(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)Z?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, day, clock] = match;
  const time = Date.parse(`${day ?? ''}T${clock ?? ''}${clock?.length === 5 ? ':00' : ''}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function RevokedTime({ detail: { row, givenTime } }: { readonly detail: RevocationDetail }) {
  const { change, error } = useReview();
  const readOnly = useReadOnly();
  const [text, setText] = useState(givenTime === undefined ? '' : formatTime(givenTime, 's'));
  const at = toUtc(text);
  return (
    <form
      className="revo-time"
      onSubmit={(event) => {
        event.preventDefault();
        if (at !== undefined) void change({ kind: 'revoked', credential: row.credential, at });
      }}
    >
      <label className="field-label">
        Revoked at, UTC
        <input
          type="text"
          className="field"
          placeholder="2026-10-01 12:00:00"
          value={text}
          disabled={readOnly !== undefined}
          title={readOnly}
          aria-invalid={text !== '' && at === undefined}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </label>
      <Button type="submit" disabled={readOnly ?? (at === undefined ? 'Say first when it was revoked' : undefined)}>
        Check from then on
      </Button>
      {givenTime === undefined ? null : (
        <button
          type="button"
          className="link"
          disabled={readOnly !== undefined}
          onClick={() => void change({ kind: 'revoked', credential: row.credential })}
        >
          Take back
        </button>
      )}
      {text !== '' && at === undefined ? <span className="muted">Day and time, as 2026-10-01 12:00</span> : null}
      {error === undefined ? null : <span className="severity-high">{error.message}</span>}
    </form>
  );
}
