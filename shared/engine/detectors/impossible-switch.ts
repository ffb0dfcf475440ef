import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import { areTwoDevices } from './credentials/own-things.ts';
import { areFarApart, areTwins, readSharedNetworks, type SharedNetworks } from './credentials/networks.ts';
import { poolCounter } from './credentials/pool.ts';
import { areOtherPrograms, countHabit, isSecondDevice, isSharedAccount, judgeSwitching } from './credentials/replay.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import { readSwitches, type Switching } from './credentials/switches.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import { plural } from './spoken.ts';

/** A change of place quicker than this is no journey. Units: µs. */
const QUICK = 60_000_000;
const NEEDED = 3;
/** Headers by which a machine tells where its user is at home. */
const LOCAL_HEADERS = /^(?:accept-language|x-time-?zone|time-?zone|sec-ch-time-?zone)$/i;

interface Vote {
  readonly name: string;
  readonly cast: boolean;
  readonly because: string;
}

function localOf(tools: DetectorTools, call: number | undefined): string | undefined {
  const headers = call === undefined ? [] : (tools.detail(call).requestHeaders ?? []);
  const told = headers.filter(([name]) => LOCAL_HEADERS.test(name)).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return told.length === 0 ? undefined : told.sort().join('; ');
}

function votesOn(seen: Switching, shared: SharedNetworks, tools: DetectorTools): readonly Vote[] {
  const [here, there] = [localOf(tools, seen.ownerCalls[0]), localOf(tools, seen.otherCalls[0])];
  const far = areFarApart(seen.owner, seen.other) && !areTwins(seen.owner, seen.other);
  const isShared = shared.isShared(seen.source, seen.owner) || shared.isShared(seen.source, seen.other);
  const other = areOtherPrograms(seen);
  return [
    { name: 'networks', cast: far && (other || !isShared), because: !far ? 'the networks may be one machine’s' : isShared && !other ? 'many principals share one of the networks' : `${seen.owner} and ${seen.other} have nothing in common` },
    { name: 'time', cast: seen.shortestGap < QUICK, because: `the quickest change took ${durationText(Math.round(seen.shortestGap / 1e6))}` },
    { name: 'language', cast: here !== undefined && there !== undefined && here !== there, because: here === undefined || there === undefined ? 'not in the evidence' : here === there ? 'the same' : `${here} became ${there}` },
    { name: 'program', cast: other, because: other ? 'another program' : 'the same program' },
  ];
} // prettier-ignore

function toDraft(db: SqlDriver, seen: Switching, votes: readonly Vote[], isReplay: boolean): FindingDraft {
  const reach = readReach(db, seen.otherCalls);
  const cast = votes.filter((vote) => vote.cast);
  const areDevices = areTwoDevices(db, seen, areOtherPrograms(seen), seen.otherCalls);
  return {
    subject: `${seen.key} ${seen.owner} ${seen.other}`,
    title: `${seen.label} would have had to be in two places: ${seen.owner} and ${seen.other} used ${seen.key} ${durationText(Math.round(seen.shortestGap / 1e6))} apart (${plural(cast.length, 'vote')} of ${String(votes.length)})`,
    severity: areDevices ? { base: 'low', steps: [] } : { base: 'medium', steps: [...(isReplay ? [{ by: 1, why: 'the credential also looks replayed (“One credential, two machines”)' }] : []), ...reachSteps(reach).filter(({ by }) => by < 0)] },
    confidence: 'suspected',
    score: Math.min(1, 0.2 + cast.length * 0.15),
    principals: seen.principal === undefined ? [] : [seen.principal],
    credentials: [seen.credential],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls: [...seen.otherCalls],
    crossedAt: seen.quickestChange,
    observed: Object.fromEntries(votes.map((vote) => [vote.name, `${vote.cast ? 'yes' : 'no'}: ${vote.because}`])),
    expected: { votes: `fewer than ${String(NEEDED)}` },
    benignTested: [
      { explanation: 'a tunnel switched on or off', result: 'possible: no table of places is used, only what the calls show' },
      ...(areDevices ? [{ explanation: 'a second device of the same person', result: 'likely: both places ask for the same person’s own things only, which nobody else asks for' }] : []),
      { explanation: 'a network that many principals share', result: votes[0]?.cast === true ? 'not supported' : (votes[0]?.because ?? '') },
    ],
    remediation: [`Ask ${seen.label} whether both places were theirs; revoke ${seen.key} if not.`],
  };
} // prettier-ignore

/** Flags callers that would have had to travel faster than anyone can, told without any table of places. */
export const impossibleSwitch: Detector = {
  id: 'impossible-switch',
  version: 5,
  title: 'Impossible change of place',
  question: 'Did one credential change its place faster than a person or a machine can?',
  about: {
    catches: 'One credential that changes its network faster than a person travels, told without any map: several kinds of evidence must agree.',
    inputs: ['calls with a credential and addresses, with times'],
    falsePositives: ['a VPN that is switched on', 'a split tunnel', 'the exits of a cloud', 'an account that several programs work under'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['principals', 'chains', 'credentials'],
  reads: ['credential', 'address', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1078', 'T1090'], atlas: ['AML.T0012'], cwe: ['CWE-294'] },
  settings: [
    { name: 'votes', value: NEEDED, why: 'of four: far networks, under a minute, another language or time zone, another program; one alone has harmless reasons' },
    { name: 'quick', value: '60 s', why: 'a change of place within a minute is no journey' },
  ],
  async run(db, breathe, tools) {
    if (db.prepare("SELECT 1 FROM credential_context WHERE network <> 'none' LIMIT 1").get() === undefined)
      return { kind: 'not-evaluable', reason: 'no source shows a credential together with the address that it came from' };
    const shared = readSharedNetworks(db);
    const found = new Map<number, { readonly seen: Switching; readonly votes: readonly Vote[]; readonly cast: number }>();
    for (const seen of await readSwitches(db, breathe)) {
      if (seen.rounds === 0 || isSharedAccount(seen)) continue;
      const votes = votesOn(seen, shared, tools);
      const cast = votes.filter((vote) => vote.cast).length;
      // One finding for each credential: the change of place with most votes.
      if (cast >= NEEDED && !isSecondDevice(seen, countHabit(db, seen)) && cast > (found.get(seen.credential)?.cast ?? 0)) found.set(seen.credential, { seen, votes, cast });
      await breathe();
    }
    const countPool = poolCounter(db);
    const isReplay = (seen: Switching): boolean => judgeSwitching(seen, shared, countPool(seen), countHabit(db, seen)).kind !== 'explained';
    return { kind: 'evaluated', findings: [...found.values()].map(({ seen, votes }) => toDraft(db, seen, votes, isReplay(seen))) };
  },
}; // prettier-ignore
