import { phoneAddresses, someAddress } from './addresses.ts';
import type { Zone } from './calendar.ts';
import { sessionCookie, tokens, type Grant, type Party } from './party.ts';
import type { Stage } from './stage.ts';
import { BROWSERS, SCRIPTS } from './user-agents.ts';

/** Share of customers who have written themselves a program. */
const HAS_SCRIPT = 0.04;
const LANGUAGES: Readonly<Record<Zone, string>> = {
  'Europe/Berlin': 'de-DE,de;q=0.9',
  'America/New_York': 'en-US,en;q=0.9',
  'Asia/Kolkata': 'en-IN,en;q=0.9',
  'America/Los_Angeles': 'en-US,en;q=0.9',
  'Europe/Lisbon': 'pt-PT,pt;q=0.9',
  'Asia/Singapore': 'en-SG,en;q=0.9',
};

/** What the members of a group have in common. */
export interface Group {
  readonly id: string;
  readonly zone: Zone;
  readonly grant: Pick<Grant, 'issuer' | 'audience' | 'client' | 'scopes' | 'lifetime'> & Pick<Partial<Grant>, 'algorithm' | 'keyId'>;
  /** Bearer tokens, or session cookies. */
  readonly proves: 'token' | 'cookie';
  readonly referer: string;
  /** Share of members with an app of that name instead of a browser; an old version of it is still around. */
  readonly app?: { readonly share: number; readonly name: string };
  readonly traced: Party['traced'];
  /** Share of members with a browser whose pages are instrumented: each call has a trace of its own. */
  readonly instrumented?: number;
  /** Staff sit in the company's own network. */
  readonly network?: string;
  readonly subject: (which: number) => string;
}

/**
 * The members of a group, each made when first asked for.
 * Shape: `which` is a person of the company's store, so that what is theirs is known.
 */
export function cast(stage: Stage, group: Group): (which: number) => Party {
  const consumer = { id: stage.random(`consumer/${group.grant.client}`).uuid(), name: group.grant.client };
  const members = new Map<number, Party>();
  return (which) => {
    let found = members.get(which);
    if (found === undefined) {
      const random = stage.random(`cast/${group.id}/${String(which)}`);
      const subject = group.subject(which);
      const hasApp = group.app !== undefined && random.chance(group.app.share);
      const userAgent = hasApp
        ? `${group.app.name}/${random.pick(['5.2.0', '5.2.0', '5.1.3', '3.0.1'])} (${random.pick(['iOS 18.6', 'Android 15'])})`
        : random.pick(group.network === undefined && random.chance(HAS_SCRIPT) ? SCRIPTS : BROWSERS);
      const grant: Grant = { ...group.grant, subject };
      const ip = group.network === undefined ? someAddress(random) : `${group.network}.${String(20 + (which % 200))}`;
      const hasPhone = group.network === undefined && (hasApp || userAgent.includes('Mobile'));
      found = {
        id: subject,
        kind: 'human',
        ip,
        ...(hasPhone ? { ipAt: phoneAddresses(random.fork('networks'), ip) } : {}),
        userAgent,
        headers: { 'accept-language': LANGUAGES[group.zone], ...(hasApp ? {} : { referer: group.referer }) },
        consumer,
        credentialAt: group.proves === 'token' ? tokens(random, grant) : sessionCookie(random, subject, grant.client),
        person: which,
        traced: !hasApp && random.fork('instrumented').chance(group.instrumented ?? 0) ? 'call' : group.traced,
      };
      members.set(which, found);
    }
    return found;
  };
}

/** A program of the company or of a partner. */
export function program(stage: Stage, options: Pick<Party, 'id' | 'kind' | 'ip' | 'userAgent' | 'credentialAt'> & Partial<Party>): Party {
  return {
    headers: {},
    consumer: { id: stage.random(`consumer/${options.id}`).uuid(), name: options.id },
    traced: 'none',
    ...options,
  };
}
