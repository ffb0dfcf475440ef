import { toClause } from '#shared/query/edit.ts';
import type { Conversation as Data } from '#shared/contract/messages.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Button } from '../../../widgets/button.tsx';
import { Conversation } from '../../../widgets/call/conversation.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';

/** Calls of a chain that are read for their messages; the head says when there are more. */
const MAX_READ = 2000;

interface ChainMessagesProps {
  readonly chain: string;
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  /** Goes back to a picture that every chain has. */
  readonly onWaterfall: () => void;
}

/** A chain as a conversation: prompt, tool call, result, and the calls of APIs in between. */
export function ChainMessages({ chain, chosen, onCall, onWaterfall }: ChainMessagesProps) {
  const query = useEngineQuery('calls.messages', { query: toClause('chain', chain), limit: MAX_READ });
  return (
    <Answer query={query} what="the messages" lines={8}>
      {(data) =>
        data.turns.some((turn) => turn.kind !== 'calls') ? (
          <>
            <div className="sequence-bar muted">{totals(data)}</div>
            <Conversation data={data} label="Messages of the chain" chosen={chosen} onCall={onCall} />
          </>
        ) : (
          <EmptyState
            title={`0 of ${formatPlural(data.read, 'call')} are of a model or a tool`}
            actions={<Button onClick={onWaterfall}>Show the waterfall</Button>}
          >
            A conversation is read from calls of models and of MCP tools. This chain has calls of APIs only.
          </EmptyState>
        )
      }
    </Answer>
  );
}

/** What the conversation comes to. Tokens are summed where the evidence names them, and it is said of how many turns. */
function totals(data: Data): string {
  const turns = data.turns.filter((turn) => turn.kind !== 'calls');
  const models = turns.filter((turn) => turn.kind === 'model');
  const counted = models.filter((turn) => turn.tokensIn !== undefined || turn.tokensOut !== undefined);
  const tokens = counted.reduce((sum, turn) => sum + (turn.tokensIn ?? 0) + (turn.tokensOut ?? 0), 0);
  const costs = models.flatMap((turn) => turn.costUsd ?? []);
  return [
    `${formatPlural(data.messages, 'message')} of ${formatPlural(models.length, 'model call')} and ${formatPlural(turns.length - models.length, 'tool call')}`,
    counted.length === 0
      ? 'no tokens known'
      : `${formatCount(tokens)} tokens in ${formatCount(counted.length)} of ${formatCount(models.length)}`,
    costs.length === 0 ? '' : `$${costs.reduce((sum, cost) => sum + cost, 0).toFixed(4)} in ${formatCount(costs.length)}`,
    data.truncated ? `the first ${formatCount(data.read)} of ${formatPlural(data.calls, 'call')} were read` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
