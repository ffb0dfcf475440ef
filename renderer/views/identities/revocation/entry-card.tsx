import type { RevocationDetail } from '#shared/contract/revocation.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toCredential } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Card, CardBody, CardHead } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { FindingList } from '../../../state/finding-list.tsx';
import { Blast } from './blast.tsx';
import { Checklist } from './checklist.tsx';
import { ContainmentPart } from './containment-part.tsx';
import { Breaks, Terms, Ties } from './entry-parts.tsx';
import { Packet } from './packet.tsx';
import { callsOf, validityText } from './words.ts';

/** Where the focus goes when an entry is opened by key. */
export const ENTRY_ID = 'revocation-entry';

/** One credential of the plan in full. */
export function EntryCard({ id }: { readonly id: string }) {
  const detail = useEngineQuery('revocation.get', { credential: id });
  return (
    <Card id={ENTRY_ID} label="Credential to revoke" shown={id} stale={detail.stale}>
      <Answer query={detail} what="this credential" lines={10}>
        {(data) => (
          <>
            <Head detail={data} />
            <CardBody>
              <Checklist detail={data} />
              <Terms row={data.row} />
              <FindingList key={`findings ${data.row.credential}`} findings={data.row.findings} />
              <Blast key={data.row.credential} detail={data} />
              <Breaks row={data.row} />
              <Ties detail={data} />
              <ContainmentPart key={`${data.row.credential} ${data.givenTime ?? ''}`} detail={data} />
              <Packet key={`packet ${data.row.credential}`} files={data.files} />
            </CardBody>
          </>
        )}
      </Answer>
    </Card>
  );
}

function Head({ detail: { row, knownAs } }: { readonly detail: RevocationDetail }) {
  const { about, stillValidSeconds } = row;
  return (
    <CardHead
      title={
        <>
          <span>{`${String(row.order)}.`}</span>
          <span className="mono">
            {about.id}{' '}
            <span className="muted">
              <EvidenceText text={about.masked} />
            </span>
          </span>
        </>
      }
    >
      <p>
        {about.holder === undefined ? (
          <span className="muted">Whose it is, no record says.</span>
        ) : (
          <>
            <KindMark kind={about.holderKind ?? 'unknown'} /> <EvidenceText text={about.holder} />
          </>
        )}
      </p>
      {knownAs.map(({ name, value, call }) => (
        <p key={`${name} ${value}`}>
          <span className="muted">{`Known as ${name} `}</span>
          <span className="mono">
            <EvidenceText text={value} />
          </span>
          {value.includes('…') ? (
            <>
              <span className="muted">, in full in </span>
              <span className="mono">
                <EvidenceText text={call} />
              </span>
            </>
          ) : null}
        </p>
      ))}
      <p>{row.reason}</p>
      <p className="muted">
        {about.firstUse === undefined ? (
          'Never used. '
        ) : (
          <>
            Used <TimeText time={about.firstUse} to="s" /> to <TimeText time={about.lastUse ?? about.firstUse} to="s" /> UTC.{' '}
          </>
        )}
        {about.expiresAt === undefined ? null : (
          <>
            Expires <TimeText time={about.expiresAt} to="s" /> UTC:{' '}
          </>
        )}
        {stillValidSeconds === undefined ? 'No end is known' : validityText(stillValidSeconds)}.
      </p>
      <div className="card-actions">
        <GoLink to={toCalls(callsOf(row.credential))} className="button">
          Show its calls
        </GoLink>
        <GoLink to={toCredential(row.credential)} className="button">
          Its dossier
        </GoLink>
      </div>
    </CardHead>
  );
}
