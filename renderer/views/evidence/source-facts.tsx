import { X } from 'lucide-react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { select } from '../../state/selection.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatTime } from '../../widgets/format.ts';
import { bytesBalance } from './ledger.ts';
import { Balance } from './ledger-bar.tsx';

/** Everything that is known of the chosen source. */
export function SourceFacts({ source }: { readonly source: SourceRow }) {
  const rejectedBy = Object.entries(source.rejectedBy);
  return (
    <section className="source-facts" aria-label={`Source ${source.name}`}>
      <div className="panel-head">
        <h2 className="source-name mono">
          <EvidenceText text={source.name} />
        </h2>
        <div className="actions">
          {source.accepted > 0 ? <GoLink to={toCalls(matching('source', source.name))}>Its calls</GoLink> : null}
          <button
            type="button"
            className="icon-button"
            aria-label="Show all sources"
            onClick={() => {
              select({ source: undefined });
            }}
          >
            <X size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </div>
      </div>
      <dl className="facts">
        <dt>SHA-256</dt>
        <dd className="fact-hash">
          <code>{source.sha256}</code>
          <CopyButton text={source.sha256} label="Copy SHA-256" />
        </dd>
        {source.container === undefined ? null : (
          <>
            <dt>Inside</dt>
            <dd>
              <EvidenceText text={source.container.name} /> <code className="muted">{source.container.sha256}</code>
            </dd>
          </>
        )}
        <dt>Bytes</dt>
        <dd>
          {formatCount(source.bytesAccounted)} of {formatCount(source.bytes)} accounted for <Balance holds={bytesBalance(source)} />
        </dd>
        <dt>Times</dt>
        <dd>
          {source.timeRange === undefined
            ? 'none in this source'
            : `${formatTime(source.timeRange[0])} to ${formatTime(source.timeRange[1])} UTC`}
          {source.timezone === 'none' ? '' : `, zone ${source.timezone}`}
        </dd>
        {source.duplicateOf === undefined ? null : (
          <>
            <dt>Same as</dt>
            <dd>
              <EvidenceText text={source.duplicateOf} />, so its records were not read twice
            </dd>
          </>
        )}
        {rejectedBy.length === 0 ? null : (
          <>
            <dt>Not used</dt>
            <dd className="fact-codes">
              {rejectedBy.map(([code, count]) => (
                <span key={code}>
                  <code className="code-tag">{code}</code> {formatCount(count)}
                </span>
              ))}
            </dd>
          </>
        )}
        {source.notes.length === 0 ? null : (
          <>
            <dt>Notes</dt>
            <dd>
              {source.notes.map((note, index) => (
                <p key={index}>
                  <EvidenceText text={note} />
                </p>
              ))}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
