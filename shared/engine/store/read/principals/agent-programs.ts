import type { SqlDriver } from '../../driver.ts';

/** How many programs stand behind the principals that are agents, and for how many users they are known to act. */
export interface AgentPrograms {
  readonly programs: number;
  readonly users: number;
}

/** The program and the user of an agent's identity: `trace ["copilot", "u-7"]`, or `jwt [issuer, subject, actor]`, whose subject is the user. */
function partsOf(identity: string): { readonly program: string; readonly user: string | undefined } {
  const [, kind = '', list = ''] = /^(trace|jwt) (\[.*\])$/s.exec(identity) ?? [];
  if (list === '') return { program: identity, user: undefined };
  // Written by the principals pass.
  const parts = JSON.parse(list) as readonly string[];
  if (kind === 'trace') return { program: `trace ${parts[0] ?? ''}`, user: parts[1] };
  const [issuer = '', subject, ...actors] = parts;
  return actors.length === 0 ? { program: identity, user: undefined } : { program: JSON.stringify([issuer, ...actors]), user: subject };
}

/**
 * Counts agents as programs: an agent that acts for each of its users under a name of its own is a principal for each, since what it may do and whose data
 * it sees differ, and one agent nonetheless. Two tokens or traces are of one program where they name it alike; a program that goes by a trace and
 * by a token counts twice, since nothing says that it is the same.
 */
export function countAgentPrograms(db: SqlDriver): AgentPrograms {
  const all = db
    .prepare("SELECT identity FROM principal WHERE kind = 'agent'")
    .all<{ identity: string }>()
    .map(({ identity }) => partsOf(identity));
  return {
    programs: new Set(all.map(({ program }) => program)).size,
    users: new Set(all.flatMap(({ user }) => user ?? [])).size,
  };
}
