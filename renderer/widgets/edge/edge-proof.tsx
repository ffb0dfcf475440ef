import './edge-proof.css';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { EdgeDetail, EdgeEnd } from '#shared/contract/rows.ts';
import { EdgeLineMark } from './edge-line.tsx';
import { EDGE_WORDS } from './edge-words.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount } from '../format.ts';
import { AnswerText } from '../answer-text.tsx';
import { MiddleText } from '../middle-text.tsx';
import { TimeText } from '../numbers.tsx';
import { RecordText } from '../call/record-text.tsx';

interface EdgeProofProps {
  readonly detail: EdgeDetail;
  /** Which of how many links between the same two nodes this is, and how to see the others. */
  readonly position: number;
  readonly count: number;
  readonly onStep: (position: number) => void;
  readonly onCall: (ref: string) => void;
  readonly onClose: () => void;
}

/** Why two calls are linked: both records side by side, the value that proves it marked in each. */
export function EdgeProof({ detail, position, count, onStep, onCall, onClose }: EdgeProofProps) {
  const { edge, from, to } = detail;
  const kinds = edge.kinds.length === 0 ? [edge.kind] : edge.kinds;
  return (
    <section className="proof" aria-label="Proof of the link">
      <div className="proof-head">
        {kinds.map((kind) => (
          <span key={kind} className="proof-kinds">
            <EdgeLineMark kind={kind} />
            {EDGE_WORDS[kind]}
          </span>
        ))}
        <span className="proof-why">
          <EvidenceText text={edge.why} />
        </span>
        <span className="number" title="How sure this link is">
          {Math.round(edge.confidence * 100)} % sure
        </span>
        {count > 1 ? (
          <span className="proof-steps">
            <button
              type="button"
              className="icon-button"
              aria-label="Previous link"
              disabled={position === 0}
              onClick={() => {
                onStep(position - 1);
              }}
            >
              <ChevronLeft size={16} strokeWidth={1.5} aria-hidden="true" />
            </button>
            {formatCount(position + 1)} of {formatCount(count)}
            <button
              type="button"
              className="icon-button"
              aria-label="Next link"
              disabled={position === count - 1}
              onClick={() => {
                onStep(position + 1);
              }}
            >
              <ChevronRight size={16} strokeWidth={1.5} aria-hidden="true" />
            </button>
          </span>
        ) : null}
        <button type="button" className="icon-button" aria-label="Close the proof" title="Close" onClick={onClose}>
          <X size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </div>
      <div className="proof-sides">
        <Side title="Cause" end={from} onCall={onCall} />
        <Side title="Effect" end={to} onCall={onCall} />
      </div>
    </section>
  );
}

function Side({ title, end, onCall }: { readonly title: string; readonly end: EdgeEnd; readonly onCall: (ref: string) => void }) {
  const { call, provenance } = end;
  return (
    <section className="proof-side" aria-label={title}>
      <h3>
        <span className="muted">{title}</span>
        <span className="mono">{call.method ?? ''}</span>
        <MiddleText text={`${call.host ?? ''}${call.path ?? ''}`} mono tail={20} />
        <AnswerText call={call} />
        <button
          type="button"
          className="link"
          onClick={() => {
            onCall(call.ref);
          }}
        >
          Details
        </button>
      </h3>
      <div className="proof-facts">
        {end.pointer === undefined ? (
          <span>{end.marks.length === 0 ? 'no single place in this record proves it' : 'by the marked fields of both records'}</span>
        ) : (
          <span className="mono proof-pointer">
            <EvidenceText text={end.pointer} />
          </span>
        )}
        <TimeText time={call.time} />
        <MiddleText text={`${provenance.source} record ${String(provenance.record)}`} tail={24} />
        <span className="number">
          bytes {formatCount(provenance.byteStart)} to {formatCount(provenance.byteStart + provenance.byteLength)}
        </span>
        <span className="mono" title={provenance.sourceSha256}>
          {provenance.sourceSha256.slice(0, 12)}
        </span>
      </div>
      <RecordText text={end.text} marks={end.marks} label={`Record of the ${title.toLowerCase()}`} reveal />
    </section>
  );
}
