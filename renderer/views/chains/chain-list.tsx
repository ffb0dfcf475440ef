import type { EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainRow } from '#shared/contract/rows.ts';
import type { ChainPages } from '../../query/use-chain-pages.ts';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_KINDS, EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { formatCount, formatDuration, formatPlural, formatTime } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { parseChainTitle } from './chain-title.ts';
import { RowList, rowColumn, StepEnds } from './row-list.tsx';

interface ChainListProps {
  readonly pages: ChainPages;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

const columns = rowColumn<ChainRow>('Chains, the most urgent first', (chain) => <ChainCell chain={chain} />);

/** The list of chains: how bad, who, from which step to which, how much, and how its calls are known to belong together. */
export const ChainList = (props: ChainListProps) => <RowList {...props} label="Chains" columns={columns} />;

function ChainCell({ chain }: { readonly chain: ChainRow }) {
  const kinds = EDGE_KINDS.filter((kind) => (chain.edgeCounts[kind] ?? 0) > 0);
  const { who, first, last } = parseChainTitle(chain.title);
  return (
    <div className="chain-cell">
      <div className="chain-line">
        {chain.severity === undefined ? null : <SeverityMark severity={chain.severity} word={false} />}
        <span className="chain-title">
          <MiddleText text={who} tail={14} />
        </span>
        {chain.start === undefined ? null : <span className="number muted chain-when">{formatTime(chain.start, 'min')}</span>}
      </div>
      <StepEnds first={first} last={last} />
      <div className="chain-line muted">
        <span>{callsText(chain, 'hop')}</span>
        {chain.hosts.length === 0 ? null : <span>{formatPlural(chain.hosts.length, 'host')}</span>}
        {chain.start === undefined || chain.end === undefined ? null : <span className="number">{spanText(chain.start, chain.end)}</span>}
        {chain.failed > 0 ? <span className="status-bad">{formatCount(chain.failed)} failed</span> : null}
        <span className="chain-kinds">
          {kinds.map((kind) => (
            <KindCount key={kind} kind={kind} count={chain.edgeCounts[kind] ?? 0} />
          ))}
        </span>
      </div>
    </div>
  );
}

/** How many calls the principal made in a chain, and how many more are these further in; in the narrow list with a shorter word. */
export const callsText = ({ callCount, hops }: Pick<ChainRow, 'callCount' | 'hops'>, word: 'hop' | 'inner hop' = 'inner hop'): string =>
  hops === 0 ? formatPlural(callCount, 'call') : `${formatPlural(callCount - hops, 'call')} + ${formatPlural(hops, word)}`;

function KindCount({ kind, count }: { readonly kind: EdgeKind; readonly count: number }) {
  const words = `${formatPlural(count, 'link')} known by ${EDGE_WORDS[kind]}`;
  return (
    <span className="chain-kind" role="img" aria-label={words} title={words}>
      <EdgeLineMark kind={kind} />
      {formatCount(count)}
    </span>
  );
}

/** How long a chain lasted, from two times as text. */
export const spanText = (start: string, end: string): string => formatDuration(Math.max(0, Date.parse(end) - Date.parse(start)));
