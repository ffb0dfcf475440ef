import type { SqlDriver } from '../../store/driver.ts';
import type { SharedNetworks } from './networks.ts';
import { areTwins } from './networks.ts';
import type { RoundEnd, Switching } from './switches.ts';

const MINUTE = 60_000_000;
/** A round from one place to the other and back that no person makes: the doc's ten minutes. Units: µs. */
const ROUND = 10 * MINUTE;
/** A key of a program stays with its program: with another program in another place a day is short enough. Units: µs. */
const KEY_ROUND = 24 * 60 * MINUTE;
/** An identity has its home after this: an account that two programs were given comes from both within a day. Units: µs. */
const SETTLED = 24 * 60 * MINUTE;
/** Uses of the owner before the other place means something. */
export const MIN_BEFORE = 5;
/** Rounds that the same program in two lone places must make before it is said. */
export const MIN_ROUNDS = 2;

/** Rounds within minutes after which it is no telephone on its way, which changes its network once, and back. */
export const MIN_QUICK_ROUNDS = 3;

/** Days on which other sessions of a person went on in the same two places: a telephone beside the desk. */
const SECOND_DEVICE = 3;

/** The same program at another version is no other program. */
const programOf = (userAgent: string): string => userAgent.replaceAll(/[\d._]+/g, '#');

/** True when the two places never sent the same program's name. */
export function areOtherPrograms({ ownerAgents, otherAgents }: Switching): boolean {
  const known = new Set(ownerAgents.map(programOf));
  return otherAgents.every((agent) => agent !== '' && !known.has(programOf(agent)));
}

/** More TLS clients than these in one place: a browser that shuffles its hello shows a new JA3 in each connection, which says nothing. */
const MAX_TLS = 3;

/** True when both places show TLS clients, few each, and have none in common: the same name, yet another program or build. */
export const areOtherTlsClients = ({ ownerTls, otherTls }: Switching): boolean =>
  ownerTls.length > 0 &&
  otherTls.length > 0 &&
  ownerTls.length <= MAX_TLS &&
  otherTls.length <= MAX_TLS &&
  otherTls.every((client) => !ownerTls.includes(client));

/** How a switching looks: by another program, by the same one in places that nothing explains, or harmless. */
export type ReplayKind = 'other-program' | 'same-program' | 'explained';

const isKey = ({ kind, holder }: Switching): boolean =>
  holder !== 'human' && (kind === 'api-key' || kind === 'basic' || kind === 'opaque' || kind === 'jwt' || kind === 'identity');

/**
 * A key is handed to one program; an account of a platform may be given to several, each in a place of its own. Then the second is there for good, and soon.
 * Only where it had long been in one place, and is in the other for a shorter while than that, is it a visitor's.
 */
export const isSharedAccount = ({ kind, isListed, settled, stay }: Switching): boolean =>
  kind === 'identity' && !isListed && (settled < SETTLED || stay > settled);

/** True for a person's session that goes on in two places in which others of the same person went on, on enough days. */
export const isSecondDevice = ({ kind, holder }: Switching, habits: number): boolean =>
  kind === 'session' && holder === 'human' && habits >= SECOND_DEVICE;

/** How one switching is judged, and the use at which it could first have been: the one that closed the round that was still wanting. */
export interface Judgement {
  readonly kind: ReplayKind;
  readonly crossedAt: number | undefined;
}

/** The use that closed the last of `wanted` rounds, and one of no more than `within`. Units: µs. */
function closing(rounds: readonly RoundEnd[], wanted: number, within: number): number | undefined {
  const quick = rounds.findIndex(({ took }) => took <= within);
  return quick < 0 ? undefined : rounds[Math.max(quick, wanted - 1)]?.call;
}

/**
 * Judges one switching. Another program in turn with the owner's is another machine, whatever the networks. The same program in two networks
 * and with the same TLS client, where that is known, is a telephone between home and carrier, a dual-stack host or a fleet, unless nobody
 * else is in either network and it goes on in turn; or it goes on too quickly for a telephone, and this caller never had both networks with
 * another credential, as a dual-stack host would. A person's sessions that go on in the same two places day by day are of two devices.
 */
export function judgeSwitching(seen: Switching, shared: SharedNetworks, pool: number, habits: number): Judgement {
  const explained = { kind: 'explained', crossedAt: undefined } as const;
  if (isSecondDevice(seen, habits)) return explained;
  // One name with two TLS clients may be one program behind a proxy that opens TLS, if others go the same two ways.
  const others = areOtherPrograms(seen) || (areOtherTlsClients(seen) && pool === 0 && seen.rounds >= MIN_ROUNDS);
  const round = others && isKey(seen) ? KEY_ROUND : ROUND;
  const isQuick = habits === 0 && seen.turns.length >= MIN_QUICK_ROUNDS && seen.turns.some(({ took }) => took <= ROUND) && pool === 0;
  if (!others && isQuick && seen.holder !== 'unknown')
    return { kind: 'same-program', crossedAt: closing(seen.turns, MIN_QUICK_ROUNDS, ROUND) };
  if (seen.rounds === 0 || isSharedAccount(seen)) return explained;
  // Whom a list places needs no past there.
  const isKnown = seen.isListed || seen.before >= MIN_BEFORE;
  if (!isKnown && !(others && seen.before >= 1 && seen.rounds >= MIN_ROUNDS)) return explained;
  if (seen.shortestRound > round) return explained;
  const wanted = areOtherPrograms(seen) && isKnown ? 1 : MIN_ROUNDS;
  if (others) return { kind: 'other-program', crossedAt: closing(seen.roundEnds, wanted, round) };
  const isAlone = !shared.isShared(seen.source, seen.owner) && !shared.isShared(seen.source, seen.other) && pool === 0;
  return isAlone && !areTwins(seen.owner, seen.other) && seen.rounds >= MIN_ROUNDS && seen.holder !== 'unknown'
    ? { kind: 'same-program', crossedAt: closing(seen.roundEnds, MIN_ROUNDS, ROUND) }
    : explained;
}

/** On how many days the caller had both networks with other credentials, too: its own ways out, such as IPv4 and IPv6, or its own second device. */
export const countHabit = (db: SqlDriver, { credential, principal, source, owner, other }: Switching): number =>
  principal === undefined
    ? 0
    : (db
        .prepare(
          `SELECT count(DISTINCT a.first_use / 86400000000) AS days FROM credential_context a JOIN credential_context b ON b.credential_id = a.credential_id AND b.source_id = a.source_id AND b.network = ?
         JOIN credential_use u ON u.credential_id = a.credential_id
        WHERE a.source_id = ? AND a.network = ? AND a.credential_id <> ? AND u.principal_id = ?`,
        )
        .get<{ days: number }>(other, source, owner, credential, principal)?.days ?? 0);
