import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CredentialDossier } from '#shared/contract/credentials.ts';
import type { TokenSignatureJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall, toCalls, toFinding, toPrincipal } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { IconButton } from '../../../widgets/icon-button.tsx';
import { JwtView } from '../../../widgets/jwt-view.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { SeverityMark } from '../../../widgets/severity-mark.tsx';
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
    <article id={DOSSIER_ID} className={detail.stale ? 'cred-card stale' : 'cred-card'} tabIndex={0} data-keys="" aria-label="Credential" aria-busy={detail.stale}>
      <Answer query={detail} what="this credential" lines={10}>
        {(dossier) => (
          <>
            <Head dossier={dossier} />
            <Findings dossier={dossier} />
            <Lifeline dossier={dossier} />
            <Contexts dossier={dossier} />
            <Hosts dossier={dossier} />
            <Exposures dossier={dossier} />
            <Hygiene dossier={dossier} />
            <LadderTable ladder={dossier.ladder} title="What its calls prove" />
            {dossier.jwt === undefined ? null : <JwtView header={dossier.jwt.header} claims={dossier.jwt.claims} usedAt={dossier.credential.lastUse} />}
          </>
        )}
      </Answer>
    </article>
  );
} // prettier-ignore

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="cred-part">
    <h3>{title}</h3>
    {children}
  </section>
);

function Head({ dossier: { credential, users } }: PartProps) {
  const { id, kind, masked, issuer, subject, audiences, scopes, actChain, lifetimeSeconds, calls = 0 } = credential;
  const facts: readonly (readonly [string, string])[] = [
    ...(issuer === undefined ? [] : [['Issuer', issuer] as const]),
    ...(subject === undefined ? [] : [['Subject', subject] as const]),
    ...(audiences.length === 0 ? [] : [['Audience', audiences.join(', ')] as const]),
    ...(scopes.length === 0 ? [] : [['Scopes', scopes.join(' ')] as const]),
    ...(actChain.length === 0 ? [] : [['Acting', actChain.join(' for ')] as const]),
    ...(lifetimeSeconds === undefined ? [] : [['Lifetime', spanText(lifetimeSeconds)] as const]),
  ];
  return (
    <header>
      <div className="cred-head-top">
        <h2 className="mono">
          {id} <span className="muted"><EvidenceText text={masked} /></span>
        </h2>
        <IconButton icon={X} label="Close the credential" onClick={() => { select({ credential: undefined }); }} />
      </div>
      <p>
        {kind}, {calls === 0 ? 'never used in this evidence' : <GoLink to={toCalls(matching('credential', id))}>{formatPlural(calls, 'call')}</GoLink>}
        {users.length === 0 ? '' : ' by '}
        {users.map((user, index) => (
          <span key={user.id}>
            {index === 0 ? '' : ', '}
            <GoLink to={toPrincipal(user.id)}><EvidenceText text={user.label} /></GoLink>
            {users.length === 1 ? '' : <> (<GoLink to={toCalls(`${matching('credential', id)} and ${matching('principal', user.id)}`)}>{formatCount(user.calls)}</GoLink>)</>}
          </span>
        ))}
      </p>
      <dl className="cred-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono"><EvidenceText text={value} /></dd>
          </div>
        ))}
      </dl>
    </header>
  );
} // prettier-ignore

function Findings({ dossier: { findings } }: PartProps) {
  if (findings.length === 0) return null;
  return (
    <Part title="Findings about it">
      <ul className="cred-list">
        {findings.map(({ id, title, severity }) => (
          <li key={id}>
            <SeverityMark severity={severity} word={false} /> <GoLink to={toFinding(id)}><EvidenceText text={title} /></GoLink>
          </li>
        ))}
      </ul>
    </Part>
  );
} // prettier-ignore

function Contexts({ dossier: { contexts, contextsInAll, credential } }: PartProps) {
  if (contexts.length === 0) return null;
  const query = matching('credential', credential.id);
  return (
    <Part title={`Where it was used from${contextsInAll > contexts.length ? `, the first ${formatCount(contexts.length)} of ${formatCount(contextsInAll)}` : ''}`}>
      <table className="table">
        <thead>
          <tr><th scope="col">Network</th><th scope="col">Program</th><th scope="col">Seen by</th><th scope="col" className="end">Calls</th><th scope="col" className="end">Accepted</th><th scope="col">First (UTC)</th></tr>
        </thead>
        <tbody>
          {contexts.map(({ source, network, family, calls, accepted, first }) => {
            const here = `${query} and ${matching('source', source)}${network === 'none' ? '' : ` and ip:${network}`}`;
            return (
              <tr key={`${source} ${network} ${family}`}>
                <td className="mono"><EvidenceText text={network === 'none' ? 'not in this source' : network} /></td>
                <td><EvidenceText text={family === 'none' ? 'none' : family} /></td>
                <td className="muted"><EvidenceText text={source} /></td>
                <td className="end"><GoLink to={toCalls(here)}>{formatCount(calls)}</GoLink></td>
                <td className="end">{formatCount(accepted)}</td>
                <td><TimeText time={first} to="s" /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="muted">Programs are told by the name that they give themselves; TLS fingerprints are not read from logs.</p>
    </Part>
  );
} // prettier-ignore

const AUDIENCE_WORDS = { own: 'yes', foreign: 'no', unknown: 'cannot be told' } as const;

function Hosts({ dossier: { hosts, credential } }: PartProps) {
  if (hosts.length === 0) return null;
  const query = matching('credential', credential.id);
  return (
    <Part title="Where it was shown">
      <table className="table">
        <thead>
          <tr><th scope="col">Host</th><th scope="col" className="end">Calls</th><th scope="col" className="end">Accepted</th><th scope="col" className="end">Outside its dates</th><th scope="col">Made for it</th></tr>
        </thead>
        <tbody>
          {hosts.map(({ host, calls, accepted, stale, audience }) => (
            <tr key={host}>
              <td className="mono"><EvidenceText text={host === '' ? 'no host in the record' : host} /></td>
              <td className="end">{host === '' ? formatCount(calls) : <GoLink to={toCalls(`${query} and ${matching('host', host)}`)}>{formatCount(calls)}</GoLink>}</td>
              <td className="end">{formatCount(accepted)}</td>
              <td className="end">{formatCount(stale)}</td>
              <td>{AUDIENCE_WORDS[audience]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
} // prettier-ignore

function Exposures({ dossier: { exposures } }: PartProps) {
  if (exposures.length === 0) return null;
  return (
    <Part title="Where it stood in the open">
      <ul className="cred-list">
        {exposures.map(({ call, time, where, beforeUse }, index) => (
          <li key={index}>
            <TimeText time={time} to="s" /> <GoLink to={toCall(call)}><EvidenceText text={where} /></GoLink>
            {beforeUse ? <span className="muted"> before its first use</span> : null}
          </li>
        ))}
      </ul>
    </Part>
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
    <Part title="Hygiene">
      {credential.issues.length === 0 ? <p className="muted">Nothing weak by what it says of itself.</p> : <ul className="cred-list">{credential.issues.map((issue) => <li key={issue}>{issue}</li>)}</ul>}
      {signature === undefined ? null : <Signature signature={signature} />}
    </Part>
  );
} // prettier-ignore
