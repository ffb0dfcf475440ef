import { least } from '../../lib/extremes.ts';
import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import { areTwoDevices, asksForOwn } from './credentials/own-things.ts';
import { findCompany, type Company } from './credentials/company.ts';
import { areFarApart, areTwins, readSharedNetworks } from './credentials/networks.ts';
import { poolCounter } from './credentials/pool.ts';
import {
  areOtherPrograms,
  areOtherTlsClients,
  countHabit,
  judgeSwitching,
  MIN_BEFORE,
  MIN_QUICK_ROUNDS,
  MIN_ROUNDS,
} from './credentials/replay.ts';
import { egressFacts, egressLedger, MASS, readEgress } from './exhibits/egress.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import { findStrays, MAX_USES as MAX_COMPARED, MIN_HOME, type Stray } from './credentials/strays.ts';
import { MAX_USES, readSwitches, type RoundEnd, type Switching } from './credentials/switches.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { inTimeOrder } from './rows/in-time-order.ts';
import { whatOf } from './signals/read-signals.ts';
import { listOf, plural, sizeOf } from './spoken.ts';

/** One other place of a credential, and what makes it suspicious. */
interface Place {
  readonly seen: Switching;
  readonly kind: 'other-program' | 'same-program';
  /** The use at which the rule could first have spoken. */
  readonly crossedAt: number | undefined;
  readonly pool: number;
  readonly isShared: boolean;
}

/** Rounds that speak: those of one program go on while its owner moves, those of another are with its owner's place. */
const roundsOf = ({ kind, seen }: Place): readonly RoundEnd[] => (kind === 'same-program' ? seen.turns : seen.roundEnds);

/** Steps for what the places look like; the most suspicious one decides. */
const placeSteps = (places: readonly Place[]): FindingDraft['severity']['steps'] => [
  ...(places.every(({ kind }) => kind === 'same-program') ? [{ by: -1, why: 'all places send the same program name' }] : []),
  ...(places.every(({ pool }) => pool > 0) ? [{ by: -1, why: 'other principals go by the same pairs of networks' }] : []),
];

/** A telephone by two ways. */
const OWN_THINGS = { by: -2, why: 'the same telephone’s program asked for nothing there that its owner does not ask for' } as const;
const isTelephone = ({ holder, ownerAgents, otherAgents }: Switching): boolean =>
  holder === 'human' && [...ownerAgents, ...otherAgents].every((agent) => /iphone|ipad|\bios\b|android|mobile/i.test(agent));

function benign(places: readonly Place[]): FindingDraft['benignTested'] {
  const pooled = places.filter(({ pool }) => pool > 0).length;
  const same = places.filter(({ kind }) => kind === 'same-program').length;
  const twins = places.filter(({ seen }) => areTwins(seen.owner, seen.other)).length;
  const agents = [...new Set(places.flatMap(({ seen }) => seen.otherAgents))].sort().map(short);
  const isShared = places.some((place) => place.isShared);
  return [
    { explanation: 'a pool of addresses that many principals go out by', result: pooled === 0 ? 'not supported: no other principal went by the same two networks as this one did' : `possible for ${plural(pooled, 'place')}: other principals went by both networks` },
    { explanation: 'a telephone between home and carrier', result: same > 0 ? 'not supported: it goes back and forth too often' : places.every(({ seen }) => !areOtherPrograms(seen)) ? 'not supported: the TLS client is another one' : `not supported: the program is another one (${listOf(agents, 3)})${isShared ? ', though a network is shared' : ''}` },
    ...(places.some(({ seen }) => seen.ownerTls.length > 0 && seen.otherTls.length > 0)
      ? [{ explanation: 'the same program on the move', result: places.some(({ seen }) => areOtherTlsClients(seen)) ? 'not supported, unless a proxy opens TLS in one of the places: the TLS client is another one' : 'possible: the TLS clients do not tell the places apart' }]
      : []),
    { explanation: 'a monitor that asks from several places', result: 'not supported: it asks for several things, with several programs, from two places only or by no clock' },
    { explanation: 'an IPv4 and an IPv6 address of one machine', result: twins === 0 ? 'not supported: the networks are of one kind' : same > 0 ? 'not supported: the principal had both networks with no other credential' : 'not supported: one machine does not name two programs' },
  ];
} // prettier-ignore

/** What the company of a thief adds to the facts; nothing where there is none. */
const factsOf = ({ places, otherNames }: Company): FindingDraft['observed'] => ({
  ...(places.length === 0 ? {} : { newPlaces: places.map(({ network, why }) => `${network}: ${why}`) }),
  ...(otherNames.length === 0 ? {} : { otherNames: otherNames.map(({ key, masked, calls, refused }) => `${plural(calls.length, 'call')} from the same addresses and programs with ${key} (${masked}), ${refused === 0 ? 'none' : String(refused)} of them refused`) }),
}); // prettier-ignore

const secondDevice = (areOwn: boolean): FindingDraft['benignTested'][number] => ({
  explanation: 'a second device of the same person',
  result: areOwn
    ? 'likely: both places ask for the same person’s own things only, which nobody else asks for'
    : 'not supported: one program goes back and forth, it is no person’s, or it asks for what the owner does not',
});

/** What one replay comes to; `company` is of its places. */
function toDraft(db: SqlDriver, places: readonly Place[], seen: Switching, company: Company): FindingDraft {
  const inTurn = places.flatMap((place) => place.seen.otherCalls);
  const calls = inTimeOrder(db, [...inTurn, ...company.calls, ...company.otherNames.flatMap((name) => name.calls)]);
  const reach = readReach(db, calls);
  const egress = readEgress(db, calls);
  const others = [...places.map((place) => place.seen.other), ...company.places.map(({ network }) => network)];
  const ends = places.flatMap((place) => roundsOf(place));
  const rounds = ends.length;
  const quickest = least(ends.map(({ took }) => took));
  const isSame = places.every(({ kind }) => kind === 'same-program');
  const isAlone = company.otherNames.length === 0;
  const isPhone = isSame && isTelephone(seen) && isAlone && asksForOwn(db, seen.credential, calls);
  const areDevices = !isPhone && isAlone && places.every((place) => areTwoDevices(db, place.seen, place.kind === 'other-program', calls));
  const ofKey = calls.length - company.otherNames.reduce((sum, name) => sum + name.calls.length, 0);
  return {
    subject: seen.key,
    title: `${seen.key} of ${seen.label} was used in ${others.length === 1 ? 'two places' : plural(others.length + 1, 'place')} in turn: ${seen.isListed ? `its owner is at ${seen.owner} by the list of principals` : `after ${plural(seen.before, 'call')} from ${seen.owner}`}, ${plural(ofKey, 'call')} from ${listOf(others, 3)}, back and forth ${plural(rounds, 'time')} within ${durationText(quickest / 1e6)} at the quickest${egress.bytes < MASS ? '' : `; ${sizeOf(egress.bytes)} left that way`}`,
    severity: areDevices ? { base: 'low', steps: [] } : { base: 'high', steps: [...reachSteps(reach), ...placeSteps(places), ...(isPhone ? [OWN_THINGS] : [])] },
    confidence: areDevices || isSame ? 'suspected' : 'inferred',
    score: Math.min(1, 0.4 + Math.min(0.3, rounds / 20) + (isSame ? 0 : 0.2) + (others.some((other) => areFarApart(seen.owner, other)) ? 0.1 : 0)),
    principals: seen.principal === undefined ? [] : [seen.principal],
    credentials: [seen.credential, ...company.otherNames.map((name) => name.credential)],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls,
    crossedAt: inTimeOrder(db, places.flatMap((place) => place.crossedAt ?? []))[0],
    observed: {
      owner: seen.owner, others, ownerPrograms: seen.ownerAgents.slice(0, 5), otherPrograms: [...new Set(places.flatMap((place) => place.seen.otherAgents))].sort().slice(0, 5),
      ...tlsOf(places),
      rounds, shortestRoundSeconds: Math.round(quickest / 1e6), callsFromOthers: ofKey, acceptedFromOthers: reach.accepted, ...factsOf(company), ...egressFacts(egress), reached: reach.templates.slice(0, 10),
    },
    exhibits: egressLedger(egress),
    expected: { places: 1 },
    benignTested: [...benign(places), ...(seen.holder === 'human' ? [secondDevice(areDevices || isPhone)] : [])],
    remediation: [`Revoke ${listOf([seen.key, ...company.otherNames.map(({ key }) => key)], 4)}, and find out how ${listOf(others, 3)} came by it.`, 'Bind tokens to their sender (DPoP, RFC 9449, or mTLS, RFC 8705), so that a copy is of no use.'],
    story: calls[0] === undefined ? [] : [{ call: calls[0], role: 'replay', text: `${seen.key} of ${seen.label} turned up at ${others[0] ?? 'another place'}` }],
  };
} // prettier-ignore

/** A caller in two places, told by who it is: it may show no credential at all. */
function strayDraft(db: SqlDriver, stray: Stray): FindingDraft {
  const { principal, key, label, kind, home, elsewhere, before, rounds, shortestRound, calls, crossedAt, isSameProgram } = stray;
  const reach = readReach(db, calls);
  const egress = readEgress(db, calls);
  const quickest = durationText(Math.round(shortestRound / 1e6));
  return {
    subject: `${key} ${home} ${elsewhere}`,
    title: `${label} was in two places in turn: after ${plural(before, 'call')} from ${home}, ${plural(calls.length, 'call')} from ${elsewhere}, while it went on at home; back and forth ${plural(rounds, 'time')}, within ${quickest} at the quickest`,
    severity: { base: 'high', steps: [...reachSteps(reach), ...(isSameProgram ? [{ by: -1, why: 'both places send the same program name' }] : [])] },
    confidence: 'suspected',
    score: Math.min(1, 0.4 + Math.min(0.3, rounds / 20) + (isSameProgram ? 0 : 0.2) + (kind === 'service' ? Math.min(0.2, before / 1000) : 0)),
    principals: [principal],
    ...whatOf(db, calls),
    crossedAt,
    observed: { home, elsewhere, rounds, shortestRoundSeconds: Math.round(shortestRound / 1e6), callsFromElsewhere: calls.length, acceptedFromElsewhere: reach.accepted, ...egressFacts(egress), reached: reach.templates.slice(0, 10) },
    exhibits: egressLedger(egress),
    expected: { places: 1, callsBefore: before },
    benignTested: [
      { explanation: 'a pool of addresses that many principals go out by', result: 'not supported: no other principal of the source was in both places' },
      kind === 'human'
        ? { explanation: 'a telephone between home and carrier', result: `not supported: it goes back and forth ${plural(rounds, 'time')}, within ${quickest} at the quickest` }
        : { explanation: 'its owner moved, or has a second site', result: `possible for a second site: ${plural(before, 'call')} came from one place alone, and it goes on there` },
    ],
    remediation: [`Ask the owner of ${label} whether both places are theirs; replace its credentials if not.`, 'Bind credentials to their sender (DPoP, RFC 9449, or mTLS, RFC 8705), so that a copy is of no use.'],
    story: calls[0] === undefined ? [] : [{ call: calls[0], role: 'replay', text: `${label} turned up at ${elsewhere}` }],
  };
} // prettier-ignore

/** TLS clients of the owner and of the other places, where the source knows them. */
function tlsOf(places: readonly Place[]): Record<string, readonly string[]> {
  const [owner, others] = [places[0]?.seen.ownerTls ?? [], [...new Set(places.flatMap(({ seen }) => seen.otherTls))].sort()];
  return owner.length === 0 || others.length === 0 ? {} : { ownerTls: owner.slice(0, 5), otherTls: others.slice(0, 5) };
}

const short = (agent: string): string => (agent.length > 40 ? `${agent.slice(0, 40)}…` : agent);

/** What was too much to be compared as a whole. */
function partlyRead(cut: number, keys: readonly string[]): { readonly partly?: string } {
  const parts = [
    ...(cut === 0 ? [] : [`of ${plural(cut, 'principal')} only the first ${MAX_COMPARED.toLocaleString('en-US')} uses were compared`]),
    ...(keys.length === 0
      ? []
      : [`of ${listOf(keys, 3)} only the first ${MAX_USES.toLocaleString('en-US')} uses since it was taken were looked at`]),
  ];
  return parts.length === 0 ? {} : { partly: parts.join('; ') };
}

/** True when some source shows who calls, and from where. */
const hasCallerAndAddress = (db: SqlDriver): boolean =>
  db.prepare("SELECT 1 FROM credential_context WHERE network <> 'none' LIMIT 1").get() !== undefined ||
  db
    .prepare('SELECT 1 FROM principal p JOIN call_fact f ON f.principal_id = p.id JOIN call c ON c.id = f.call_id WHERE p.weak = 0 AND c.client_ip_id IS NOT NULL LIMIT 1')
    .get() !== undefined; // prettier-ignore

/** Flags credentials that two machines use in turn. */
export const tokenReplayContext: Detector = {
  id: 'token-replay-context',
  version: 13,
  title: 'One credential, two machines',
  question: 'Was a credential used from two places in turn, as by its owner and a thief?',
  about: {
    catches: 'One credential that goes back and forth between two places, so that its owner and somebody else use it at the same time.',
    inputs: ['calls with a credential and an address or User-Agent'],
    falsePositives: ['pools of addresses that many share', 'serverless fleets', 'a phone that changes between networks', 'a person’s second device, told low while it asks for that person’s own things only'],
  },
  family: 'incident',
  joinsOthers: true,
  tells: 'whose',
  needs: ['principals', 'chains', 'credentials'],
  reads: ['credential', 'address', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03', 'NHI2'], attack: ['T1550.001', 'T1539'], atlas: ['AML.T0091.000'], cwe: ['CWE-294'] },
  settings: [
    { name: 'round', value: '10 min', why: 'from one place to the other and back; nobody travels that fast' },
    { name: 'roundOfKeys', value: '24 h', why: 'for keys of programs that turn up with another program: a program does not change its name and place and change back' },
    { name: 'minBefore', value: MIN_BEFORE, why: 'uses in the first place before a second place means anything' },
    { name: 'minQuickRounds', value: MIN_QUICK_ROUNDS, why: 'a telephone changes its network once and back, not again and again within minutes' },
    { name: 'minHome', value: MIN_HOME, why: 'uses of a program from one place alone after which a few from elsewhere stand out' },
    { name: 'minRounds', value: MIN_ROUNDS, why: 'rounds that the same program must make in two networks that nobody shares' },
  ],
  async run(db, breathe) {
    if (!hasCallerAndAddress(db))
      return { kind: 'not-evaluable', reason: 'no source shows a credential or a named principal together with the address that it came from' };
    const shared = readSharedNetworks(db);
    const countPool = poolCounter(db);
    const byCredential = new Map<string, Place[]>();
    for (const seen of await readSwitches(db, breathe)) {
      const pool = countPool(seen);
      const { kind, crossedAt } = judgeSwitching(seen, shared, pool, countHabit(db, seen));
      await breathe();
      if (kind === 'explained') continue;
      const isShared = shared.isShared(seen.source, seen.owner) || shared.isShared(seen.source, seen.other);
      const place = { seen, kind, crossedAt, pool, isShared };
      // One finding for each credential and source: two gateways would tell the same calls twice.
      const key = `${seen.key} ${String(seen.source)}`;
      const places = byCredential.get(key);
      if (places === undefined) byCredential.set(key, [place]);
      else places.push(place);
    }
    const replays = largestOfEach([...byCredential.values()]);
    const told = new Set(replays.flatMap((places) => places.map(({ seen }) => seen.principal)));
    const { strays, cut } = await findStrays(db, breathe);
    const whole = replays.flatMap((places) => {
      const [seen, ...more] = places.map((place) => place.seen);
      return seen === undefined ? [] : [{ places, seen, company: findCompany(db, [seen, ...more]) }];
    });
    return {
      kind: 'evaluated',
      findings: [
        ...whole.map(({ places, seen, company }) => toDraft(db, places, seen, company)),
        ...strays.filter(({ principal }) => !told.has(principal)).map((stray) => strayDraft(db, stray)),
      ],
      ...partlyRead(cut, whole.filter(({ company }) => company.isCut).map(({ seen }) => seen.key)),
    };
  },
}; // prettier-ignore

/** Of a credential that several sources saw in two places, the source that saw most. */
function largestOfEach(found: readonly (readonly Place[])[]): readonly (readonly Place[])[] {
  const sizeOf = (places: readonly Place[]): number => places.reduce((sum, { seen }) => sum + seen.otherCalls.length, 0);
  const best = new Map<number, readonly Place[]>();
  for (const places of found) {
    const credential = places[0]?.seen.credential;
    if (credential === undefined) continue;
    const known = best.get(credential);
    if (known === undefined || sizeOf(places) > sizeOf(known)) best.set(credential, places);
  }
  return [...best.values()];
}
