import type { CaptureSides, SecondUse, SidePlace } from '#shared/contract/two-sides.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCredential } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { CallsLink } from './calls-link.tsx';

/** Calls with the client's credentials that only the logs show: a second user, or a hole in the recording. */
export function SecondUses({ sides }: { readonly sides: CaptureSides }) {
  const { secondUses, passedOn } = sides;
  return (
    <>
      <h3>Only the log saw, with the same credential</h3>
      {secondUses.length === 0 ? (
        <p className="muted">Nothing: while the capture ran, its credentials made no other call.</p>
      ) : (
        <ul className="side-list">
          {secondUses.map((use) => (
            <Use key={`${use.credential} ${use.by}`} use={use} />
          ))}
        </ul>
      )}
      {passedOn === 0 ? null : (
        <p className="muted">{formatPlural(passedOn, 'call')} behind the gateway, which recorded calls led to, are left out.</p>
      )}
    </>
  );
}

function Use({ use }: { readonly use: SecondUse }) {
  const { credential, by, own, accepted, window, ownPlaces, otherPlaces, isSamePlace } = use;
  return (
    <li>
      <b className={isSamePlace ? undefined : 'status-bad'}>
        {isSamePlace ? 'From where the client called as well' : by === 'account' ? 'Another session of the account' : 'A second user'}
      </b>
      : <CallsLink {...use} />
      <span className="muted">
        {' '}
        with <GoLink to={toCredential(credential)}>{credential}</GoLink>
        {by === 'account' ? '’s account' : ''}, {formatCount(accepted)} accepted, from <TimeText time={window[0]} to="s" /> to{' '}
        <TimeText time={window[1]} to="s" /> UTC; {formatPlural(own, 'call')} with it {own === 1 ? 'is' : 'are'} the client’s own
      </span>
      <dl className="side-places">
        <dt>From</dt>
        <dd>
          <Places places={otherPlaces} />
        </dd>
        <dt>The client</dt>
        <dd>
          <Places places={ownPlaces} />
        </dd>
      </dl>
    </li>
  );
}

function Places({ places }: { readonly places: readonly SidePlace[] }) {
  return (
    <ul className="plain-list">
      {places.map(({ address, program, calls }) => (
        <li key={`${address ?? ''} ${program ?? ''}`} className="side-place">
          <span className="mono">{address === undefined ? 'address not in the log' : <EvidenceText text={address} />}</span>
          <span className="number muted">{formatPlural(calls, 'call')}</span>
          {program === undefined ? null : <MiddleText text={program} tail={24} />}
        </li>
      ))}
    </ul>
  );
}
