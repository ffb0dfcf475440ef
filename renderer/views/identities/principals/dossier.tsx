import { useState, type ReactNode } from 'react';
import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useReview } from '../../../query/use-review.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { ErrorPanel } from '../../../widgets/error-panel.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatTime } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { OwnerDialog, SplitDialog } from './edit-dialogs.tsx';
import { RUNGS } from './words.ts';

/** Where the focus goes when a principal is opened by key. */
export const DOSSIER_ID = 'principal-dossier';

/** One principal in full: what it is and why, what contradicts that, who answers for it, what it used. */
export function Dossier({ principal }: { readonly principal: PrincipalJson }) {
  const { label, kind, rung, why, weak, shared, conflicts, signs, joined, credentials, calls } = principal;
  return (
    <article id={DOSSIER_ID} className="prin-dossier" tabIndex={0} data-keys="" aria-label="Principal">
      <header>
        <h2>
          <KindMark kind={kind} /> <EvidenceText text={label} />
        </h2>
        <p className="muted">
          <EvidenceText text={principal.id} /> · rung {rung}, {RUNGS[rung] ?? 'unknown'}
          {weak ? ' · weak: told by network and program only' : ''}
        </p>
        <Actions principal={principal} />
      </header>
      <p>
        <EvidenceText text={why} />
      </p>
      <p>
        <GoLink to={toCalls(matching('principal', principal.id))}>{formatPlural(calls, 'call')}</GoLink>
        {principal.firstSeen === undefined ? '' : ` from ${formatTime(principal.firstSeen, 's')}`}
        {principal.lastSeen === undefined ? '' : ` to ${formatTime(principal.lastSeen, 's')} UTC`}
      </p>
      <Owner principal={principal} />
      {shared === undefined ? null : (
        <Part title="Shared">
          <p>
            <EvidenceText text={shared} />
          </p>
        </Part>
      )}
      {conflicts.length === 0 ? null : (
        <Part title="Contradictions">
          <ul className="plain-list">
            {conflicts.map((conflict) => (
              <li key={conflict} className="severity-medium">
                <EvidenceText text={conflict} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Signs, the strongest first">
        <ul className="plain-list">
          {signs.map((sign, index) => (
            <li key={index}>
              <KindMark kind={sign.kind} word /> rung {sign.rung}, {RUNGS[sign.rung] ?? 'unknown'}: <EvidenceText text={sign.says} />{' '}
              <span className="muted">({formatCount(sign.calls)} calls)</span>
            </li>
          ))}
        </ul>
      </Part>
      {joined.length === 0 ? null : (
        <Part title="Also known as">
          <ul className="plain-list">
            {joined.map(({ label: other, why: reason, by }, index) => (
              <li key={index}>
                <EvidenceText text={other} />:{' '}
                <span className="muted">
                  {by === 'analyst' ? 'taken for the same by the analyst, ' : ''}
                  <EvidenceText text={reason} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={`Credentials (${formatCount(credentials.length)})`}>
        <p>
          {credentials.length === 0
            ? 'None was seen.'
            : credentials.slice(0, 50).map((credential) => (
                <span key={credential}>
                  <GoLink to={toCalls(matching('credential', credential))}>{credential}</GoLink>{' '}
                </span>
              ))}
          {credentials.length > 50 ? `and ${formatCount(credentials.length - 50)} more` : ''}
        </p>
      </Part>
      <Findings principal={principal.id} />
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Owner({ principal: { owner, ownerFrom, status, kind } }: { readonly principal: PrincipalJson }) {
  return (
    <p>
      Owner:{' '}
      {owner === undefined ? (
        <span className={kind === 'agent' ? 'severity-medium' : 'muted'}>none</span>
      ) : (
        <>
          <EvidenceText text={owner} />{' '}
          <span className="muted">({ownerFrom === 'analyst' ? 'by the analyst' : 'from a list of principals'})</span>
        </>
      )}
      {status === undefined ? '' : ` · ${status} in the list`}
    </p>
  );
}

function Actions({ principal }: { readonly principal: PrincipalJson }) {
  const [asked, setAsked] = useState<'owner' | 'split' | undefined>(undefined);
  const readOnly = useReadOnly();
  const { error, clearError, undo, canUndo, undoLabel } = useReview();
  const close = (): void => {
    setAsked(undefined);
  };
  const nothingJoined = principal.joined.length === 0 ? 'Nothing was joined in it' : undefined;
  return (
    <div className="prin-actions">
      <button
        type="button"
        className="button"
        disabled={readOnly !== undefined}
        title={readOnly}
        onClick={() => {
          setAsked('owner');
        }}
      >
        Set the owner…
      </button>
      <button
        type="button"
        className="button"
        disabled={(readOnly ?? nothingJoined) !== undefined}
        title={readOnly ?? nothingJoined}
        onClick={() => {
          setAsked('split');
        }}
      >
        Split…
      </button>
      <button type="button" className="button" disabled={!canUndo} title={undoLabel} onClick={() => void undo()}>
        Undo
      </button>
      {error === undefined ? null : <ErrorPanel error={error} title="The change was not made" onRetry={clearError} />}
      {asked === 'owner' ? <OwnerDialog principal={principal} onClose={close} /> : null}
      {asked === 'split' ? <SplitDialog principal={principal} onClose={close} /> : null}
    </div>
  );
}

function Findings({ principal }: { readonly principal: string }) {
  const findings = useEngineQuery('findings.list', {});
  const about = (findings.data ?? []).filter(({ principals }) => principals.includes(principal));
  if (about.length === 0) return null;
  return (
    <Part title={`Findings (${formatCount(about.length)})`}>
      <ul className="plain-list">
        {about.slice(0, 30).map(({ id, title }) => (
          <li key={id}>
            <GoLink to={{ view: 'findings', finding: id }}>
              <EvidenceText text={title} />
            </GoLink>
          </li>
        ))}
      </ul>
    </Part>
  );
}
