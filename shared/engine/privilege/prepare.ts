import type { SqlDriver } from '../store/driver.ts';
import { readCallsOf } from './calls-of.ts';
import type { CaseFacts } from './case-facts.ts';
import type { ControlInput } from './control.ts';
import { divideCalls } from './phases.ts';

/** Reads and divides the calls of one principal and learns which operations it needs: those that the training calls got an answer from. */
export async function prepareSubject(
  db: SqlDriver,
  principal: number,
  facts: CaseFacts,
  breathe: () => Promise<void>,
): Promise<ControlInput> {
  const calls = await readCallsOf(db, principal, breathe);
  const phases = divideCalls({
    calls,
    baseline: facts.baseline,
    incidentCalls: facts.incidentCalls,
    incidentHops: facts.incidentHops,
    incidents: facts.incidents.get(principal) ?? [],
  });
  const permitted = new Set<number>();
  for (let index = 0; index < calls.count; index += 1) {
    const endpoint = calls.endpoint[index] ?? 0;
    if (phases.of[index] === 'training' && endpoint !== 0) permitted.add(endpoint);
  }
  return {
    calls,
    phases,
    permitted,
    needOf: (endpoint) => facts.needs.byEndpoint.get(endpoint),
    issuedAt: (credential) => (credential === 0 ? undefined : facts.credential(credential).issued),
    isToken: (credential) => credential !== 0 && facts.credential(credential).isToken,
  };
}
