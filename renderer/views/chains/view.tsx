import './view.css';
import { CHAIN_MARKS } from '#shared/model/chain-mark.ts';
import { FilterBar } from '../../filter/filter-bar.tsx';
import { useFilter, type Filter } from '../../filter/use-filter.ts';
import { useChainPages, useFlowPages, type ChainNarrowing } from '../../query/use-chain-pages.ts';
import { useChain } from '../../query/use-chain.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { goTo, select, usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { ChainList } from './chain-list.tsx';
import { ChainPane } from './chain-pane.tsx';
import { FlowList } from './flow-list.tsx';
import { isNarrowed, ListHead } from './list-head.tsx';
import { NoChains } from './no-chains.tsx';

/** Chains: calls that led to one another, as a list and one of them as waterfall, graph or tables. */
export function ChainsView() {
  const filter = useFilter();
  const like = usePlace('like');
  const marked = usePlace('only');
  const isFlows = usePlace('tab') === 'flows';
  const narrowing: ChainNarrowing = isFlows ? {} : { like, only: CHAIN_MARKS.find((mark) => mark === marked) };
  const pages = useChainPages(filter.good, narrowing);
  const count = pages.total === undefined ? '' : formatPlural(pages.total, 'chain');
  return (
    <div className="view">
      <FilterBar
        filter={filter}
        label="Query over calls; chains with a call that fits are listed"
        placeholder="Chains with a call that fits: agent:*, host:files.*, is:write, status >= 400"
        count={filter.good.trim() === '' || count === '' ? count : `${count} with such a call`}
      />
      <ChainBody pages={pages} filter={filter} isFlows={isFlows} narrowing={narrowing} />
    </div>
  );
}

interface ChainBodyProps {
  readonly pages: ReturnType<typeof useChainPages>;
  readonly filter: Filter;
  /** Chains are listed grouped by what they did. */
  readonly isFlows: boolean;
  readonly narrowing: ChainNarrowing;
}

function ChainBody({ pages, filter, isFlows, narrowing }: ChainBodyProps) {
  const picked = usePlace('chain');
  const [size, setSize] = usePaneSize('chain-list', 336);
  if (pages.error !== undefined) return <ErrorPanel error={pages.error} title="The chains could not be listed" onRetry={pages.reload} />;
  if (pages.total === undefined) return <Skeleton lines={10} label="chains" />;
  if (pages.total === 0 && picked === undefined && !isNarrowed(narrowing)) return <NoChains filter={filter} />;
  // Without a choice the first chain stands open: it is the most urgent one, and an empty half screen says nothing.
  const chain = picked ?? pages.row(0)?.id;
  return (
    <SplitPane
      direction="row"
      sized="first"
      size={size}
      min={220}
      max={720}
      onSize={setSize}
      label="Width of the list of chains"
      first={
        <div className="chain-lists">
          <ListHead isFlows={isFlows} narrowing={narrowing} total={pages.total} />
          {isFlows ? <Flows query={filter.good} chosen={chain} /> : <ChainList pages={pages} chosen={chain} onChoose={choose} />}
        </div>
      }
      second={chain === undefined ? <Skeleton lines={8} label="the chain" /> : <ChosenChain key={chain} id={chain} />}
    />
  );
}

const choose = (id: string): void => {
  select({ chain: id, call: undefined });
};

function Flows({ query, chosen }: { readonly query: string; readonly chosen: string | undefined }) {
  const pages = useFlowPages(query);
  if (pages.error !== undefined) return <ErrorPanel error={pages.error} title="The flows could not be listed" onRetry={pages.reload} />;
  if (pages.total === undefined) return <Skeleton lines={10} label="flows" />;
  return (
    <FlowList
      pages={pages}
      chosen={chosen}
      onChoose={choose}
      onOpen={(id) => {
        goTo({ like: id, only: undefined, chain: id, call: undefined, tab: undefined });
      }}
    />
  );
}

function ChosenChain({ id }: { readonly id: string }) {
  const detail = useChain(id);
  return (
    <Answer query={detail} what="this chain" lines={8}>
      {(data) => <ChainPane detail={data} />}
    </Answer>
  );
}
