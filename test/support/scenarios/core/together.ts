import type { Session } from './session.ts';

/** Calls that are sent at once start within so many ms of each other. */
const WITHIN = 20;

/**
 * Sends calls at once, as an app does when a screen opens or an agent that asks several tools; the session goes on when the last has
 * answered. Returns what each of them returned.
 */
export function together<Sent>(session: Session, calls: readonly (() => Sent)[]): readonly Sent[] {
  const start = session.at;
  let end = start;
  const sent = calls.map((call) => {
    session.at = start + session.random.int(0, WITHIN);
    const result = call();
    end = Math.max(end, session.at);
    return result;
  });
  session.at = end;
  return sent;
}
