import { randomBytes } from 'node:crypto';
import { sameSecret } from './http-guard.ts';

/** Pages that may be let in at once; the oldest goes. */
export const MAX_SESSIONS = 256;

/** Who may talk to the local server: whoever came by a link once, and from then on by a session of that page's own. */
export interface Sessions {
  /** The token of the link that has not been used yet. */
  readonly linkToken: () => string;
  /** The session for a link's token, which is spent by it, or for a session that is known already. */
  admit(given: string): string | undefined;
  isSession(given: string): boolean;
}

const token = (): string => randomBytes(32).toString('hex');

/** Makes the sessions of one server; they die with it. `onLinkUsed` hears that another link is the open one now. */
export function createSessions(onLinkUsed: () => void): Sessions {
  let link = token();
  const sessions: string[] = [];
  const isSession = (given: string): boolean => sessions.some((known) => sameSecret(given, known));
  return {
    linkToken: () => link,
    isSession,
    admit(given) {
      if (isSession(given)) return given;
      if (!sameSecret(given, link)) return undefined;
      link = token();
      const session = token();
      sessions.push(session);
      if (sessions.length > MAX_SESSIONS) sessions.shift();
      onLinkUsed();
      return session;
    },
  };
}
