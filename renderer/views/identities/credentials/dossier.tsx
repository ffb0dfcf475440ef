import { Fragment } from 'react';
import type { CredentialDossier } from '#shared/contract/credentials.ts';
import type { TokenSignatureJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { CountLink } from '../../../state/count-link.tsx';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall, toCalls, toIdentities, toPrincipal, toSpread } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Card, CardBody, CardHead, CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { JwtView } from '../../../widgets/call/jwt-view.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { FindingList } from '../../../state/finding-list.tsx';
import { LadderTable } from './ladder-table.tsx';
import { Lifeline } from './lifeline.tsx';
import { SIGNATURE_ADVICE, SIGNATURE_STATE_WORDS, spanText } from './words.ts';

/** Where the focus goes when a credential is opened by key. */
export const DOSSIER_ID = 'credential-dossier';

interface PartProps {
  readonly dossier: CredentialDossier;
}

/** One credential in full. */
export function Dossier({ id }: { readonly id: string }) {
  const detail = useEngineQuery('credentials.get', { id });
  return (
    <Card id={DOSSIER_ID} label="Credential" shown={id} stale={detail.stale}>
      <Answer query={detail} what="this credential" lines={10}>
        {(dossier) => (
          <>
            <Head dossier={dossier} />
            <CardBody>
              <Facts dossier={dossier} />
              <FindingList key={dossier.credential.id} findings={dossier.findings} />
              <Lifeline dossier={dossier} />
              <Contexts dossier={dossier} />
              <Hosts dossier={dossier} />
              <Exposures dossier={dossier} />
              <Hygiene dossier={dossier} />
              <LadderTable ladder={dossier.ladder} of={{ credential: dossier.credential.id }} title="What its calls prove" />
              {dossier.jwt === undefined ? null : (
                <JwtView header={dossier.jwt.header} claims={dossier.jwt.claims} usedAt={dossier.credential.lastUse} />
              )}
            </CardBody>
          </>
        )}
      </Answer>
    </Card>
  );
}

function Head({ dossier: { credential, users } }: PartProps) {
  const { id, kind, masked, calls = 0 } = credential;
  return (
    <CardHead
      title={
        <span className="mono">
          {id}{' '}
          <span className="muted">
            <EvidenceText text={masked} />
          </span>
        </span>
      }
      closeLabel="Close the credential"
      onClose={() => {
        select({ credential: undefined });
      }}
    >
      <p>
        {kind},{' '}
        {calls === 0 ? (
          'never used in this evidence'
        ) : (
          <GoLink to={toCalls(matching('credential', id))}>{formatPlural(calls, 'call')}</GoLink>
        )}
        {users.length === 0 ? '' : ' by '}
        {users.map((user, index) => (
          <span key={user.id}>
            {index === 0 ? '' : ', '}
            <GoLink to={toPrincipal(user.id)}>
              <EvidenceText text={user.label} />
            </GoLink>
            {users.length === 1 ? null : (
              <>
                {' '}
                (
                <GoLink to={toCalls(`${matching('credential', id)} and ${matching('principal', user.id)}`)}>
                  {formatCount(user.calls)}
                </GoLink>
                )
              </>
            )}
          </span>
        ))}
      </p>
      <div className="card-actions">
        <GoLink to={toSpread(matching('credential', id))} className="button">
          Hosts it reached
        </GoLink>
        <GoLink to={toCalls(matching('credential', id))} className="button">
          Show its calls
        </GoLink>
        <GoLink to={toIdentities('revocation')} className="button">
          Show in the revocation plan
        </GoLink>
      </div>
    </CardHead>
  );
}

/** What it says of itself. */
function Facts({ dossier: { credential } }: PartProps) {
  const { issuer, subject, audiences, scopes, actChain, lifetimeSeconds } = credential;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Issuer', issuer],
    ['Subject', subject],
    ['Audience', audiences.join(', ')],
    ['Scopes', scopes.join(' ')],
    ['Acting', actChain.join(' for ')],
    ['Lifetime', lifetimeSeconds === undefined ? undefined : spanText(lifetimeSeconds)],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  if (known.length === 0) return null;
  return (
    <dl className="card-facts">
      {known.map(([name, value = '']) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd className={name === 'Lifetime' ? undefined : 'mono'}>
            <EvidenceText text={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Contexts({ dossier: { contexts, contextsInAll, credential } }: PartProps) {
  if (contexts.length === 0) return null;
  const query = matching('credential', credential.id);
  const some = contextsInAll > contexts.length ? `the first ${formatCount(contexts.length)} of ${formatCount(contextsInAll)}` : undefined;
  return (
    <CardPart title="Where it was used from" note={some}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Network, seen by</th>
            <th scope="col">Program</th>
            <th scope="col" className="end">
              Calls
            </th>
            <th scope="col" className="end">
              Accepted
            </th>
            <th scope="col">First (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {contexts.map(({ source, network, family, calls, accepted, first, tls = [] }) => {
            const here = `${query} and ${matching('source', source)}${network === 'none' ? '' : ` and ip:${network}`}`;
            return (
              <tr key={`${source} ${network} ${family}`}>
                <td className="wide">
                  <span className="mono">
                    <EvidenceText text={network === 'none' ? 'not in this source' : network} />
                  </span>{' '}
                  <span className="muted cred-source">
                    <MiddleText text={source} tail={16} />
                  </span>
                </td>
                <td>
                  <EvidenceText text={family} />
                  {tls.map((client) => (
                    <div key={client} className="mono muted">
                      <MiddleText text={client} tail={12} />
                    </div>
                  ))}
                </td>
                <td className="end">
                  <GoLink to={toCalls(here)}>{formatCount(calls)}</GoLink>
                </td>
                <td className="end">
                  <CountLink count={accepted} to={toCalls(`${here} and ${ACCEPTED}`)} />
                </td>
                <td className="nowrap">
                  <TimeText time={first} to="min" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="muted">
        Programs are told by the name that they give themselves
        {contexts.some(({ tls }) => tls !== undefined)
          ? ', and below it by the fingerprints of the TLS clients in that network.'
          : '; none of the sources has a fingerprint (JA3, JA4) of its TLS clients.'}
      </p>
    </CardPart>
  );
}

/** Calls that the server answered as asked. */
const ACCEPTED = 'status >= 200 and status < 400';

const AUDIENCE_WORDS = { own: 'yes', foreign: 'no', unknown: 'unknown' } as const;

function Hosts({ dossier: { hosts, credential } }: PartProps) {
  if (hosts.length === 0) return null;
  const query = matching('credential', credential.id);
  return (
    <CardPart title="Where it was shown">
      <table className="table">
        <thead>
          <tr><th scope="col">Host</th><th scope="col" className="end">Calls</th><th scope="col" className="end">Accepted</th><th scope="col" className="end" title="Calls outside its own dates">Stale</th><th scope="col">Made for it</th></tr>
        </thead>
        <tbody>
          {hosts.map(({ host, calls, accepted, stale, audience }) => (
            <tr key={host}>
              <td className="mono cred-host"><EvidenceText text={host === '' ? 'no host in the record' : host} /></td>
              <td className="end">{host === '' ? formatCount(calls) : <GoLink to={toCalls(`${query} and ${matching('host', host)}`)}>{formatCount(calls)}</GoLink>}</td>
              <td className="end"><CountLink count={accepted} to={host === '' ? undefined : toCalls(`${query} and ${matching('host', host)} and ${ACCEPTED}`)} /></td>
              <td className="end">{formatCount(stale)}</td>
              <td>{AUDIENCE_WORDS[audience]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
} // prettier-ignore

function Exposures({ dossier: { exposures } }: PartProps) {
  if (exposures.length === 0) return null;
  return (
    <CardPart title="Where it stood in the open">
      <ul className="card-list">
        {exposures.map(({ call, time, where, beforeUse }, index) => (
          <li key={index}>
            <TimeText time={time} to="s" /> <GoLink to={toCall(call)}><EvidenceText text={where} /></GoLink>
            {beforeUse ? <span className="muted"> before its first use</span> : null}
          </li>
        ))}
      </ul>
    </CardPart>
  );
} // prettier-ignore

/** What a check of the signature came to, and what to do where there was none. */
function Signature({ signature: { state, reason, says, keySet } }: { readonly signature: TokenSignatureJson }) {
  const advice = SIGNATURE_ADVICE[reason];
  return (
    <p className={state === 'invalid' ? undefined : 'muted'}>
      <strong>Signature {SIGNATURE_STATE_WORDS[state]}.</strong> {says}
      {keySet === undefined ? null : <> Key set: <EvidenceText text={keySet} />.</>}
      {advice === undefined ? null : <> {advice} <GoLink to={{ view: 'evidence', source: undefined }}>Evidence</GoLink></>}
    </p>
  );
} // prettier-ignore

function Hygiene({ dossier: { credential, signature } }: PartProps) {
  return (
    <CardPart title="Hygiene">
      {credential.issues.length === 0 ? <p className="muted">Nothing weak by what it says of itself.</p> : <ul className="card-list">{credential.issues.map((issue) => <li key={issue}>{issue}</li>)}</ul>}
      {signature === undefined ? null : <Signature signature={signature} />}
    </CardPart>
  );
} // prettier-ignore
