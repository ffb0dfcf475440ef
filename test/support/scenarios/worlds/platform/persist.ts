import type { Exchange } from '../../core/exchange.ts';
import type { CallInput, Session } from '../../core/session.ts';

/** First pause before another try; each later one is twice as long, and up to a third longer by chance. Units: ms. */
const FIRST_PAUSE = 500;
const MOST_TRIES = 4;

/** Calls until it works: each try fails by that chance, with that status. */
export function persist(session: Session, operation: string, input: CallInput, failure: { chance: number; status: 429 | 503 }): Exchange {
  for (let tries = 0; tries < MOST_TRIES && session.random.chance(tries === 0 ? failure.chance : 0.45); tries += 1) {
    session.call(operation, { ...input, status: failure.status });
    session.at += FIRST_PAUSE * 2 ** tries * (1 + session.random.next() / 3);
  }
  return session.call(operation, input);
}
