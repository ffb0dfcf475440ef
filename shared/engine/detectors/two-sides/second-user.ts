import { groupBy } from '../../../lib/group-by.ts';
import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import type { Sides } from '../../store/read/two-sides/read-sides.ts';
import { strangersOf, type SecondUseCalls } from '../../store/read/two-sides/second-use.ts';
import type { SideCall } from '../../store/read/two-sides/side-call.ts';
import { readReach, reachSteps } from '../credentials/sensitive-calls.ts';
import type { FindingDraft } from '../detector.ts';
import { listOf, plural } from '../spoken.ts';

export const MIN_MATCHED = 3;
export const MIN_RATE = 0.8;
export const MIN_STRANGERS = 3;
export const MIN_USED_BEFORE = 10;

/** Uses of one caller's credentials that a capture does not hold. */
interface Suspect {
  readonly principal: { readonly id: number; readonly key: string; readonly label: string; readonly kind: string } | undefined;
  readonly uses: readonly SecondUseCalls[];
  readonly strangers: readonly SideCall[];
}

/** Share of the requests to hosts of the logs that the logs show. Ratio. */
export function matchRate({ matched, changed, clientOnly }: Sides): number {
  const hosts = new Set(matched.map(({ client }) => client.host));
  const missed = clientOnly.filter(({ host, status }) => hosts.has(host) && (status ?? 0) > 0).length;
  const both = matched.length + changed.length;
  return both === 0 ? 0 : both / (both + missed);
}

/** Addresses, networks and programs of calls as text. */
interface Spoken {
  readonly address: (call: SideCall) => string;
  readonly network: (call: SideCall) => string;
  readonly program: (call: SideCall) => string;
}

function speaker(db: SqlDriver): Spoken {
  const term = termReader(db);
  return {
    address: ({ clientIp }) => term(clientIp) ?? 'an unknown address',
    network: ({ clientIp }) => networkOf(term(clientIp)),
    program: ({ userAgent }) => term(userAgent) ?? '',
  };
}

/** Calls with the credentials from the strangers' addresses before the recording began. */
function usedBefore(db: SqlDriver, { uses, strangers }: Suspect, from: number): number {
  const select = db.prepare('SELECT count(*) AS n FROM call WHERE credential_id = ? AND +client_ip_id = ? AND +time < ?');
  let least = Infinity;
  for (const address of new Set(strangers.flatMap(({ clientIp }) => clientIp ?? []))) {
    let calls = 0;
    for (const { credential } of uses) calls += select.get<{ n: number }>(credential, address, from)?.n ?? 0;
    least = Math.min(least, calls);
  }
  return Number.isFinite(least) ? least : 0;
}

/** True for workers of one service: the same program in the networks that the recorded one called from. */
function isFleet({ principal, uses, strangers }: Suspect, { network, program }: Spoken): boolean {
  if (principal === undefined || principal.kind === 'human' || principal.kind === 'unknown') return false;
  const own = uses.flatMap((use) => use.own.map(({ log }) => `${network(log)} ${program(log)}`));
  return strangers.every((call) => own.includes(`${network(call)} ${program(call)}`));
}

function suspectsOf(db: SqlDriver, { secondUses }: Sides): readonly Suspect[] {
  const owner = db.prepare('SELECT p.id, p.key, p.label, p.kind FROM credential_use u JOIN principal p ON p.id = u.principal_id WHERE u.credential_id = ?');
  const principalOf = (use: SecondUseCalls): Suspect['principal'] => owner.get<{ id: number; key: string; label: string; kind: string }>(use.credential);
  const groups = groupBy(secondUses, (use) => principalOf(use)?.key ?? `credential ${String(use.credential)}`);
  return [...groups.values()].flatMap((uses) => {
    const strangers = uses.flatMap(strangersOf).sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.record - b.record);
    return uses[0] === undefined ? [] : [{ principal: principalOf(uses[0]), uses, strangers }];
  });
} // prettier-ignore

/**
 * The credentials that the strangers' calls show. One that is known by its account alone stands for the account: it may be the recorded
 * client's own, and is named only where no call shows any.
 */
function shownCredentials(db: SqlDriver, { uses, strangers }: Suspect): readonly number[] {
  const select = db.prepare('SELECT credential_id AS credential FROM call WHERE id = ?');
  const shown = new Set(strangers.flatMap(({ standing }) => select.get<{ credential: number | null }>(standing)?.credential ?? []));
  return shown.size > 0 ? [...shown] : uses.filter((use) => strangersOf(use).length > 0).map(({ credential }) => credential);
}

function toDraft(db: SqlDriver, sides: Sides, suspect: Suspect, before: number): FindingDraft {
  const { principal, uses, strangers } = suspect;
  const spoken = speaker(db);
  const calls = strangers.map(({ standing }) => standing);
  const reach = readReach(db, calls);
  const name = db.prepare('SELECT name FROM source WHERE id = ?');
  const logs = [...new Set(strangers.map(({ source }) => name.get<{ name: string }>(source)?.name ?? '?'))].sort();
  const key = db.prepare('SELECT key FROM credential_use WHERE credential_id = ?');
  const credentials = shownCredentials(db, suspect);
  const keys = [...new Set(credentials.map((credential) => key.get<{ key: string }>(credential)?.key ?? '?'))].sort();
  const byAccount = uses.every(({ by }) => by === 'account');
  const own = uses.flatMap((use) => use.own.map(({ log }) => log));
  const places = [...new Set(strangers.map(spoken.address))].sort();
  const sameNetwork = strangers.every((call) => own.some((log) => spoken.network(log) === spoken.network(call)));
  const sameProgram = strangers.every((call) => own.some((log) => spoken.program(log) === spoken.program(call)));
  const who = principal?.label ?? keys[0] ?? 'an unknown principal';
  const rate = matchRate(sides);
  const aligned = sides.logs.filter(({ source }) => logs.includes(name.get<{ name: string }>(source)?.name ?? ''));
  return {
    subject: `${sides.name} ${principal?.key ?? keys.join(' ')}`,
    title: `Somebody else used ${byAccount ? `the account of ${who}` : `${listOf(keys, 3)} of ${who}`}: ${listOf(logs, 2)} ${logs.length === 1 ? 'shows' : 'show'} ${plural(calls.length, 'call')} from ${listOf(places, 3)} that ${sides.name}, which recorded the client, does not hold`,
    claim: `Somebody else used ${byAccount ? `the account of ${who}` : `${listOf(keys, 3)} of ${who}`}`,
    severity: {
      base: 'high',
      steps: [
        ...reachSteps(reach),
        ...(byAccount ? [{ by: -1, why: 'the same account, not the same credential: it may be another session of its owner' }] : []),
        ...(sameNetwork && sameProgram && !byAccount ? [{ by: -1, why: 'the same network and program as the recorded client' }] : []),
        ...(before >= MIN_USED_BEFORE ? [{ by: -1, why: 'used from there before the recording as well' }] : []),
      ],
    },
    confidence: byAccount || (sameNetwork && sameProgram) ? 'suspected' : 'inferred',
    score: Math.min(1, 0.5 + Math.min(0.3, calls.length / 100) + (sameNetwork ? 0 : 0.15)),
    principals: principal === undefined ? [] : [principal.id],
    credentials,
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls,
    crossedAt: calls[0],
    observed: {
      capture: sides.name, logs, onlyInLog: calls.length, accepted: reach.accepted, places: places.slice(0, 5), ownPlaces: [...new Set(own.map(spoken.address))].sort().slice(0, 5),
      matchRate: Math.round(rate * 1000) / 1000, matched: sides.matched.length, skewMs: aligned.map(({ skew }) => Math.round(skew / 1000)), reached: reach.templates.slice(0, 10),
    },
    expected: { onlyInLog: 0 },
    benignTested: [
      { explanation: 'the recording began late or ended early', result: 'not supported: only the log’s time between its first and its last request counts, on its own clock' },
      { explanation: 'the recording has holes', result: `not supported: calls from a place that recorded calls came from were left out; ${String(Math.round(rate * 100))} % of the recorded requests to hosts of the log are in it` },
      { explanation: 'calls behind the gateway, made for the client', result: sides.passedOn === 0 ? 'not supported: none of them follows from a recorded call' : `left out: ${plural(sides.passedOn, 'call')} that recorded calls led to` },
      { explanation: 'a second place of the owner’s', result: before > 0 ? `possible: ${plural(before, 'use')} from there before the recording` : 'not supported: nothing from there before the recording' },
    ],
    remediation: [`Revoke ${listOf(keys, 3)}, and ask ${who} whether ${listOf(places, 3)} ${places.length === 1 ? 'is' : 'are'} theirs.`, 'Bind tokens to their sender (DPoP, RFC 9449, or mTLS, RFC 8705), so that a copy is of no use.'],
    story: calls[0] === undefined ? [] : [{ call: calls[0], role: 'second-user', text: `${listOf(keys, 2)} of ${who} was used from ${places[0] ?? 'elsewhere'}, not by the recorded client` }],
  };
} // prettier-ignore

/** A finding for each caller whose credentials somebody used that was not the recorded client. */
export function secondUserDrafts(db: SqlDriver, sides: Sides): readonly FindingDraft[] {
  const { window } = sides;
  if (window === undefined || sides.matched.length < MIN_MATCHED || matchRate(sides) < MIN_RATE) return [];
  const spoken = speaker(db);
  return suspectsOf(db, sides).flatMap((suspect) => {
    if (suspect.strangers.length < MIN_STRANGERS || isFleet(suspect, spoken)) return [];
    const before = usedBefore(db, suspect, window[0]);
    const isProgram = suspect.principal !== undefined && suspect.principal.kind !== 'human' && suspect.principal.kind !== 'unknown';
    // A key of a program that another place has long used is one that is shared.
    return isProgram && before >= MIN_USED_BEFORE ? [] : [toDraft(db, sides, suspect, before)];
  });
}
