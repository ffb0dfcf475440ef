import type { SqlDriver } from '../store/driver.ts';
import { areFarApart, readSharedNetworks, type SharedNetworks } from './credentials/networks.ts';
import { countPool, judgeSwitching, MIN_BEFORE, MIN_ROUNDS } from './credentials/replay.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import { readSwitches, type Switching } from './credentials/switches.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { listOf, plural, spanOf } from './spoken.ts';

function toDraft(
  db: SqlDriver,
  seen: Switching,
  kind: 'other-program' | 'same-program',
  shared: SharedNetworks,
  pool: number,
): FindingDraft {
  const reach = readReach(db, seen.otherCalls);
  const rounds = plural(seen.rounds, 'time');
  const first = seen.otherCalls[0];
  const isSame = kind === 'same-program';
  const isCarrier = shared.isShared(seen.source, seen.other) || shared.isShared(seen.source, seen.owner);
  return {
    subject: `${seen.key} ${seen.owner} ${seen.other}`,
    title: `${seen.key} of ${seen.label} was used in two places in turn: after ${plural(seen.before, 'call')} from ${seen.owner}, ${plural(seen.otherCalls.length, 'call')} from ${seen.other}, back and forth ${rounds} within ${spanOf(seen.shortestRound / 1e6)} at the quickest`,
    severity: {
      base: 'high',
      steps: [
        ...reachSteps(reach),
        ...(isSame ? [{ by: -1, why: 'both places send the same program name' }] : []),
        ...(pool > 0 ? [{ by: -1, why: `${plural(pool, 'other caller')} used both networks as well` }] : []),
      ],
    },
    confidence: isSame ? 'suspected' : 'inferred',
    score: Math.min(1, 0.4 + Math.min(0.3, seen.rounds / 20) + (isSame ? 0 : 0.2) + (areFarApart(seen.owner, seen.other) ? 0.1 : 0)),
    principals: seen.principal === undefined ? [] : [seen.principal],
    credentials: [seen.credential],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls: seen.otherCalls,
    crossedAt: first,
    observed: {
      owner: seen.owner, other: seen.other, ownerPrograms: seen.ownerAgents.slice(0, 5), otherPrograms: seen.otherAgents.slice(0, 5),
      rounds: seen.rounds, shortestRoundSeconds: Math.round(seen.shortestRound / 1e6), callsFromOther: seen.otherCalls.length, acceptedFromOther: reach.accepted,
      onlyFromOther: reach.templates.slice(0, 10),
    },
    expected: { places: 1 },
    benignTested: [
      { explanation: 'a pool of addresses that many callers go out by', result: pool === 0 ? 'not supported: no other caller used both networks' : `possible: ${plural(pool, 'other caller')} used both networks` },
      { explanation: 'a telephone between home and carrier', result: isSame ? 'not supported: neither network is shared by other callers' : `not supported: the program is another one (${listOf(seen.otherAgents.map(short), 2)} instead of ${listOf(seen.ownerAgents.map(short), 2)})${isCarrier ? ', though one network is shared' : ''}` },
      { explanation: 'an IPv4 and an IPv6 address of one machine', result: seen.owner.includes(':') === seen.other.includes(':') ? 'not supported: both networks are of one kind' : isSame ? 'left out' : 'not supported: one machine does not name two programs' },
    ],
    remediation: [`Revoke ${seen.key}, and find out how ${seen.other} came by it.`, 'Bind tokens to their sender (DPoP, RFC 9449, or mTLS, RFC 8705), so that a copy is of no use.'],
    story: first === undefined ? [] : [{ call: first, role: 'replay', text: `${seen.key} of ${seen.label} turned up at ${seen.other}` }],
  }; // prettier-ignore
}

const short = (agent: string): string => (agent.length > 40 ? `${agent.slice(0, 40)}…` : agent);

/** Flags credentials that two machines use in turn. */
export const tokenReplayContext: Detector = {
  id: 'token-replay-context',
  version: 1,
  title: 'One credential, two machines',
  question: 'Was a credential used from two places in turn, as by its owner and a thief?',
  family: 'incident',
  needs: ['principals', 'chains', 'credentials'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03', 'NHI2'], attack: ['T1550.001', 'T1539'], atlas: ['AML.T0091.000'], cwe: ['CWE-294'] },
  settings: [
    { name: 'round', value: '10 min', why: 'from one place to the other and back; nobody travels that fast' },
    { name: 'roundOfKeys', value: '24 h', why: 'for keys of programs that turn up with another program: a program does not change its name and place and change back' },
    { name: 'minBefore', value: MIN_BEFORE, why: 'uses in the first place before a second place means anything' },
    { name: 'minRounds', value: MIN_ROUNDS, why: 'rounds that the same program must make in two networks that nobody shares' },
  ],
  async run(db, breathe) {
    if (db.prepare("SELECT 1 FROM credential_context WHERE network <> 'none' LIMIT 1").get() === undefined)
      return { kind: 'not-evaluable', reason: 'no source shows a credential together with the address that it came from' };
    const shared = readSharedNetworks(db);
    const findings: FindingDraft[] = [];
    for (const seen of await readSwitches(db, breathe)) {
      const pool = countPool(db, seen);
      const kind = judgeSwitching(seen, shared, pool);
      if (kind !== 'explained') findings.push(toDraft(db, seen, kind, shared, pool));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
