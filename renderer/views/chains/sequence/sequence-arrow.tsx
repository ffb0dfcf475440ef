import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { answerWord, hasFailed } from '#shared/model/call-outcome.ts';
import { placeOf } from '#shared/model/call-place.ts';
import { commonTime, movedWords } from '#shared/model/common-time.ts';
import { elideMiddle } from '../../../charts/graph/node-box.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EDGE_WORDS, edgeLine, valueName } from '../../../widgets/edge/edge-words.ts';
import { formatCount, formatDuration, formatTime } from '../../../widgets/format.ts';
import { SeverityShape, worstSeverity } from '../../../widgets/severity-mark.tsx';
import type { SequenceMessage } from './sequence-model.ts';

/** Height of a message: its name above, its line below. Units: CSS px. */
export const ROW = 32;
/** Where the name and the line stand in a row. Units: CSS px. */
const NAME_AT = 13;
const LINE_AT = 23;
/** Advance of JetBrains Mono at 11 px. Units: CSS px. */
const ADVANCE = 6.6;
/** A name may be this wide over a short line. Units: CSS px. */
const WIDEST = 300;
/** A message to oneself goes out this far. Units: CSS px. */
const LOOP = 28;

/** Where the lanes stand. Units: CSS px. */
export interface Lanes {
  readonly left: number;
  readonly lane: number;
  readonly right: number;
}

interface SequenceArrowProps {
  readonly message: SequenceMessage;
  readonly index: number;
  /** Sender and receiver. */
  readonly names: readonly [string, string];
  readonly lanes: Lanes;
  /** When the phase begins. */
  readonly since: string | undefined;
  readonly isChosen: boolean;
  readonly hasFocus: boolean;
  readonly onChoose: () => void;
  readonly onProof: () => void;
}

/** One message: when, what, how it ended, how long it took, and how it is known what led to it. */
export function SequenceArrow(props: SequenceArrowProps) {
  const { message, index, names, lanes, since, isChosen, hasFocus, onChoose, onProof } = props;
  const [first] = message.calls;
  if (first === undefined) return null;
  const from = lanes.left + lanes.lane * (message.from + 0.5);
  const to = lanes.left + lanes.lane * (message.to + 0.5);
  const isLoop = message.from === message.to;
  const severity = worstSeverity(message.calls);
  const failed = message.calls.filter(hasFailed).length;
  // A row has one name, so it may stand over the lanes beside it.
  const room = Math.min(lanes.right - lanes.left, Math.max(WIDEST, Math.abs(to - from))) - 24;
  const tail = tailOf(message);
  const name = elideMiddle(toVisibleText(nameOf(first)), Math.max(8, Math.floor(room / ADVANCE) - tail.length - 1));
  const when = whenText(commonTime(first), since, index);
  const proof = proofText(message);
  // What is read out begins with what is seen.
  const words = `${when} ${name} ${tail} ${proof}, ${describe(message, names)}`;
  const wide = (name.length + tail.length + 1) * ADVANCE + 8;
  const wanted = isLoop ? from + LOOP + 6 + wide / 2 : (from + to) / 2;
  const middle = Math.max(lanes.left + wide / 2, Math.min(lanes.right - wide / 2 - 12, wanted));
  return (
    <g
      className={`sequence-message${isChosen ? ' chosen' : ''}${failed > 0 ? ' failed' : ''}`}
      transform={`translate(0 ${String(index * ROW)})`}
      role="button"
      aria-label={words}
      aria-pressed={isChosen}
      tabIndex={hasFocus ? 0 : -1}
      data-message={index}
      onClick={onChoose}
    >
      <title>{words}</title>
      <rect x={1} y={1} width={lanes.right - 2} height={ROW - 2} rx={3} className="sequence-ground" />
      <text x={8} y={20} className={`sequence-when${movedWords(first) === undefined ? '' : ' clock-moved'}`}>
        {when}
      </text>{' '}
      <Line message={message} from={from} to={to} />
      <rect x={middle - wide / 2} y={1} width={wide} height={16} className="sequence-label-ground" />
      <text x={middle} y={NAME_AT} textAnchor="middle">
        {name} <tspan className="sequence-status">{tail}</tspan>
      </text>{' '}
      {severity === undefined ? null : (
        <g transform={`translate(${String(middle + wide / 2)} 2)`}>
          <SeverityShape severity={severity} />
        </g>
      )}
      <Proof message={message} at={lanes.right + 8} onProof={onProof} />
    </g>
  );
}

function Line({ message, from, to }: { readonly message: SequenceMessage; readonly from: number; readonly to: number }) {
  const line = message.edge === undefined ? 'thin' : edgeLine(message.edge.kind);
  const paths =
    from === to
      ? [`M${String(from)} ${String(LINE_AT - 7)}h${String(LOOP)}v9h${String(-LOOP)}`]
      : line === 'double'
        ? [-1.5, 1.5].map((by) => `M${String(from)} ${String(LINE_AT + by)}H${String(to)}`)
        : [`M${String(from)} ${String(LINE_AT)}H${String(to)}`];
  return (
    <>
      {paths.map((d) => (
        <path key={d} d={d} className={`edge-line edge-${line}${message.edge === undefined ? ' sequence-root' : ''}`} />
      ))}
      {from === to ? (
        <path d={`M${String(from + 8)} ${String(LINE_AT + 2)}H${String(from + 1)}`} className="edge-line" markerEnd="url(#sequence-head)" />
      ) : (
        <path
          d={`M${String(to - Math.sign(to - from) * 8)} ${String(LINE_AT)}H${String(to)}`}
          className="edge-line"
          markerEnd="url(#sequence-head)"
        />
      )}
    </>
  );
}

/** How it is known what led to the message, as it stands behind its line. */
function proofText({ edge }: SequenceMessage): string {
  if (edge === undefined) return 'nothing led to it';
  const text = edge.kind === 'value' ? `value ${valueName(edge)}` : EDGE_WORDS[edge.kind];
  return `${elideMiddle(toVisibleText(text), 14)} ${String(Math.round(edge.confidence * 100))} %`;
}

interface ProofProps {
  readonly message: SequenceMessage;
  readonly at: number;
  readonly onProof: () => void;
}

/** A click opens both records. */
function Proof({ message, at, onProof }: ProofProps) {
  const text = proofText(message);
  if (message.edge === undefined)
    return (
      <text x={at} y={20} className="sequence-when">
        {text}
      </text>
    );
  return (
    <g
      className="sequence-proof"
      onClick={(event) => {
        event.stopPropagation();
        onProof();
      }}
    >
      <title>{`${EDGE_WORDS[message.edge.kind]}: show the proof`}</title>
      <rect x={at - 6} y={4} width={124} height={24} fill="transparent" />
      <text x={at} y={20}>
        {text}
      </text>
    </g>
  );
}

/** Method and template: what the call is, not which object it was of. */
function nameOf(call: DrawnCall): string {
  const { method = '', endpoint, path = '', tool } = call;
  const place = endpoint === undefined ? placeOf(call) : endpoint.slice(Math.max(0, endpoint.indexOf('/')));
  const isNamed = tool === undefined || path === '' || endpoint?.includes(' · ') === true;
  return `${method} ${isNamed ? place : `${place} ${tool}`}`.trim();
}

/** Status, count and time taken, as they stand behind the name. */
function tailOf({ calls }: SequenceMessage): string {
  const statuses = [...new Set(calls.flatMap((call) => answerWord(call) ?? []))];
  const [only] = statuses;
  const status = statuses.length === 0 ? '' : statuses.length === 1 ? (only ?? '') : 'mixed';
  const took = calls.length === 1 ? calls[0]?.durationMs : undefined;
  const parts = [status, calls.length > 1 ? `×${formatCount(calls.length)}` : '', took === undefined ? '' : formatDuration(took)];
  return parts.filter((part) => part !== '').join(' ');
}

/** The first message of a phase carries its time, the others how long after it they began. */
function whenText(time: string | undefined, since: string | undefined, index: number): string {
  if (time === undefined) return 'time unknown';
  if (index === 0 || since === undefined) return formatTime(time).slice('2026-03-02 '.length);
  return `+${formatDuration(Math.max(0, Date.parse(time) - Date.parse(since)))}`;
}

/** When a call was, with what was done to its clock. */
function timeWords(call: DrawnCall): string {
  const at = commonTime(call);
  const moved = movedWords(call);
  if (at === undefined) return 'time unknown';
  return `${formatTime(at)} UTC${moved === undefined ? '' : `, ${moved}, stamped ${formatTime(call.time ?? '')}`}`;
}

/** A message in words, as a screen reader says it. */
function describe(message: SequenceMessage, [from, to]: readonly [string, string]): string {
  const [first] = message.calls;
  if (first === undefined) return '';
  const parts = [
    `${nameOf(first)} ${tailOf(message)}`.trim(),
    `${from} to ${to}`,
    timeWords(first),
    message.edge === undefined ? 'nothing led to it' : `known by ${EDGE_WORDS[message.edge.kind]}`,
    worstSeverity(message.calls) === undefined ? '' : 'named by a finding',
  ];
  return toVisibleText(parts.filter((part) => part !== '').join(', '));
}
