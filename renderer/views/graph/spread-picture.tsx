import type { Spread, SpreadStep } from '#shared/contract/graph.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { toCall } from '../../state/places.ts';
import { ReachedCalls } from '../../state/reached-calls.tsx';
import { follow } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { SpreadSteps } from '../../widgets/spread-steps.tsx';
import { SpreadTable } from '../../widgets/spread-table.tsx';

/** Hosts that are listed; the sentence above says when there are more. */
const MAX_STEPS = 500;

interface SpreadPictureProps {
  readonly query: string;
  readonly asTable: boolean;
}

/** How far the calls that fit reached, host by host; each opens its first call. */
export function SpreadPicture({ query, asTable }: SpreadPictureProps) {
  const spread = useEngineQuery('graph.spread', { query, count: MAX_STEPS });
  const open = (ref: string): void => {
    follow(toCall(ref));
  };
  const reached = (data: Spread) => (step: SpreadStep) => <ReachedCalls data={data} step={step} query={query} />;
  return (
    <Answer query={spread} what="the hosts that were reached" lines={8}>
      {(data) =>
        asTable ? (
          <SpreadTable steps={data.steps} callsOf={reached(data)} chosen={undefined} onCall={open} />
        ) : (
          <SpreadSteps data={data} callsOf={reached(data)} chosen={undefined} onCall={open} />
        )
      }
    </Answer>
  );
}
