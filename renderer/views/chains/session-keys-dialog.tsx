import { useState } from 'react';
import {
  MAX_KEY_NAME,
  MAX_KEYS,
  SESSION_KEY_KINDS,
  sessionKeyId,
  sessionKeyProblem,
  type SessionKey,
  type SessionKeyKind,
} from '#shared/model/session-key.ts';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReview } from '../../query/use-review.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useReviewStack } from '../../state/review-stack.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Modal } from '../../widgets/modal.tsx';
import { SessionPreviewTable } from './session-preview.tsx';

interface DialogProps {
  readonly onClose: () => void;
}

const PLACES: Readonly<Record<SessionKeyKind, { readonly word: string; readonly example: string }>> = {
  header: { word: 'Header', example: 'x-session-id' },
  cookie: { word: 'Cookie', example: 'sid' },
  claim: { word: 'Claim of the token', example: 'sid, act.sub' },
  body: { word: 'Place in the request body', example: '$.context.id' },
  baggage: { word: 'Member of the baggage', example: 'run.id' },
};

/** A dialog in which the analyst says by what calls belong together, and sees first what that would change. */
export function SessionKeysDialog({ onClose }: DialogProps) {
  const keys = useEngineQuery('chains.sessionKeys', {});
  return (
    <Modal
      wide
      title="What makes a session"
      about="Calls that carry the same value belong together, however long the pause. The first key of the list that a call carries counts; calls without one are told by pauses."
      onClose={onClose}
    >
      <Answer query={keys} what="the keys of sessions">
        {(data) => <Editor saved={data.keys} onClose={onClose} />}
      </Answer>
    </Modal>
  );
}

const isSame = (a: readonly SessionKey[], b: readonly SessionKey[]): boolean =>
  a.map(sessionKeyId).join('\n') === b.map(sessionKeyId).join('\n');

function Editor({ saved, onClose }: DialogProps & { readonly saved: readonly SessionKey[] }) {
  const [keys, setKeys] = useState(saved);
  const readOnly = useReadOnly();
  const { change } = useReview();
  const [work, analyse] = useAnalysis();
  const preview = useEngineQuery('chains.previewKeys', { keys });
  const whyNot = readOnly ?? (isSame(keys, saved) ? 'Nothing is changed yet' : undefined);
  const apply = async (): Promise<void> => {
    await change({ kind: 'session-keys', keys });
    onClose();
    // What was refused stands on the screen; there is nothing new to analyse.
    if (useReviewStack.getState().error === undefined) analyse();
  };
  return (
    <div className="session-keys">
      <KeyList keys={keys} onKeys={setKeys} />
      {keys.length >= MAX_KEYS ? null : (
        <NewKey
          keys={keys}
          onAdd={(key) => {
            setKeys([...keys, key]);
          }}
        />
      )}
      <section aria-label="What would change" aria-busy={preview.loading}>
        <h3>What would change</h3>
        <Answer query={preview} what="the preview">
          {(data) => <SessionPreviewTable keys={keys} preview={data} stale={preview.stale} />}
        </Answer>
      </section>
      <div className="dialog-foot">
        <p className="muted template-foot">
          Chains and findings follow with the analysis. Undo takes the change back. Values are compared, never kept.
        </p>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          primary
          disabled={whyNot ?? (work.kind === 'running' ? 'An analysis is running' : undefined)}
          onClick={() => {
            void apply();
          }}
        >
          Apply and analyse
        </Button>
      </div>
    </div>
  );
}

interface KeyListProps {
  readonly keys: readonly SessionKey[];
  readonly onKeys: (keys: readonly SessionKey[]) => void;
}

function KeyList({ keys, onKeys }: KeyListProps) {
  if (keys.length === 0) return <p className="muted">No key is chosen: sessions are told by who calls and by pauses.</p>;
  const up = (at: number): void => {
    onKeys(keys.map((key, place) => keys[place === at ? at - 1 : place === at - 1 ? at : place] ?? key));
  };
  return (
    <ol className="session-key-list" aria-label="Keys, the first that a call carries counts">
      {keys.map((key, at) => (
        <li key={sessionKeyId(key)}>
          <span>
            {PLACES[key.kind].word}{' '}
            <span className="mono">
              <EvidenceText text={key.name} />
            </span>
          </span>
          <button
            type="button"
            className="link"
            disabled={at === 0}
            aria-label={`Ask ${key.name} earlier`}
            onClick={() => {
              up(at);
            }}
          >
            Earlier
          </button>
          <button
            type="button"
            className="link"
            aria-label={`Remove ${key.name}`}
            onClick={() => {
              onKeys(keys.filter((_, place) => place !== at));
            }}
          >
            Remove
          </button>
        </li>
      ))}
    </ol>
  );
}

function NewKey({ keys, onAdd }: { readonly keys: readonly SessionKey[]; readonly onAdd: (key: SessionKey) => void }) {
  const [kind, setKind] = useState<SessionKeyKind>('header');
  const [name, setName] = useState('');
  const key: SessionKey = { kind, name: name.trim() };
  const isKnown = keys.some((other) => sessionKeyId(other) === sessionKeyId(key));
  const problem = key.name === '' ? undefined : isKnown ? 'this key is in the list already' : sessionKeyProblem(key);
  return (
    <form
      className="session-key-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.name === '' || problem !== undefined) return;
        onAdd(key);
        setName('');
      }}
    >
      <label className="field-label">
        Where
        <select
          className="field"
          value={kind}
          onChange={(event) => {
            setKind(SESSION_KEY_KINDS.find((each) => each === event.target.value) ?? 'header');
          }}
        >
          {SESSION_KEY_KINDS.map((each) => (
            <option key={each} value={each}>
              {PLACES[each].word}
            </option>
          ))}
        </select>
      </label>
      <label className="field-label">
        Name
        <input
          type="text"
          className="field mono"
          data-first=""
          spellCheck={false}
          maxLength={MAX_KEY_NAME}
          placeholder={PLACES[kind].example}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </label>
      <Button type="submit" disabled={key.name === '' || problem !== undefined}>
        Add
      </Button>
      {problem === undefined ? null : (
        <p className="session-key-problem" role="alert">
          This cannot be a key: {problem}.
        </p>
      )}
    </form>
  );
}
