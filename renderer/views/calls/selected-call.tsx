import { useEngineQuery } from '../../query/use-engine-query.ts';
import { toChain, toFinding } from '../../state/places.ts';
import { goTo } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { CallDetail } from '../../widgets/call-detail.tsx';

interface SelectedCallProps {
  readonly reference: string;
  readonly onClause: (clause: string) => void;
  readonly onClose: () => void;
}

/** The selected call in full, under the table. */
export function SelectedCall({ reference, onClause, onClose }: SelectedCallProps) {
  const detail = useEngineQuery('calls.get', { ref: reference });
  return (
    <Answer query={detail} what="this call" lines={6}>
      {(data) => (
        <CallDetail
          detail={data}
          onClause={onClause}
          onClose={onClose}
          onCall={(ref) => {
            goTo({ call: ref });
          }}
          onChain={(chain, call) => {
            goTo(toChain(chain, call));
          }}
          onFinding={(finding) => {
            goTo(toFinding(finding));
          }}
        />
      )}
    </Answer>
  );
}
