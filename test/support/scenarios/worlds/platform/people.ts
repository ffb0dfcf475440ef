import { cast, type Group } from '../../core/cast.ts';
import { HOUR_MS, zoneOffset, type Zone } from '../../core/calendar.ts';
import type { Party } from '../../core/party.ts';
import type { Stage } from '../../core/stage.ts';
import { HOSTS } from './catalogue.ts';
import { officeCookie } from './credentials.ts';

/** HAR files of the bundle, by who recorded them. */
export const RECORDINGS = {
  agent: 'hosts/desk-agent/traffic.har',
  tools: 'hosts/release-agent/traffic.har',
  browser: 'support/case-20931/console.har',
} as const;

export const PEOPLE = 320;
/** People from here on work here. */
export const CUSTOMERS = 276;
/** The customer who sent a recording to the support desk. */
export const RECORDED = 41;
const RECORDED_BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const ADMINISTRATOR = PEOPLE - 1;

const CUSTOMER_SCOPES = [
  'account.read',
  'account.write',
  'billing.read',
  'billing.write',
  'workspace.read',
  'workspace.write',
  'licence.use',
  'hook.write',
];
const BENGALURU = 'p.raman a.menon k.subramaniam d.iyer s.kulkarni r.banerjee m.chopra n.pillai v.rao t.joseph'.split(' ');
/** The last of those in Bengaluru came so lately that no crowd has them. */
export const QUIET_ENGINEER = 2 * (BENGALURU.length - 1);
const CALIFORNIA = 'j.okafor l.martinez c.whitfield t.nguyen b.haas e.castellano h.sato'.split(' ');

export interface PlatformPeople {
  /** Even ones live in the first zone. */
  readonly customer: (which: number) => Party;
  /** Even ones sit in Bengaluru, odd ones in California. */
  readonly engineer: (which: number) => Party;
  /** The two who may change what others may do. */
  readonly administrator: Party;
}

/** Staff in one of the two offices. */
function office(stage: Stage, zone: Zone, network: string, names: readonly string[]): (which: number) => Party {
  const group: Group = {
    id: `office/${zone}`,
    zone,
    proves: 'cookie',
    referer: `https://${HOSTS.hub}/`,
    grant: { issuer: HOSTS.issuer, audience: HOSTS.hub, client: 'hub-web', scopes: [], lifetime: HOUR_MS },
    traced: 'none',
    network,
    subject: (which) => names[which % names.length] ?? '',
  };
  const made = new Map<string, Party>();
  const members = cast(stage, group);
  return (which) => {
    const place = which % names.length;
    const { id } = members(place);
    let found = made.get(id);
    if (found === undefined) {
      const credentialAt = officeCookie(stage.random(`cookie/${id}`), id, zoneOffset(zone));
      // Sign-on tells the gateway each by name.
      const consumer = { id: stage.random(`consumer/${id}`).uuid(), name: id };
      const person = CUSTOMERS + 2 * place + (zone === 'Asia/Kolkata' ? 0 : 1);
      made.set(id, (found = { ...members(place), credentialAt, consumer, person }));
    }
    return found;
  };
}

/** The people of the platform: customers with tokens, staff with cookies. */
export function makePeople(stage: Stage): PlatformPeople {
  const subject = (which: number): string => `acct|${stage.random(`subject/${String(which)}`).hex(24)}`;
  const group = {
    proves: 'token',
    referer: 'https://console.quillforge.test/',
    grant: {
      issuer: HOSTS.accountsIssuer,
      audience: `https://${HOSTS.open}`,
      client: 'console',
      scopes: CUSTOMER_SCOPES,
      lifetime: HOUR_MS / 2,
      algorithm: 'ES256',
      keyId: 'acc-2026-3',
    },
    traced: 'none',
    subject,
  } as const;
  const india = cast(stage, { ...group, id: 'customers/india', zone: 'Asia/Kolkata' });
  const california = cast(stage, { ...group, id: 'customers/california', zone: 'America/Los_Angeles' });
  const customer = (which: number): Party => (which % 2 === 0 ? india : california)(which);
  // Whose account is closed does not come any more.
  const open = (which: number): number => stage.store.openOwner('account', which, CUSTOMERS);
  const recorded: Party = { ...customer(open(RECORDED)), userAgent: RECORDED_BROWSER, recordedBy: RECORDINGS.browser };
  const bengaluru = office(stage, 'Asia/Kolkata', '10.72.3', BENGALURU);
  const coast = office(stage, 'America/Los_Angeles', '10.64.8', CALIFORNIA);
  return {
    customer: (which) => (open(which) === recorded.person ? recorded : customer(open(which))),
    engineer: (which) => (which % 2 === 0 ? bengaluru : coast)(Math.floor(which / 2)),
    administrator: { ...office(stage, 'Asia/Kolkata', '10.72.3', ['g.thomas'])(0), person: ADMINISTRATOR },
  };
}
