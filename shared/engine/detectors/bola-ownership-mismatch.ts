import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import { findBindings, type Binding, type Unequal } from './ownership/bindings.ts';
import { readHolderClaims } from './ownership/claims-of-callers.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

interface Hit extends Unequal {
  readonly binding: Binding;
}

const isGiven = ({ status }: Unequal): boolean => status >= 200 && status < 300;
const percent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

function toDraft(db: SqlDriver, caller: Caller, hits: readonly Hit[]): FindingDraft {
  const ordered = [...hits].sort((a, b) => a.time - b.time || a.call - b.call);
  const given = ordered.filter(isGiven);
  const [first] = given;
  const rules = [...new Map(hits.map(({ binding }) => [`${binding.claimName} = ${binding.parameterName}`, binding])).entries()];
  const endpoint = db.prepare('SELECT key, sensitivity FROM endpoint WHERE id = ?');
  const places = hits.map(({ binding }) => endpoint.get<{ key: string; sensitivity: number }>(binding.endpoint));
  const others = new Set(given.map(({ parameter }) => parameter)).size;
  return {
    subject: `${caller.key} ${[...new Set(places.map((place) => place?.key ?? ''))].sort().join()}`,
    title: `${caller.label} asked for what belongs to ${plural(others, 'other')} at ${listOf([...new Set(places.map((place) => place?.key ?? ''))], 2)}, and got it in ${plural(given.length, 'call')}`,
    severity: { base: 'high', steps: places.some((place) => place?.sensitivity === 3) ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.6 + others / 200),
    principals: [caller.id],
    ...whatOf(
      db,
      ordered.map(({ call }) => call),
    ),
    crossedAt: first?.call,
    observed: { calls: hits.length, answered: given.length, othersReached: others, claims: rules.map(([rule]) => rule), claimOfCaller: first?.claim ?? '', askedFor: [...new Set(given.map(({ parameter }) => parameter))].slice(0, 10) },
    expected: { rule: rules.map(([rule, { equalShare, calls, callers }]) => `${rule} in ${percent(equalShare)} of ${countOf(calls)} calls of ${countOf(callers)} principals`) },
    benignTested: [
      { explanation: 'somebody acts for another with consent', result: 'not supported: the token names nobody who acts for its subject' },
      { explanation: 'an employee or a tool for support', result: 'not supported: principals with the same program, scopes and roles keep to their own' },
    ],
    remediation: ['Compare the owner of the object with the subject of the token on each call, in the service itself.', 'Tell the owners what was read.'],
    exhibits: [
      {
        kind: 'ledger',
        title: 'Who the token names, and whose object was asked for',
        head: ['Call', 'Claim', 'Parameter', 'Answer'],
        rows: fewOf(ordered, LEDGER_ROWS).map((hit) => ({
          at: hit.call,
          tone: isGiven(hit) ? ('grave' as const) : ('refused' as const),
          cells: [endpoint.get<{ key: string }>(hit.binding.endpoint)?.key ?? '', `${hit.binding.claimName} ${hit.claim}`, `${hit.binding.parameterName} ${hit.parameter}`, String(hit.status)],
        })),
        omitted: Math.max(0, ordered.length - LEDGER_ROWS),
      },
    ],
  };
} // prettier-ignore

/** Flags calls for an object of somebody else, where the token of the caller says who he is and all others keep to their own. */
export const bolaOwnershipMismatch: Detector = {
  id: 'bola-ownership-mismatch',
  version: 1,
  title: 'Principal and owner differ',
  question: 'Did anyone ask for an object of somebody else, by what the own token says?',
  about: {
    catches: 'A call for an object of somebody else, where a claim of the token says whose the principal’s objects are and the calls of all others keep to it.',
    inputs: ['tokens that can be read', 'calls with a path template or query parameters, by five principals or more'],
    falsePositives: ['an administrator or support tool that acts for others without saying so in the token', 'objects that are shared on purpose'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains'],
  reads: ['credential', 'caller'],
  maps: { owaspApi: ['API1:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1078', 'T1190'], atlas: ['AML.T0012'], cwe: ['CWE-639', 'CWE-863'] },
  settings: [
    { name: 'minCallers', value: 5, why: 'beside the one in question: fewer may have one object between them' },
    { name: 'minCalls', value: 50, why: 'calls from which a parameter can be known to name the principal' },
    { name: 'minEqual', value: 0.98, why: 'share in which it does; below it the parameter names something else' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const holders = readHolderClaims(db);
    if (holders.size === 0) return { kind: 'not-evaluable', reason: 'no readable token in the evidence: who a principal is must stand in its claims' };
    const { bindings } = await findBindings(db, holders, breathe);
    if (bindings.length === 0) return { kind: 'not-evaluable', reason: 'no parameter of any endpoint is known to name the principal itself' };
    const callers = readCallers(db);
    const groups = new Map<number, Hit[]>();
    for (const binding of bindings)
      for (const unequal of binding.unequal) groups.set(unequal.principal, [...(groups.get(unequal.principal) ?? []), { ...unequal, binding }]);
    const proven = [...groups].filter(([, hits]) => hits.some(isGiven));
    return { kind: 'evaluated', findings: proven.map(([principal, hits]) => toDraft(db, callerOf(callers, principal), hits)) };
  },
}; // prettier-ignore
