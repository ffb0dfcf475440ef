import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { callsOfDay, countBy, usedCredentials, usesOf, type DayCall, type Use, type UsedCredential } from './identity/uses.ts';
import { importedPlaces } from './rows/imported-places.ts';
import { plural } from './spoken.ts';

/** A key of one program moves between a few networks: home, office, two egress addresses. */
const MIN_NETWORKS = 5;
/** New networks in a day after days without any. */
const NEW_NETWORKS = 3;
/** Days without a new network that make a key's places known. */
const STABLE_DAYS = 2;
/** The 99.9th percentile of the usual spread, in standard deviations of a count. */
const QUANTILE = 3.1;

interface Spread {
  readonly day: number;
  readonly networks: number;
  readonly fresh: readonly string[];
  /** The day's networks, or its new ones, that it takes to say so. */
  readonly takes: { readonly networks: number; readonly of: 'all' | 'new' };
  readonly expected: number;
  readonly why: string;
}

/**
 * The first day on which the key came from unusually many places. A key that did so from its first day is public by design; `places` are
 * those of its caller by an imported baseline, as if they had been seen on days before.
 */
function findSpread(uses: readonly Use[], places: ReadonlySet<string>): Spread | undefined {
  const days = [...new Set(uses.map(({ day }) => day))].sort((a, b) => a - b);
  const known = new Set(places);
  const counts: number[] = places.size === 0 ? [] : [places.size];
  let stable = places.size === 0 ? 0 : STABLE_DAYS;
  for (const day of days) {
    const networks = new Set(uses.filter((use) => use.day === day && use.network !== 'none').map(({ network }) => network));
    const fresh = [...networks].filter((network) => !known.has(network)).sort();
    const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(counts.length, 1);
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(counts.length - 1, 1);
    // A count of places is at least as spread as a Poisson count: with few days the mean stands for the variance.
    const expected = Math.max(MIN_NETWORKS, mean + QUANTILE * Math.sqrt(Math.max(mean, variance)));
    if (counts.length > 0 && (counts[0] ?? 0) <= MIN_NETWORKS) {
      if (networks.size > expected)
        return {
          day,
          networks: networks.size,
          fresh,
          takes: { networks: Math.floor(expected) + 1, of: 'all' },
          expected,
          why: 'more networks than on the days before',
        };
      if (stable >= STABLE_DAYS && fresh.length >= NEW_NETWORKS)
        return {
          day,
          networks: networks.size,
          fresh,
          takes: { networks: NEW_NETWORKS, of: 'new' },
          expected: 0,
          why:
            day === days[0]
              ? `${String(fresh.length)} networks that its imported baseline does not know`
              : `${String(fresh.length)} new networks after ${String(stable)} days without one`,
        };
    }
    stable = fresh.length === 0 ? stable + 1 : 0;
    for (const network of fresh) known.add(network);
    counts.push(networks.size);
  }
  return undefined;
}

/** The call from the network that made them too many. */
function crossing(ofDay: readonly DayCall[], { takes, fresh }: Spread): number | undefined {
  const seen = new Set<string>();
  for (const { id, network } of ofDay) {
    if (network === 'none' || (takes.of === 'new' && !fresh.includes(network))) continue;
    seen.add(network);
    if (seen.size >= takes.networks) return id;
  }
  return undefined;
}

function toDraft(db: SqlDriver, credential: UsedCredential, uses: readonly Use[], spread: Spread): FindingDraft {
  const ofDay = callsOfDay(db, credential.id, spread.day);
  const families = [...countBy(uses, ({ family }) => family).keys()].filter((family) => family !== 'none');
  return {
    subject: credential.key,
    title: `${credential.key} of ${credential.label} came from ${plural(spread.networks, 'network')} on one day: ${spread.why}`,
    severity: { base: 'medium', steps: families.length >= 3 ? [{ by: 1, why: `with ${String(families.length)} kinds of programs, too` }] : [] },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + spread.networks / 40),
    principals: credential.principal === null ? [] : [credential.principal],
    credentials: [credential.id],
    endpoints: [],
    chains: [],
    calls: ofDay.filter(({ network }) => spread.fresh.includes(network)).map(({ id }) => id),
    crossedAt: crossing(ofDay, spread),
    observed: {
      day: new Date(spread.day * 86_400_000).toISOString().slice(0, 10),
      networks: spread.networks,
      newNetworks: spread.fresh.slice(0, 30),
      programs: families.slice(0, 20),
    },
    expected: { networksAtMost: Math.round(spread.expected) },
    benignTested: [
      { explanation: 'a public key in an app or page', result: 'not supported: on its first day it came from few networks' },
      { explanation: 'a content network or proxy between principal and gateway', result: 'not tested: the log shows the address that it was given' },
    ],
    remediation: ['Replace the key, and bind the new one to the networks or the client that it belongs to.'],
  };
} // prettier-ignore

/** Flags keys that suddenly come from many places. */
export const apiKeyManyNetworks: Detector = {
  id: 'api-key-many-networks',
  version: 2,
  title: 'Key used from many places',
  question: 'Which keys come from more networks than they used to?',
  about: {
    catches: 'A key that comes from more networks in a day than it ever did.',
    inputs: ['calls with a key and addresses, over days'],
    falsePositives: ['keys of public clients, which are spread from the first day on', 'delivery networks in front of the API'],
  },
  family: 'incident',
  needs: ['principals', 'attribution'],
  reads: ['credential', 'address', 'time'],
  maps: {
    owaspApi: ['API2:2023'],
    owaspLlm: [],
    owaspAgentic: ['NHI9'],
    attack: ['T1550.001', 'T1528'],
    atlas: ['AML.T0091.000'],
    cwe: ['CWE-522'],
  },
  settings: [
    { name: 'minNetworks', value: MIN_NETWORKS, why: 'home, office and a few egress addresses are usual for one key' },
    { name: 'newNetworks', value: NEW_NETWORKS, why: 'so many new places at once are no move' },
    { name: 'stableDays', value: STABLE_DAYS, why: 'days without a new place that make the places of a key known' },
  ],
  async run(db, breathe) {
    const credentials = usedCredentials(db, ['api-key', 'basic', 'opaque']);
    if (credentials.length === 0) return { kind: 'not-evaluable', reason: 'no call shows an API key, a Basic user or an opaque token' };
    const findings: FindingDraft[] = [];
    const placesOf = importedPlaces(db);
    let days = 0;
    for (const credential of credentials) {
      await breathe();
      // Of one network it is not spread; only whether there are days enough to say so is still asked.
      if (credential.contexts < 2 && days >= 2) continue;
      const uses = usesOf(db, credential.id).filter(({ network, day }) => network !== 'none' && day > 0);
      const places = placesOf(credential.principal);
      // Places of an imported baseline are those of a day before.
      days = Math.max(days, new Set(uses.map(({ day }) => day)).size + (places.size > 0 ? 1 : 0));
      const spread = findSpread(uses, places);
      if (spread !== undefined) findings.push(toDraft(db, credential, uses, spread));
    }
    return days < 2
      ? { kind: 'not-evaluable', reason: 'no key was used on two days with the principal’s address in the record' }
      : { kind: 'evaluated', findings };
  },
};
