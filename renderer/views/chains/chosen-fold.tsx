import { X } from 'lucide-react';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { foldFacts, stepOf, type NodeFold } from '../../charts/graph/fold-facts.ts';
import { CommonTime } from '../../widgets/common-time.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { DurationText } from '../../widgets/numbers.tsx';
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
  const facts = foldFacts(fold.fold);
  const [first] = calls;
  const last = calls.at(-1);
  if (first === undefined || last === undefined) return null;
  const what = facts.kind === 'rounds' ? roundText(fold.fold) : stepOf(first);
  return (
    <section className="detail" aria-label={`${formatPlural(calls.length, facts.kind === 'rounds' ? 'call' : 'alike call')} folded`}>
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
          <dt>{facts.kind === 'rounds' ? 'Middle pause from round to round' : 'Middle pause'}</dt>
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

/** The calls of one round. */
const roundText = ({ members, round = 1 }: NodeFold): string =>
  members
    .slice(0, round)
    .map(({ call }) => stepOf(call))
    .join(' → ');

function CallTime({ call, onCall }: { readonly call: DrawnCall; readonly onCall: (ref: string) => void }) {
  return (
    <>
      {call.time === undefined ? 'no time' : <CommonTime call={call} />}{' '}
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
