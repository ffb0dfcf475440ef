import { useEngineQuery } from '../../query/use-engine-query.ts';
import { goTo, select } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { CallDiff } from '../../widgets/call/call-diff.tsx';

/** Two calls side by side in the place of the details. */
export function ComparedCalls({ left, right }: { readonly left: string; readonly right: string }) {
  const ours = useEngineQuery('calls.get', { ref: left });
  const theirs = useEngineQuery('calls.get', { ref: right });
  return (
    <Answer query={ours} what="the first call" lines={6}>
      {(first) => (
        <Answer query={theirs} what="the second call" lines={6}>
          {(second) => (
            <CallDiff
              left={first}
              right={second}
              onSwap={() => {
                select({ call: right, with: left });
              }}
              onClose={() => {
                goTo({ with: undefined });
              }}
            />
          )}
        </Answer>
      )}
    </Answer>
  );
}
