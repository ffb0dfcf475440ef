import './sequence.css';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { commonTime, movedSources } from '#shared/model/common-time.ts';
import { useSize } from '../../../widgets/use-size.ts';
import { usePictureKeys } from '../../../state/use-picture-keys.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MovedClocks } from '../moved-clocks.tsx';
import { ROW, SequenceArrow, type Lanes } from './sequence-arrow.tsx';
import { MAX_MESSAGES, toSequence, type Participant, type Phase, type SequenceModel } from './sequence-model.ts';

interface SequenceProps {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
}

/** Room for the time before the first lane and for the proof behind the last. Units: CSS px. */
const TIME = 92;
const PROOF = 132;
/** A lane is never narrower, or its head could not be read; more lanes scroll. Units: CSS px. */
const NARROWEST = 84;

/** A chain as messages between those who called and those who answered, in order of time; one phase at a time. */
export function Sequence({ calls, edges, chosen, onCall, onEdge }: SequenceProps) {
  const model = useMemo(() => toSequence(calls, edges), [calls, edges]);
  const moved = useMemo(() => movedSources(calls), [calls]);
  const first = Math.max(
    0,
    model.phases.findIndex((phase) => phase.messages.some((message) => message.calls.some((call) => call.ref === chosen))),
  );
  const [page, setPage] = useState(first);
  const phase = model.phases[page] ?? model.phases[0];
  if (phase === undefined || phase.messages.length === 0)
    return <EmptyState title="This chain has no call">Nothing was exchanged.</EmptyState>;
  const shown = shownText(phase, model);
  return (
    <div className="sequence">
      <div className="sequence-bar muted">
        {model.phases.length > 1 ? (
          <>
            <button
              type="button"
              className="link"
              disabled={page === 0}
              onClick={() => {
                setPage(page - 1);
              }}
            >
              Earlier
            </button>
            <span className="sequence-phase">
              Phase {formatCount(page + 1)} of {formatCount(model.phases.length)}
            </span>
            <button
              type="button"
              className="link"
              disabled={page + 1 >= model.phases.length}
              onClick={() => {
                setPage(page + 1);
              }}
            >
              Later
            </button>
          </>
        ) : null}
        <span className="sequence-shown" title={shown}>
          {shown}
        </span>
        <MovedClocks moved={moved} />
      </div>
      <Diagram key={page} phase={phase} chosen={chosen} onCall={onCall} onEdge={onEdge} />
    </div>
  );
}

/** "n of m, why", as every picture says it. */
function shownText(phase: Phase, model: SequenceModel): string {
  const ends = formatPlural(phase.participants.length, 'participant');
  const rest = phase.participants.some(({ kind }) => kind === 'other') ? `, the least busy of them share one column` : '';
  const here =
    phase.messages.length < model.messages
      ? `${formatCount(phase.messages.length)} of ${formatCount(model.messages)}`
      : formatCount(model.messages);
  return model.isFolded
    ? `${here} messages for ${formatPlural(model.calls, 'call')}: above ${formatCount(MAX_MESSAGES)}, runs and loops are folded · ${ends}${rest}`
    : `${formatPlural(model.calls, 'message')} · ${ends}${rest}`;
}

interface DiagramProps {
  readonly phase: Phase;
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
}

function Diagram({ phase, chosen, onCall, onEdge }: DiagramProps) {
  const [sizeRef, size] = useSize();
  const svg = useRef<SVGSVGElement>(null);
  const keys = usePictureKeys();
  const [at, setAt] = useState(0);
  const { messages, participants } = phase;
  const lane = Math.max(NARROWEST, Math.floor((size.width - TIME - PROOF) / participants.length));
  const lanes: Lanes = { left: TIME, lane, right: TIME + lane * participants.length };
  const width = lanes.right + PROOF;
  const first = messages[0]?.calls[0];
  const start = first === undefined ? undefined : commonTime(first);
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(messages.length - 1, to));
    setAt(next);
    svg.current?.querySelector<SVGGElement>(`[data-message="${String(next)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const message = messages[at];
    const isProof = keys.read(event) === 'prove-link' && message?.edge !== undefined;
    if (!isProof && (event.ctrlKey || event.metaKey || event.altKey)) return;
    if (isProof) onEdge(message.edge);
    else if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'PageDown') move(at + 10);
    else if (event.key === 'PageUp') move(at - 10);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(messages.length - 1);
    else if (event.key === 'Enter' || event.key === ' ') onCall(message?.calls[0]?.ref ?? '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={sizeRef} className="sequence-scroll">
      <div className="sequence-heads" style={{ width }}>
        <div className="sequence-head" style={{ width: TIME }}>
          <span className="muted">Time</span>
        </div>
        {participants.map((participant) => (
          <div key={participant.id} className="sequence-head" style={{ width: lane }}>
            <Head participant={participant} />
          </div>
        ))}
        <div className="sequence-head sequence-edge-head" style={{ width: PROOF }}>
          Known by
        </div>
      </div>
      <svg
        ref={svg}
        className="sequence-svg"
        width={width}
        height={messages.length * ROW + 8}
        role="group"
        aria-label={`Sequence of ${formatPlural(messages.length, 'message')} between ${formatPlural(participants.length, 'participant')}. Arrow keys move along messages, Enter opens the call, P the proof, T shows the table.`}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const focused = event.target.dataset['message'];
          if (focused !== undefined) setAt(Number(focused));
        }}
      >
        <defs>
          <marker
            id="sequence-head"
            viewBox="0 0 8 8"
            refX="8"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .5 8 4 0 7.5z" className="sequence-head-mark" />
          </marker>
        </defs>
        {participants.map((participant, index) => (
          <path
            key={participant.id}
            className="sequence-lane"
            d={`M${String(laneAt(lanes, index))} 0V${String(messages.length * ROW + 8)}`}
          />
        ))}
        {messages.map((message, index) => (
          <SequenceArrow
            key={message.id}
            message={message}
            index={index}
            names={[participants[message.from]?.label ?? '', participants[message.to]?.label ?? '']}
            lanes={lanes}
            since={start}
            isChosen={message.calls.some((call) => call.ref === chosen)}
            hasFocus={index === at}
            onChoose={() => {
              setAt(index);
              onCall(message.calls[0]?.ref ?? '');
            }}
            onProof={() => {
              setAt(index);
              if (message.edge !== undefined) onEdge(message.edge);
            }}
          />
        ))}
      </svg>
    </div>
  );
}

const laneAt = ({ left, lane }: Lanes, index: number): number => left + lane * (index + 0.5);

/** A host's own name stands above its domain, or a narrow column would show neither. */
function Head({ participant: { kind, label } }: { readonly participant: Participant }) {
  const dot = kind === 'host' && !/^[\d.:]+$/.test(label) ? label.indexOf('.') : -1;
  return (
    <>
      {kind === 'host' || kind === 'other' ? null : <KindMark kind={kind} />}
      <span className="sequence-name" title={toVisibleText(label)}>
        <EvidenceText text={dot < 0 ? label : label.slice(0, dot)} />
        {dot < 0 ? null : (
          <span className="sequence-domain">
            <EvidenceText text={label.slice(dot + 1)} />
          </span>
        )}
      </span>
    </>
  );
}
