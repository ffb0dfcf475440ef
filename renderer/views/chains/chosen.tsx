import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { addClause } from '#shared/query/edit.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { CallReview } from '../../review/call-review.tsx';
import { useMarkCommands } from '../../review/use-mark-commands.ts';
import { useTagSlots } from '../../query/use-tag-slots.ts';
import { useCommands } from '../../state/commands.ts';
import { toCalls, toFinding } from '../../state/places.ts';
import { follow, goTo } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { CallDetail } from '../../widgets/call/call-detail.tsx';
import { EdgeProof } from '../../widgets/edge/edge-proof.tsx';
import { formatCount } from '../../widgets/format.ts';
import { TagSlots } from '../../widgets/tag-mark.tsx';

interface ChosenEdgeProps {
  readonly edges: readonly EdgeJson[];
  readonly position: number;
  readonly onStep: (position: number) => void;
  readonly onCall: (ref: string) => void;
  readonly onClose: () => void;
}

/** The proof of the chosen link. */
export function ChosenEdge({ edges, position, onStep, onCall, onClose }: ChosenEdgeProps) {
  const edge = edges[position];
  const detail = useEngineQuery('chains.edge', { from: edge?.from ?? '-', to: edge?.to ?? '-' }, { enabled: edge !== undefined });
  return (
    <Answer query={detail} what="both records" lines={6}>
      {(data) => (
        <EdgeProof
          key={`${data.edge.from} ${data.edge.to}`}
          detail={data}
          position={position}
          count={edges.length}
          onStep={onStep}
          onCall={onCall}
          onClose={onClose}
        />
      )}
    </Answer>
  );
}

interface ChosenCallProps {
  readonly reference: string;
  /** The calls of the same folded node. */
  readonly siblings: readonly DrawnCall[];
  /** Takes that node apart. */
  readonly onOpen: (() => void) | undefined;
  readonly onCall: (ref: string) => void;
  readonly onClose: () => void;
}

/** The chosen call in full; for one of a folded node, the way to the others. */
export function ChosenCall({ reference, siblings, onOpen, onCall, onClose }: ChosenCallProps) {
  const detail = useEngineQuery('calls.get', { ref: reference });
  const slots = useTagSlots();
  useCommands(useMarkCommands(detail.stale ? undefined : detail.data?.call));
  const at = siblings.findIndex((call) => call.ref === reference);
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  return (
    <>
      {siblings.length > 1 && at >= 0 ? (
        <div className="chain-siblings muted">
          Call {formatCount(at + 1)} of {formatCount(siblings.length)} folded into this node
          <button
            type="button"
            className="link"
            disabled={before === undefined}
            onClick={() => {
              if (before !== undefined) onCall(before.ref);
            }}
          >
            Previous
          </button>
          <button
            type="button"
            className="link"
            disabled={after === undefined}
            onClick={() => {
              if (after !== undefined) onCall(after.ref);
            }}
          >
            Next
          </button>
          {onOpen === undefined ? null : (
            <button type="button" className="link" onClick={onOpen}>
              Take apart
            </button>
          )}
        </div>
      ) : null}
      <Answer query={detail} what="this call" lines={6}>
        {(data) => (
          <CallDetail
            detail={data}
            onClose={onClose}
            onCall={onCall}
            onClause={(clause) => {
              follow(toCalls(addClause('', clause)));
            }}
            onFinding={(finding) => {
              goTo(toFinding(finding));
            }}
            review={
              <TagSlots value={slots}>
                <CallReview call={data.call} />
              </TagSlots>
            }
          />
        )}
      </Answer>
    </>
  );
}
