import { agentHeaders } from '../../actors/agents.ts';
import { cast, program, type Group } from '../../core/cast.ts';
import { DAY_MS, HOUR_MS } from '../../core/calendar.ts';
import { apiKey, tokens, type Party } from '../../core/party.ts';
import type { Stage } from '../../core/stage.ts';
import { HOSTS } from './catalogue.ts';

const CUSTOMER_SCOPES = [
  'carts:write',
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'payment-methods:read',
  'payment-methods:write',
];
/** Her work is with money: she may name payees and pay them. */
const FINANCE_CLERK = 'eva.lindgren';
const STAFF_SCOPES = ['tickets:read', 'tickets:write', 'orders:read', 'customers:read', 'customers:write', 'reports:read', 'refunds:write'];
/** Everything that a token of this shop can be allowed. */
const ALL_SCOPES = [
  'catalog:read',
  'catalog:write',
  'inventory:read',
  'inventory:write',
  'carts:write',
  'orders:read',
  'orders:write',
  'orders:export',
  'customers:read',
  'customers:write',
  'payment-methods:read',
  'refunds:write',
  'payouts:write',
  'tickets:read',
  'tickets:write',
  'events:read',
  'reports:read',
  'staff:admin',
];

/** HAR files of the bundle, by who recorded them. */
export const RECORDINGS = {
  agent: 'agent-host/support-agent.har',
  tools: 'agent-host/ops-agent.har',
  browser: 'captures/customer-browser.har',
} as const;

const AUDIENCE = `https://${HOSTS.api}`;
const PEOPLE = 400;
const STAFF = ['anna.keller', 'bjarne.holm', 'carla.ricci', 'david.oduya', 'eva.lindgren', 'farid.nasser'];
/** The customer whose browser is recorded, at the support's request. */
export const RECORDED = 17;
const RECORDED_BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

export interface ShopParties {
  readonly people: number;
  /** Customers of the two zones: even ones live in the first. */
  readonly customer: (which: number) => Party;
  readonly employee: (which: number) => Party;
  /** The one person who administers the shop. */
  readonly administrator: Party;
  readonly support: Party;
  readonly operations: Party;
  readonly merchandising: Party;
  readonly delegate: Party;
  readonly orderSync: Party;
  readonly eventConsumer: Party;
  readonly billing: Party;
  readonly nightly: Party;
  readonly accounting: Party;
  readonly carrier: Party;
  readonly marketplace: Party;
  readonly retired: Party;
}

const cache = new WeakMap<Stage['store'], ShopParties>();

/** Everybody who has something to do with the shop; the same objects for every caller of one stage. */
export function partiesOf(stage: Stage): ShopParties {
  let found = cache.get(stage.store);
  if (found === undefined) cache.set(stage.store, (found = makeParties(stage)));
  return found;
}

function makeParties(stage: Stage): ShopParties {
  const customerGrant = {
    issuer: HOSTS.customersIssuer,
    audience: AUDIENCE,
    client: 'storefront-web',
    scopes: CUSTOMER_SCOPES,
    lifetime: HOUR_MS,
    algorithm: 'ES256',
    keyId: 'cust-31',
  } as const;
  const subject = (which: number): string => `usr_${stage.random(`subject/${String(which)}`).base32(12)}`;
  const group = {
    proves: 'token',
    referer: `https://${HOSTS.storefront}/`,
    grant: customerGrant,
    traced: 'none',
    subject,
    app: { share: 0.35, name: 'AcmeShop' },
    instrumented: 0.3,
  } as const;
  const berlin = cast(stage, { ...group, id: 'customers-berlin', zone: 'Europe/Berlin' });
  const newYork = cast(stage, { ...group, id: 'customers-new-york', zone: 'America/New_York' });
  // Whose account is closed does not come any more.
  const open = (which: number): number => stage.store.openOwner('customer', which, PEOPLE);
  const recorded: Party = {
    ...berlin(open(RECORDED)),
    userAgent: RECORDED_BROWSER,
    headers: { 'accept-language': 'de-DE,de;q=0.9', referer: group.referer },
    recordedBy: RECORDINGS.browser,
  };
  const staff: Group = {
    id: 'staff',
    zone: 'Europe/Berlin',
    proves: 'token',
    referer: 'https://office.acme-outfitters.test/',
    grant: { issuer: HOSTS.issuer, audience: AUDIENCE, client: 'backoffice-web', scopes: STAFF_SCOPES, lifetime: HOUR_MS },
    traced: 'none',
    network: '10.8.0',
    subject: (which) => STAFF[which % STAFF.length] ?? '',
  };
  const staffMember = cast(stage, staff);
  const clerk = cast(stage, { ...staff, grant: { ...staff.grant, scopes: [...STAFF_SCOPES, 'payouts:write'] } });
  const work = (
    client: string,
    scopes: readonly string[],
    lifetime: number,
    more: { readonly actor?: string; readonly subject?: string } = {},
  ) =>
    tokens(stage.random(`tokens/${client}`), {
      issuer: HOSTS.issuer,
      audience: AUDIENCE,
      subject: more.subject ?? client,
      client,
      scopes,
      lifetime,
      ...(more.actor === undefined ? {} : { actor: more.actor }),
    });
  const key = (client: string, scopes: readonly string[]) => apiKey(stage.random(`key/${client}`), client, scopes, 'aok_live_');
  return {
    people: PEOPLE,
    customer: (which) => {
      const found = open(which);
      return found === recorded.person ? recorded : (found % 2 === 0 ? berlin : newYork)(found);
    },
    employee: (which) => (STAFF[which % STAFF.length] === FINANCE_CLERK ? clerk : staffMember)(which % STAFF.length),
    administrator: cast(stage, {
      ...staff,
      id: 'administration',
      subject: () => 'ines.adler',
      grant: { ...staff.grant, scopes: [...STAFF_SCOPES, 'staff:admin'] },
    })(40),
    support: program(stage, {
      id: 'support-agent',
      kind: 'agent',
      ip: '10.30.2.11',
      userAgent: 'python-httpx/0.28.1 AI-Agent (name: support, entry: loop)',
      headers: agentHeaders('python'),
      // Three years, and everything.
      credentialAt: work('support-agent', ALL_SCOPES, 1095 * DAY_MS),
      traced: 'run',
      recordedBy: RECORDINGS.agent,
    }),
    operations: program(stage, {
      id: 'ops-agent',
      kind: 'agent',
      ip: '10.30.2.28',
      userAgent: 'opencode/0.9.11',
      credentialAt: work('ops-agent', ['reports:read', 'orders:read'], HOUR_MS),
      recordedBy: RECORDINGS.tools,
      traced: 'call',
    }),
    merchandising: program(stage, {
      id: 'merchandising-agent',
      kind: 'agent',
      ip: '10.30.2.15',
      userAgent: 'node',
      headers: { ...agentHeaders('js'), 'x-stainless-helper': 'BetaToolRunner' },
      credentialAt: work('merchandising-agent', ['catalog:write', 'inventory:read'], HOUR_MS),
    }),
    delegate: program(stage, {
      id: 'usr_assistant-delegate',
      kind: 'agent',
      ip: '10.30.2.40',
      userAgent: 'shop-assistant/1.3 (python-httpx/0.28.1)',
      headers: agentHeaders('python'),
      credentialAt: work('shop-assistant', ['orders:read', 'customers:read'], HOUR_MS / 4, {
        actor: 'shop-assistant',
        subject: 'usr_assistant-delegate',
      }),
      consumer: undefined,
      person: 60,
      traced: 'run',
    }),
    orderSync: program(stage, {
      id: 'order-sync',
      kind: 'service',
      ip: '10.20.6.31',
      userAgent: 'acme-order-sync/3.4 (Go-http-client/1.1)',
      credentialAt: key('order-sync', ['orders:read', 'inventory:write']),
    }),
    eventConsumer: program(stage, {
      id: 'event-consumer',
      kind: 'service',
      ip: '10.20.6.44',
      userAgent: 'acme-event-consumer/1.9 okhttp/4.12',
      credentialAt: key('event-consumer', ['events:read']),
    }),
    billing: program(stage, {
      id: 'billing',
      kind: 'service',
      ip: '10.20.6.52',
      userAgent: 'acme-billing/2.2 okhttp/4.12',
      credentialAt: work('billing', ['payment-methods:read', 'orders:write', 'payouts:write'], HOUR_MS),
    }),
    nightly: program(stage, {
      id: 'nightly-export',
      kind: 'service',
      ip: '10.20.6.90',
      userAgent: 'acme-nightly-export/2.3 okhttp/4.12',
      credentialAt: work('nightly-export', ['orders:export', 'orders:read', 'customers:read'], HOUR_MS),
      traced: 'run',
    }),
    accounting: program(stage, {
      id: 'accounting',
      kind: 'service',
      ip: '10.20.6.77',
      userAgent: 'acme-accounting/1.1 python-requests/2.32.3',
      credentialAt: work('accounting', ['orders:export', 'reports:read', 'customers:read'], HOUR_MS),
    }),
    carrier: program(stage, {
      id: 'parcelwise',
      kind: 'service',
      ip: '198.51.100.41',
      userAgent: 'parcelwise-track/1.0 python-requests/2.32.3',
      credentialAt: key('parcelwise', ['orders:read']),
    }),
    marketplace: program(stage, {
      id: 'northmarket',
      kind: 'service',
      ip: '198.51.100.52',
      userAgent: 'northmarket-feed/4 Java/21',
      credentialAt: key('northmarket', ['catalog:read', 'inventory:read']),
    }),
    retired: program(stage, {
      id: 'old-importer',
      kind: 'service',
      ip: '10.20.6.12',
      userAgent: 'acme-importer/0.9 python-requests/2.28.0',
      credentialAt: key('old-importer', ['customers:read', 'orders:read', 'orders:export']),
    }),
  };
}
