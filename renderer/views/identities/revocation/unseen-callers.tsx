import type { RevocationCaller } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toCredential, toFinding, toPrincipal } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatPlural } from '../../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../../widgets/more-rows.tsx';
import { SeverityMark } from '../../../widgets/severity-mark.tsx';

/** Callers of incidents whose credential no source shows: named above the plan, which cannot name what they hold. */
export function UnseenCallers({ callers }: { readonly callers: readonly RevocationCaller[] }) {
  const { shown, hidden, showMore } = useFirstRows(callers);
  if (callers.length === 0) return null;
  return (
    <section className="revo-callers" aria-labelledby="revo-callers-title">
      <h2 id="revo-callers-title">First: principals of incidents whose credential is not in the evidence</h2>
      <ul className="card-list card-marked">
        {shown.map((caller) => (
          <Caller key={caller.principal} caller={caller} />
        ))}
      </ul>
      <MoreRows hidden={hidden} onMore={showMore} />
      <p className="muted">End every session and key of theirs where it was issued. The plan below holds only what a source shows.</p>
    </section>
  );
}

function Caller({ caller: { principal, label, weak, calls, findings, credentials } }: { readonly caller: RevocationCaller }) {
  const [worst] = findings;
  const incidents = findings.map(({ id }) => matching('finding', id)).join(' or ');
  return (
    <li>
      {worst === undefined ? null : <SeverityMark severity={worst.severity} word={false} />}
      <span>
        <GoLink to={toPrincipal(principal)}>
          <EvidenceText text={label} />
        </GoLink>
        {weak ? ' (known by network and program only)' : ''}:{' '}
        <GoLink to={toCalls(`${matching('principal', principal)} and (${incidents})`)}>{formatPlural(calls, 'call')}</GoLink>
        {worst === undefined ? null : (
          <>
            {' '}
            in{' '}
            <GoLink to={toFinding(worst.id)}>
              <EvidenceText text={worst.title} />
            </GoLink>
          </>
        )}
        {credentials.length === 0 ? '; no credential of theirs is known.' : '; known: '}
        {credentials.slice(0, 4).map((id, index) => (
          <span key={id} className="mono">
            {index === 0 ? '' : ', '}
            <GoLink to={toCredential(id)}>{id}</GoLink>
          </span>
        ))}
        {credentials.length > 4 ? <span className="muted"> and {formatPlural(credentials.length - 4, 'more', 'more')}</span> : null}
      </span>
    </li>
  );
}
