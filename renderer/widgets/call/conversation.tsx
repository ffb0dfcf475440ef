import './conversation.css';
import '../edge/edge-line.css';
import type { Conversation as Data, Message, MessageRole, MessageTurn, OtherCalls } from '#shared/contract/messages.ts';
import { CommonTime } from '../common-time.tsx';
import { AnswerText } from '../answer-text.tsx';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount, formatPlural } from '../format.ts';
import { KindMark } from '../kind-mark.tsx';
import { MiddleText } from '../middle-text.tsx';
import { DurationText } from '../numbers.tsx';

interface ConversationProps {
  readonly data: Data;
  readonly label: string;
  /** The call that is shown in full elsewhere. */
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
}

const ROLE_WORDS: Readonly<Record<MessageRole, string>> = {
  system: 'Instructions',
  user: 'Prompt',
  assistant: 'Answer',
  'tool-call': 'Tool call',
  'tool-result': 'Tool result',
  error: 'Error',
};

/** What models and tools were told and answered, turn by turn; every text is evidence and stays text, every turn opens its call. */
export function Conversation({ data, label, chosen, onCall }: ConversationProps) {
  return (
    <div className="conversation" tabIndex={0} role="region" aria-label={label}>
      <ol className="conversation-list">
        {data.turns.map((turn) =>
          turn.kind === 'calls' ? (
            <Between key={turn.first} calls={turn} onCall={onCall} />
          ) : (
            <Turn key={turn.call} turn={turn} isChosen={turn.call === chosen} onCall={onCall} />
          ),
        )}
      </ol>
    </div>
  );
}

interface TurnProps {
  readonly turn: MessageTurn;
  readonly isChosen: boolean;
  readonly onCall: (ref: string) => void;
}

function Turn({ turn, isChosen, onCall }: TurnProps) {
  return (
    <li className={isChosen ? 'turn chosen' : 'turn'}>
      <div className="turn-head">
        <span className="muted">{turn.kind === 'model' ? 'Model' : 'Tool'}</span>
        <span className="turn-name">
          <EvidenceText text={turn.name ?? turn.host ?? 'not named'} />
        </span>
        <span>
          <CommonTime call={{ ...turn, ref: turn.call }} /> <span className="unit">UTC</span>
        </span>
        {turn.caller === undefined ? null : (
          <span className="chain-line">
            <KindMark kind={turn.callerKind ?? 'unknown'} />
            <EvidenceText text={turn.caller} />
          </span>
        )}
        <AnswerText call={turn} />
        {turn.durationMs === undefined ? null : <DurationText ms={turn.durationMs} />}
        <Usage turn={turn} />
        <button
          type="button"
          className="link"
          aria-pressed={isChosen}
          onClick={() => {
            onCall(turn.call);
          }}
        >
          Open the call
        </button>
      </div>
      {turn.repeated === 0 ? null : (
        <div className="turn-note">{formatPlural(turn.repeated, 'message')} sent again, shown in an earlier turn</div>
      )}
      {turn.messages.map((message, index) => (
        <MessageRow key={index} message={message} />
      ))}
      {turn.unread.map((side) => (
        <div key={side} className="turn-note">
          The {side} holds no message that can be read: the evidence has no body of it, or one of another form.
        </div>
      ))}
    </li>
  );
}

function Usage({ turn: { tokensIn, tokensOut, costUsd } }: { readonly turn: MessageTurn }) {
  if (tokensIn === undefined && tokensOut === undefined && costUsd === undefined) return null;
  const known = (tokens: number | undefined): string => (tokens === undefined ? 'unknown' : formatCount(tokens));
  return (
    <span className="muted number" title="Tokens sent and answered, as the evidence says">
      {tokensIn === undefined && tokensOut === undefined ? '' : `${known(tokensIn)} in, ${known(tokensOut)} out`}
      {costUsd === undefined ? '' : ` · $${String(costUsd)}`}
    </span>
  );
}

function MessageRow({ message }: { readonly message: Message }) {
  return (
    <div className={`message message-${message.role}`}>
      <div className="message-role">{ROLE_WORDS[message.role]}</div>
      <div>
        {message.tool === undefined ? null : (
          <div className="message-tool">
            <EvidenceText text={message.tool} />
          </div>
        )}
        {message.text === '' ? (
          <span className="muted">empty</span>
        ) : (
          <pre className="message-text">
            <EvidenceText text={message.text} keepLines />
          </pre>
        )}
        {message.cut === undefined ? null : <div className="muted">{formatCount(message.cut)} more characters in the call</div>}
      </div>
    </div>
  );
}

function Between({ calls, onCall }: { readonly calls: OtherCalls; readonly onCall: (ref: string) => void }) {
  return (
    <li className="turn-between">
      <span>
        {formatPlural(calls.count, 'API call')}
        {calls.operations > 1 ? ` of ${formatCount(calls.operations)} endpoints` : ''}
        {calls.failed > 0 ? `, ${formatCount(calls.failed)} failed` : ''}
      </span>
      <MiddleText text={calls.label} mono tail={18} />
      <button
        type="button"
        className="link"
        onClick={() => {
          onCall(calls.first);
        }}
      >
        Open the first
      </button>
    </li>
  );
}
