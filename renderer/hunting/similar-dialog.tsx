import type { SharedFeature, SimilarCalls, SimilarTo } from '#shared/contract/hunting.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { toCall } from '../state/places.ts';
import { follow } from '../state/selection.ts';
import { Answer } from '../widgets/answer.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { MiddleText } from '../widgets/middle-text.tsx';
import { Modal } from '../widgets/modal.tsx';
import { TimeText } from '../widgets/numbers.tsx';

/** Calls that are shown. */
const SHOWN = 50;
/** Features of a call that are told: the one that weighs most comes first, and the last are common. */
const TOLD = 3;

const FROM: Readonly<Record<SimilarTo['kind'], string>> = {
  call: 'this call',
  chain: 'the calls of this chain',
  finding: 'the evidence of this finding',
};

const percentOf = (share: number): string => (share < 0.001 ? 'below 0.1 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`);

interface SimilarDialogProps {
  readonly to: SimilarTo;
  readonly onClose: () => void;
}

/** Calls like others: ranked by what they share, each with what that is and how rare it is in the case. */
export function SimilarDialog({ to, onClose }: SimilarDialogProps) {
  const similar = useEngineQuery('calls.similar', { to, count: SHOWN });
  return (
    <Modal
      title="More like this"
      about={`Other calls that share most with ${FROM[to.kind]}, what is rare counting for more.`}
      wide
      onClose={onClose}
    >
      <Answer query={similar} what="similar calls" lines={8}>
        {(data) => (data.rows.length === 0 ? <NothingAlike /> : <Rows similar={data} onClose={onClose} />)}
      </Answer>
    </Modal>
  );
}

function NothingAlike() {
  return <EmptyState title="Nothing stands out">All that these calls share is shared by every call of the case.</EmptyState>;
}

function Rows({ similar, onClose }: { readonly similar: SimilarCalls; readonly onClose: () => void }) {
  return (
    <>
      <p className="muted similar-sought">
        Looked for, from {formatPlural(similar.seeds, 'call')}: <Features features={similar.features} />
      </p>
      <div className="similar-rows" tabIndex={0} role="region" aria-label="Similar calls">
        <table className="table similar-table">
          <thead>
            <tr>
              <th scope="col" className="end">
                Likeness
              </th>
              <th scope="col">Time (UTC)</th>
              <th scope="col">Call</th>
              <th scope="col">Shares</th>
            </tr>
          </thead>
          <tbody>
            {similar.rows.map(({ call, score, shared }) => (
              <tr key={call.ref}>
                <td className="end number">{Math.round(score * 100)} %</td>
                <td className="cell-nowrap">
                  <TimeText time={call.time} to="s" />
                </td>
                <td>
                  <button
                    type="button"
                    className="link similar-call"
                    onClick={() => {
                      onClose();
                      follow(toCall(call.ref));
                    }}
                  >
                    <MiddleText text={`${call.method ?? ''} ${call.host ?? ''}${call.path ?? ''}`} mono tail={24} />
                  </button>
                </td>
                <td className="similar-shared">
                  <Features features={shared.slice(0, TOLD)} />
                  {shared.length > TOLD ? <span className="muted"> · {formatCount(shared.length - TOLD)} more</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Features in words: `endpoint GET /x (0.4 % of all calls)`. */
function Features({ features }: { readonly features: readonly SharedFeature[] }) {
  return (
    <>
      {features.map(({ name, value, share }, index) => (
        <span key={`${name} ${value}`}>
          {index === 0 ? '' : ' · '}
          {name} <EvidenceText text={value} /> <span className="faint">({percentOf(share)})</span>
        </span>
      ))}
    </>
  );
}
