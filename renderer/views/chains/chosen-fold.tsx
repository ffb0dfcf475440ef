import { X } from 'lucide-react';
import type { CallRow } from '#shared/contract/rows.ts';
import { foldFacts } from '../../charts/chain-folds.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { DurationText, TimeText } from '../../widgets/numbers.tsx';
import { foldWords, statusSplit } from './fold-words.ts';
import type { FoldRow } from './waterfall.tsx';

interface ChosenFoldProps {
  readonly fold: FoldRow;
  readonly onCall: (ref: string) => void;
  readonly onClose: () => void;
}

/** What a folded row stands for: how many calls, when, how they ended, and the way to those that stick out. */
export function ChosenFold({ fold, onCall, onClose }: ChosenFoldProps) {
  const { calls } = fold;
  const facts = foldFacts(fold.nodes);
  const [first] = calls;
  const last = calls.at(-1);
  if (first === undefined || last === undefined) return null;
  const what = first.endpoint ?? `${first.method ?? ''} ${first.host ?? ''}${first.path ?? ''}`;
  return (
    <section className="detail" aria-label={`${formatPlural(calls.length, 'alike call')} folded`}>
      <div className="detail-head">
        <h2 className="detail-title">
          <span className="mono">
            <EvidenceText text={what} />
          </span>
          <span className="number">×{formatCount(calls.length)}</span>
        </h2>
        <IconButton icon={X} label="Close the fold" onClick={onClose} />
      </div>
      <div className="detail-body">
        <dl className="facts">
          <dt>What they do</dt>
          <dd>{foldWords(facts)}</dd>
          <dt>First</dt>
          <dd>
            <CallTime call={first} onCall={onCall} />
          </dd>
          <dt>Last</dt>
          <dd>
            <CallTime call={last} onCall={onCall} />
          </dd>
          <dt>Middle pause</dt>
          <dd>{facts.pause === undefined ? 'not known' : <DurationText ms={facts.pause} />}</dd>
          <dt>Answers</dt>
          <dd>{statusSplit(facts)}</dd>
          <dt>Slowest</dt>
          <dd>
            {facts.slowest?.durationMs === undefined ? (
              'no call says how long it took'
            ) : (
              <>
                <DurationText ms={facts.slowest.durationMs} /> <CallTime call={facts.slowest} onCall={onCall} />
              </>
            )}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function CallTime({ call, onCall }: { readonly call: CallRow; readonly onCall: (ref: string) => void }) {
  return (
    <>
      {call.time === undefined ? 'no time' : <TimeText time={call.time} />}{' '}
      <button
        type="button"
        className="link"
        onClick={() => {
          onCall(call.ref);
        }}
      >
        Show this call
      </button>
    </>
  );
}
