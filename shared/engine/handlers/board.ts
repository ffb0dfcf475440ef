import { detectors } from '../detectors/index.ts';
import { readBoard } from '../store/read/report/board.ts';
import { findOutcome } from '../store/read/findings/verdicts.ts';
import type { EngineContext, Some } from './context.ts';

/** What a board asks of the case, and what its analyst says that the incident came to. */
export function boardHandlers({ db, answers }: EngineContext): Some<'case.board' | 'case.outcome'> {
  return {
    'case.board': () => readBoard(db, answers.kpis(), answers.plan(), detectors.length),
    'case.outcome': () => {
      const now = findOutcome(db);
      return now === undefined ? {} : { outcome: now.outcome, reason: now.reason };
    },
  };
}
