import type { PrincipalKind } from '../../../contract/report-json.ts';
import type { TraitSign } from '../../store/principal-traits.ts';
import type { Classified, Traits } from './classify.ts';
import { findAgentEntry, findBrowser, findPhone } from './user-agent.ts';

/** Share of the calls from which a second kind is more than a test or a look from a console. */
const MIXED = 0.05;
/** Calls of the second kind that are more than chance. */
const MIXED_CALLS = 5;

/** Which kinds the User-Agents of a principal name, by calls; those that say nothing are left out. */
export function kindsByProgram(
  traits: Pick<Traits, 'userAgents'>,
): ReadonlyMap<PrincipalKind, { readonly calls: number; readonly example: string }> {
  const kinds = new Map<PrincipalKind, { calls: number; example: string }>();
  for (const [userAgent, calls] of traits.userAgents) {
    const entry = userAgent === '' ? undefined : findAgentEntry(userAgent);
    const kind = entry?.kind ?? (findBrowser(userAgent) === undefined && findPhone(userAgent) === undefined ? undefined : 'human');
    if (kind === undefined) continue;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { calls, example: entry?.family ?? findBrowser(userAgent) ?? 'an app' });
    else known.calls += calls;
  }
  return kinds;
}

/** The other signs of a principal, beside the one that decided, strongest first: a principal can be mixed. */
export function signsOf(traits: Traits, decided: Classified): readonly TraitSign[] {
  const signs: TraitSign[] = [{ rung: decided.rung, kind: decided.kind, says: decided.why, calls: traits.calls }];
  for (const [kind, { calls, example }] of kindsByProgram(traits))
    if (kind !== decided.kind) signs.push({ rung: 4, kind, says: `User-Agent ${example}`, calls });
  return signs.sort((a, b) => a.rung - b.rung || b.calls - a.calls);
}

/** True when calls of two kinds come from one principal, neither of them by chance. */
export const isMixed = (traits: Traits, decided: Classified): boolean =>
  [...kindsByProgram(traits)].some(
    ([kind, { calls }]) =>
      kind !== decided.kind && (kind === 'agent' || decided.kind === 'agent' || kind === 'human' || decided.kind === 'human') &&
      decided.kind !== 'unknown' && calls >= MIXED_CALLS && calls / Math.max(traits.calls, 1) >= MIXED,
  ); // prettier-ignore

/**
 * Signs that cannot all be true, in sentences. They are shown as they are: no score decides between them.
 * Source: standards.md section 5.2, "conflicts are findings, not ties".
 */
export function conflictsOf(traits: Traits, decided: Classified): readonly string[] {
  const conflicts: string[] = [];
  for (const { agent, list, date, inside, outside } of traits.ranges)
    if (outside > 0)
      conflicts.push(
        `calls itself ${agent}, yet ${String(outside)} of ${String(inside + outside)} calls came from outside the ranges of ${list} (published ${date})`,
      );
  const { signatures } = traits;
  if (signatures !== undefined && signatures.failed > 0) {
    const reasons = Object.entries(signatures.why)
      .filter(([why]) => !why.startsWith('key of') && !why.startsWith('no '))
      .map(([why]) => why);
    conflicts.push(`${String(signatures.failed)} calls carry a signature that does not hold: ${reasons.slice(0, 3).join('; ')}`);
  }
  const kinds = kindsByProgram(traits);
  const sdk = [...traits.signals].find(([signal]) => signal.startsWith('x-stainless'));
  const browser = kinds.get('human');
  if (sdk !== undefined && browser !== undefined && browser.calls / Math.max(traits.calls, 1) > 1 - MIXED)
    conflicts.push(`says it is ${browser.example}, yet sends the SDK header ${sdk[0]} on ${String(sdk[1])} calls`);
  const { listed } = traits;
  const agent = kinds.get('agent');
  if (listed?.kind !== undefined && listed.kind !== 'agent' && agent !== undefined && agent.calls >= MIXED_CALLS)
    conflicts.push(`the list ${listed.file} says ${listed.kind}, yet ${String(agent.calls)} calls name ${agent.example}`);
  if (isMixed(traits, decided)) {
    const parts = [...kinds]
      .sort((a, b) => b[1].calls - a[1].calls)
      .map(([kind, { calls, example }]) => `${kind} ${String(calls)} (${example})`);
    conflicts.push(`mixed: its programs speak for different kinds: ${parts.join(', ')} of ${String(traits.calls)} calls`);
  }
  return conflicts;
}
