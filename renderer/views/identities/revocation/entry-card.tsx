import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { RevocationDetail } from '#shared/contract/revocation.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatTime } from '../../../widgets/format.ts';
import { IconButton } from '../../../widgets/icon-button.tsx';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { Blast } from './blast.tsx';
import { Checklist } from './checklist.tsx';
import { ContainmentPart } from './containment-part.tsx';
import { Breaks, FindingsAbout, Terms, Ties } from './entry-parts.tsx';
import { Packet } from './packet.tsx';
import { callsOf, validityText } from './words.ts';

/** Where the focus goes when an entry is opened by key. */
export const ENTRY_ID = 'revocation-entry';

/** One credential of the plan in full. */
export function EntryCard({ id }: { readonly id: string }) {
  const detail = useEngineQuery('revocation.get', { credential: id });
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (card.current !== null) card.current.scrollTop = 0;
  }, [id]);
  return (
    <article
      ref={card}
      id={ENTRY_ID}
      className={detail.stale ? 'revo-card stale' : 'revo-card'}
      tabIndex={0}
      data-keys=""
      aria-label="Credential to revoke"
      aria-busy={detail.stale}
    >
      <Answer query={detail} what="this credential" lines={10}>
        {(data) => (
          <>
            <Head detail={data} />
            <div className="revo-body">
              <Terms row={data.row} />
              <FindingsAbout row={data.row} />
              <Blast key={data.row.credential} detail={data} />
              <Breaks row={data.row} />
              <Ties detail={data} />
              <Checklist detail={data} />
              <ContainmentPart key={`${data.row.credential} ${data.givenTime ?? ''}`} detail={data} />
              <Packet key={`packet ${data.row.credential}`} files={data.files} />
            </div>
          </>
        )}
      </Answer>
    </article>
  );
}

function Head({ detail: { row } }: { readonly detail: RevocationDetail }) {
  const { about, stillValidSeconds } = row;
  return (
    <header className="revo-head">
      <div className="revo-head-top">
        <h2 className="mono">
          {about.id}{' '}
          <span className="muted">
            <EvidenceText text={about.masked} />
          </span>
        </h2>
        <IconButton
          icon={X}
          label="Close the entry"
          onClick={() => {
            select({ credential: undefined });
          }}
        />
      </div>
      <p className="revo-holder">
        {about.holder === undefined ? (
          <span className="muted">Whose it is, no record says.</span>
        ) : (
          <>
            <KindMark kind={about.holderKind ?? 'unknown'} word />
            <EvidenceText text={about.holder} />
          </>
        )}
      </p>
      <p>{row.reason}</p>
      <p className="muted">
        {about.firstUse === undefined
          ? 'Never used. '
          : `Used ${formatTime(about.firstUse, 's')} to ${formatTime(about.lastUse ?? about.firstUse, 's')} UTC. `}
        {about.expiresAt === undefined ? '' : `Expires ${formatTime(about.expiresAt, 's')} UTC: `}
        {validityText(stillValidSeconds)}.
      </p>
      <div className="revo-actions">
        <GoLink to={toCalls(callsOf(row.credential))} className="button">
          Show its calls
        </GoLink>
      </div>
    </header>
  );
}
