import type { FlowRow, FlowStep } from '#shared/contract/chains.ts';
import type { ChainMark } from '#shared/model/chain-mark.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { FlowPages } from '../../query/use-chain-pages.ts';
import { GoLink } from '../../state/go-link.tsx';
import type { Place } from '../../state/url.ts';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { RowList, rowColumn, StepEnds } from './row-list.tsx';

interface FlowListProps {
  readonly pages: FlowPages;
  readonly chosen: string | undefined;
  /** Shows the first chain of the flow. */
  readonly onChoose: (id: string) => void;
  /** Lists all chains of the flow. */
  readonly onOpen: (id: string) => void;
}

const columns = rowColumn<FlowRow>('Flows, the most frequent first', (flow) => <FlowCell flow={flow} />);

/** Chains grouped by what they did: how often each flow ran, and which other flow it is nearly like. */
export const FlowList = (props: FlowListProps) => <RowList {...props} label="Flows" columns={columns} />;

/** All chains of a flow that the query leaves. */
const toFlow = (id: string): Partial<Place> => ({
  view: 'chains',
  like: id,
  only: undefined,
  chain: id,
  call: undefined,
  tab: undefined,
});

/** The same, whatever the query: for numbers that count the whole case. */
export const toWholeFlow = (id: string): Partial<Place> => ({ ...toFlow(id), query: '' });

/** Those with a mark; the first of them stands open. */
const toMarked = (id: string, only: ChainMark): Partial<Place> => ({ ...toFlow(id), only, chain: undefined });

function FlowCell({ flow }: { readonly flow: FlowRow }) {
  const [first = '', ...rest] = flow.title.split(' → ');
  return (
    <div className="chain-cell" title={toVisibleText(flow.signature)}>
      <div className="chain-line">
        <GoLink to={toFlow(flow.id)}>{formatPlural(flow.chains, 'chain')}</GoLink>
        <span className="muted">
          {formatPlural(flow.calls, 'call')}, {formatPlural(flow.principals, 'principal')}
        </span>
        {flow.first === undefined ? null : <span className="number muted chain-when chain-end">{formatTime(flow.first, 'min')}</span>}
      </div>
      <StepEnds first={first} last={rest.at(-1)} />
      <div className="chain-line muted">
        {flow.failed > 0 ? <GoLink to={toMarked(flow.id, 'failed')}>{formatCount(flow.failed)} with a failure</GoLink> : null}
        {flow.withFindings > 0 ? (
          <GoLink to={toMarked(flow.id, 'incident')}>{formatCount(flow.withFindings)} with an incident</GoLink>
        ) : null}
        {flow.variantOf === undefined ? null : <Variant {...flow.variantOf} />}
      </div>
    </div>
  );
}

function Variant({ id, chains, added, missing }: NonNullable<FlowRow['variantOf']>) {
  const words = [...added.map((step) => `+ ${stepText(step)}`), ...missing.map((step) => `− ${stepText(step)}`)];
  return (
    <>
      <GoLink to={toWholeFlow(id)} className="chain-variant">
        like a flow of {formatPlural(chains, 'chain')}
      </GoLink>
      <MiddleText text={words.length === 0 ? 'the same steps in another order or number' : words.join(', ')} tail={10} />
    </>
  );
}

/** A step, and where it differs the step that it followed. */
export const stepText = ({ step, from }: FlowStep): string => (from === undefined ? step : `${step} after ${from}`);
