import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FormatRow } from '#shared/contract/inspection.ts';
import type { Coverage, SourceRow } from '#shared/contract/rows.ts';
import { matching } from '../../query/queries.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { select } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatTime } from '../../widgets/format.ts';
import { CoverageStrip } from './coverage-strip.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { bytesBalance } from './ledger.ts';
import { Balance } from './ledger-bar.tsx';
import { isReadable, stateOf } from './source-state.ts';
import type { SourceAction } from './source-table.tsx';
import { StateMark } from './state-mark.tsx';
import { clockWords } from './two-sides/words.ts';

interface SourceFactsProps {
  readonly source: SourceRow;
  readonly coverage: Coverage | undefined;
  readonly onAction: (action: SourceAction, source: SourceRow) => void;
}

/** Everything that is known of the chosen source, and what can be done with it. */
export function SourceFacts({ source, coverage, onAction }: SourceFactsProps) {
  const formats = useEngineQuery('formats.list', {});
  const format = formats.data?.find(({ id }) => id === source.format);
  const calls = coverage?.sources.find((each) => each.source === source.name);
  return (
    <section className="source-facts" aria-label={`Source ${source.name}`}>
      <div className="panel-head">
        <h2 className="source-name mono">
          <EvidenceText text={source.name} />
        </h2>
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
      <Actions source={source} onAction={onAction} />
      <dl className="fact-list">
        <Fact name="State">
          <StateMark state={stateOf(source)} />
          <p className="muted">{stateOf(source).means}</p>
        </Fact>
        <FormatFact source={source} format={format} />
        {coverage === undefined || calls === undefined ? null : (
          <Fact name="Coverage">
            <CoverageStrip coverage={coverage} source={calls} />
            <details>
              <summary>As a table</summary>
              <CoverageTable coverage={coverage} source={calls} />
            </details>
          </Fact>
        )}
        <Fact name="Times">
          {source.timeRange === undefined
            ? 'none in this source'
            : `${formatTime(source.timeRange[0])} to ${formatTime(source.timeRange[1])} UTC`}
          {source.timezone === 'none' ? '' : `, zone ${source.timezone}`}
          {source.zone === undefined ? '' : ` as ${source.zone}`}
        </Fact>
        {source.clockAheadMs === undefined ? null : <Fact name="Clock">{clockWords(source)}</Fact>}
        <Fact name="SHA-256">
          <span className="fact-hash">
            <code>{source.sha256}</code>
            <CopyButton text={source.sha256} label="Copy SHA-256" />
          </span>
        </Fact>
        {source.container === undefined ? null : (
          <Fact name="Inside">
            <EvidenceText text={source.container.name} /> <code className="muted">{source.container.sha256}</code>
          </Fact>
        )}
        <Fact name="Bytes">
          {formatCount(source.bytesAccounted)} of {formatCount(source.bytes)} accounted for <Balance holds={bytesBalance(source)} />
        </Fact>
        {source.duplicateOf === undefined ? null : (
          <Fact name="Same as">
            <EvidenceText text={source.duplicateOf} />, so its records were not read twice
          </Fact>
        )}
        {source.notes.length === 0 ? null : (
          <Fact name="Notes">
            {source.notes.map((note, index) => (
              <p key={index}>
                <EvidenceText text={note} />
              </p>
            ))}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function FormatFact({ source, format }: { readonly source: SourceRow; readonly format: FormatRow | undefined }) {
  const by = source.recognizedBy === 'override' ? 'chosen by hand: ' : source.recognizedBy === 'name' ? 'by its name: ' : '';
  const { settings } = source;
  return (
    <Fact name="Format">
      {source.format === undefined ? null : (
        <p>
          {format?.title ?? source.format} <code className="code-tag">{source.format}</code>
        </p>
      )}
      <p className="muted">
        {by}
        <EvidenceText text={source.evidence} />
      </p>
      {format === undefined ? null : <p className="faint">Holds {format.holds}</p>}
      {settings?.logFormat === undefined ? null : (
        <p>
          Log format <code>{settings.logFormat}</code>
        </p>
      )}
      {settings?.mapping === undefined ? null : (
        <p>
          Mapping <EvidenceText text={settings.mapping.name} />
        </p>
      )}
      {settings?.encoding === undefined ? null : <p>Encoding {settings.encoding}</p>}
    </Fact>
  );
}

function Actions({ source, onAction }: Pick<SourceFactsProps, 'source' | 'onAction'>) {
  const readable = isReadable(source);
  const readOnly = useReadOnly();
  return (
    <div className="source-actions">
      {source.accepted > 0 && source.state !== 'withdrawn' ? (
        <GoLink to={toCalls(matching('source', source.name))} className="button">
          Its calls
        </GoLink>
      ) : null}
      {readable ? (
        <Button
          disabled={readOnly}
          onClick={() => {
            onAction('read-as', source);
          }}
        >
          {source.format === undefined ? 'Read as…' : 'Read again with other settings…'}
        </Button>
      ) : null}
      {readable || source.state === 'duplicate' ? (
        <Button
          disabled={readOnly}
          onClick={() => {
            onAction('withdraw', source);
          }}
        >
          Withdraw…
        </Button>
      ) : null}
    </div>
  );
}
