import { Circle, CircleCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import type { CaseBoard } from '#shared/contract/board.ts';
import { OUTCOME_TEXT } from '#shared/model/outcome.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useIncidentCalls } from '../../query/use-incident-calls.ts';
import { GoLink } from '../../state/go-link.tsx';
import { useReadOnly } from '../../state/read-only.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { boardAnswers, type BoardAnswer, pivotDurations } from './board-answers.ts';
import { toSteps, type StepState } from './checklist.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';

/** What boards ask, how quickly one could act, how far the work is, and what the incident came to. */
export function Board() {
  const board = useEngineQuery('case.board', {});
  return (
    <Answer query={board} what="the board's questions" lines={6}>
      {(data) => <Filled board={data} />}
    </Answer>
  );
}

function Filled({ board }: { readonly board: CaseBoard }) {
  const incidents = useIncidentCalls();
  return (
    <div className="board">
      <section aria-labelledby="board-title">
        <div className="panel-head">
          <h2 id="board-title">For the board</h2>
        </div>
        <dl className="board-questions">
          {boardAnswers(board, incidents).map((answer) => (
            <AnswerCell key={answer.question} answer={answer} />
          ))}
        </dl>
        <div className="panel-head">
          <h3>How quickly one could act</h3>
        </div>
        <dl className="pivot">
          {pivotDurations(board.kpis.pivot, incidents).map((answer) => (
            <AnswerCell key={answer.question} answer={answer} />
          ))}
        </dl>
        <Definitions board={board} />
      </section>
      <section aria-labelledby="checklist-title">
        <div className="panel-head">
          <h2 id="checklist-title">Work on this case</h2>
          <OutcomeLine board={board} />
        </div>
        <Checklist board={board} />
      </section>
    </div>
  );
}

function AnswerCell({ answer: { question, figure, unit, says, to } }: { readonly answer: BoardAnswer }) {
  return (
    <div>
      <dt>{question}</dt>
      <dd className="board-figure">
        {to === undefined ? (
          figure
        ) : (
          <GoLink to={to} className="kpi-link">
            {figure}
          </GoLink>
        )}
        {unit === undefined ? null : <span className="kpi-unit"> {unit}</span>}
      </dd>
      <dd className="muted board-says">{says}</dd>
    </div>
  );
}

/** What each figure counts, word by word. */
function Definitions({ board }: { readonly board: CaseBoard }) {
  return (
    <details className="board-definitions">
      <summary>How these are counted</summary>
      <dl>
        {board.kpis.definitions.map(({ kpi, question, definition }) => (
          <div key={kpi}>
            <dt>{question}</dt>
            <dd className="muted">{definition}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const STATES: Readonly<Record<StepState, { readonly icon: typeof Circle; readonly word: string }>> = {
  done: { icon: CircleCheck, word: 'done' },
  partly: { icon: CircleDashed, word: 'partly' },
  'to-do': { icon: Circle, word: 'to do' },
};

function Checklist({ board: { progress, outcome } }: { readonly board: CaseBoard }) {
  return (
    <ol className="checklist">
      {toSteps(progress, outcome).map(({ verb, state, says, to }) => {
        const { icon: Icon, word } = STATES[state];
        return (
          <li key={verb}>
            <GoLink to={to} className="checklist-step">
              <span className="checklist-verb">
                <Icon size={16} strokeWidth={1.5} className={state === 'done' ? 'ok' : 'muted'} aria-hidden="true" />
                {verb}
                <span className="muted checklist-state">{word}</span>
              </span>
              <span className="checklist-says">{says}</span>
            </GoLink>
          </li>
        );
      })}
    </ol>
  );
}

function OutcomeLine({ board: { outcome } }: { readonly board: CaseBoard }) {
  const readOnly = useReadOnly();
  const [asking, setAsking] = useState(false);
  return (
    <div className="outcome-line">
      <p>
        Outcome:{' '}
        {outcome === undefined ? (
          <span className="muted">not said yet</span>
        ) : (
          <>
            <strong>{OUTCOME_TEXT[outcome.outcome]}</strong>
            {outcome.reason === '' ? null : (
              <>
                {' '}
                (<EvidenceText text={outcome.reason} />)
              </>
            )}
          </>
        )}
      </p>
      <Button
        disabled={readOnly}
        onClick={() => {
          setAsking(true);
        }}
      >
        Set the outcome…
      </Button>
      {asking ? (
        <OutcomeDialog
          outcome={outcome}
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
    </div>
  );
}
