import type { Spread, SpreadStep } from '#shared/contract/graph.ts';
import { toClause } from '#shared/query/edit.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { ReachedCalls } from '../../../state/reached-calls.tsx';
import { Answer } from '../../../widgets/answer.tsx';
import { SpreadSteps } from '../../../widgets/spread-steps.tsx';
import { SpreadTable } from '../../../widgets/spread-table.tsx';

/** Hosts that are listed; the sentence above says when there are more. */
const MAX_STEPS = 500;

interface ChainSpreadProps {
  readonly chain: string;
  readonly asTable: boolean;
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
}

/** How far a chain reached, host by host; `asTable` is its table twin. */
export function ChainSpread({ chain, asTable, chosen, onCall }: ChainSpreadProps) {
  const query = toClause('chain', chain);
  const spread = useEngineQuery('graph.spread', { query, count: MAX_STEPS });
  const reached = (data: Spread) => (step: SpreadStep) => <ReachedCalls data={data} step={step} query={query} />;
  return (
    <Answer query={spread} what="the hosts that were reached" lines={8}>
      {(data) =>
        asTable ? (
          <SpreadTable steps={data.steps} callsOf={reached(data)} chosen={chosen} onCall={onCall} />
        ) : (
          <SpreadSteps data={data} callsOf={reached(data)} chosen={chosen} onCall={onCall} />
        )
      }
    </Answer>
  );
}
