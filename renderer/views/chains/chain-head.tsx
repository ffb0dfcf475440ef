import type { EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { GraphModel } from '../../charts/graph-model.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EdgeLineMark } from '../../widgets/edge-line.tsx';
import { EDGE_KINDS, EDGE_WORDS } from '../../widgets/edge-words.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { spanText } from './chain-list.tsx';
import { parseChainTitle } from './chain-title.ts';

export type Mode = 'waterfall' | 'graph' | 'sequence' | 'messages' | 'spread' | 'table';

const MODES = [
  { mode: 'waterfall', title: 'Waterfall', key: 'W' },
  { mode: 'graph', title: 'Graph', key: 'G' },
  { mode: 'sequence', title: 'Sequence', key: 'Q' },
  { mode: 'messages', title: 'Messages', key: 'V' },
  { mode: 'spread', title: 'Spread', key: 'R' },
  { mode: 'table', title: 'Table', key: 'T' },
] as const;

interface ChainHeadProps {
  readonly detail: ChainDetail;
  readonly model: GraphModel;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly hidden: ReadonlySet<EdgeKind>;
  readonly onKind: (kind: EdgeKind) => void;
  /** Folds that the analyst took apart. */
  readonly opened: number;
  readonly onFoldAll: () => void;
}

/** What the picture shows: which chain, how much of it and why not more, and a legend that filters. */
export function ChainHead({ detail, model, mode, onMode, hidden, onKind, opened, onFoldAll }: ChainHeadProps) {
  const { chain } = detail;
  const { who, steps } = parseChainTitle(chain.title);
  return (
    <div className="chain-head">
      <div className="chain-head-line">
        {chain.severity === undefined ? null : <SeverityMark severity={chain.severity} />}
        <h2 title={toVisibleText(chain.title)}>
          <EvidenceText text={who} />{' '}
          <span className="chain-steps">
            <EvidenceText text={steps} />
          </span>
        </h2>
        <CopyButton text={chain.id} label="Copy the id of the chain" />
        <div className="segmented" role="group" aria-label="Picture">
          {MODES.map((choice) => (
            <button
              key={choice.mode}
              type="button"
              aria-pressed={mode === choice.mode}
              title={`${choice.title} (${choice.key})`}
              onClick={() => {
                onMode(choice.mode);
              }}
            >
              {choice.title}
            </button>
          ))}
        </div>
      </div>
      <div className="chain-head-line chain-facts muted">
        <span className="chain-shown" title={mode === 'graph' ? model.why : undefined}>
          {countText(detail, model, mode)}
        </span>
        {chain.start === undefined ? null : (
          <span>
            <TimeText time={chain.start} /> UTC
          </span>
        )}
        {chain.start === undefined || chain.end === undefined ? null : <span>over {spanText(chain.start, chain.end)}</span>}
        {mode === 'graph' && opened > 0 ? (
          <button type="button" className="link" onClick={onFoldAll}>
            Fold again
          </button>
        ) : null}
      </div>
      <div className="chain-head-line chain-facts muted">
        <Legend detail={detail} hidden={hidden} onKind={onKind} />
        <span className="chain-hosts">
          <MiddleText text={chain.hosts.join(', ')} tail={20} />
        </span>
      </div>
    </div>
  );
}

/** "n of m, why": a picture never leaves anything out without saying so. */
function countText(detail: ChainDetail, model: GraphModel, mode: Mode): string {
  const all = formatPlural(detail.chain.callCount, 'call');
  const shown = detail.truncated ? `the first ${formatCount(detail.calls.length)} of ${all}, by time` : all;
  if (mode !== 'graph' || model.why === undefined) return shown;
  return `${formatPlural(model.nodes.length, 'node')} of ${shown}: ${model.why}`;
}

function Legend({
  detail,
  hidden,
  onKind,
}: {
  readonly detail: ChainDetail;
  readonly hidden: ReadonlySet<EdgeKind>;
  readonly onKind: (kind: EdgeKind) => void;
}) {
  const kinds = EDGE_KINDS.filter((kind) => detail.edges.some((edge) => edge.kinds.includes(kind)));
  return (
    <div className="chain-legend" role="group" aria-label="Links by how they are known; press to hide or show">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="legend-item"
          aria-pressed={!hidden.has(kind)}
          title={hidden.has(kind) ? 'Show these links' : 'Hide these links'}
          onClick={() => {
            onKind(kind);
          }}
        >
          <EdgeLineMark kind={kind} />
          {EDGE_WORDS[kind]} <span className="number">{formatCount(detail.edges.filter((edge) => edge.kinds.includes(kind)).length)}</span>
        </button>
      ))}
    </div>
  );
}
