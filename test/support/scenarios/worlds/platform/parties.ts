import { agentHeaders } from '../../actors/agents.ts';
import { program } from '../../core/cast.ts';
import { DAY_MS, HOUR_MS } from '../../core/calendar.ts';
import { tokens, type Grant, type Party } from '../../core/party.ts';
import type { Stage } from '../../core/stage.ts';
import { basicUser, keyInHeader, opaqueToken } from './credentials.ts';
import { CUSTOMERS, makePeople, RECORDINGS, type PlatformPeople } from './people.ts';
import { HOSTS } from './catalogue.ts';

/** What the support agent may do: a good deal more than it does. */
const DESK_SCOPES = [
  'desk.read',
  'desk.write',
  'crm.read',
  'credit.write',
  'account.read',
  'billing.read',
  'issue.read',
  'issue.write',
  'build.read',
];
/** Tool servers have rights of their own; their callers need this one. */
const TOOL_SCOPES = ['mcp.tools'];
/** How many of each there are. */
export const RUNNERS = 6;
export const CUSTOMER_PROGRAMS = 24;
export const CODERS = 6;

export interface PlatformParties extends PlatformPeople {
  /** Programs of customers, with a key each: some still have an old version of the client. */
  readonly customerProgram: (which: number) => Party;
  readonly runner: (which: number) => Party;
  /** A coding agent that acts for an engineer, over tools. */
  readonly coder: (which: number) => Party;
  readonly deskAgent: Party;
  readonly releaseAgent: Party;
  readonly triageAgent: Party;
  /** Acts for one customer, over direct calls. */
  readonly delegate: Party;
  readonly deployBot: Party;
  readonly buildTrigger: Party;
  readonly eventConsumer: Party;
  readonly flagReader: Party;
  readonly hookRelay: Party;
  readonly billing: Party;
  readonly auditExport: Party;
  readonly usageReport: Party;
  readonly partner: Party;
  readonly retired: Party;
}

const cache = new WeakMap<Stage['store'], PlatformParties>();

/** Everybody who has something to do with the platform; the same objects for every caller of one stage. */
export function partiesOf(stage: Stage): PlatformParties {
  let found = cache.get(stage.store);
  if (found === undefined) cache.set(stage.store, (found = { ...makePeople(stage), ...makePrograms(stage), ...makeAgents(stage) }));
  return found;
}

type Work = Pick<Grant, 'client' | 'scopes'> & Partial<Pick<Grant, 'subject' | 'actor' | 'lifetime' | 'audience'>>;

/** Tokens of the company's own issuer. */
function work(stage: Stage, { client, scopes, subject = client, audience = 'quillforge-internal', lifetime = HOUR_MS, ...more }: Work) {
  const random = stage.random(`tokens/${client}/${subject}`);
  return tokens(random, { issuer: HOSTS.issuer, keyId: 'sso-7f21', audience, subject, client, scopes, lifetime, ...more });
}

/** Each made when first asked for, numbers wrap around. */
function numbered(count: number, make: (which: number) => Party): (which: number) => Party {
  const made = new Map<number, Party>();
  return (asked) => {
    const which = asked % count;
    let found = made.get(which);
    if (found === undefined) made.set(which, (found = make(which)));
    return found;
  };
}

type Programs = Omit<PlatformParties, keyof PlatformPeople | 'coder' | 'deskAgent' | 'releaseAgent' | 'triageAgent' | 'delegate'>;

function makePrograms(stage: Stage): Programs {
  const key = (id: string, scopes: readonly string[]) => keyInHeader(stage.random(`key/${id}`), id, scopes);
  /** Service accounts are named as mail addresses are, and have no entry in a gateway. */
  const account = (name: string, ip: string, userAgent: string, scopes: readonly string[], more: Partial<Party> = {}): Party => {
    const id = `${name}@sa.quillforge.test`;
    const credentialAt = work(stage, { client: id, scopes });
    return program(stage, { id, kind: 'service', ip, userAgent, credentialAt, consumer: undefined, ...more });
  };
  return {
    customerProgram: numbered(CUSTOMER_PROGRAMS, (which) => {
      const id = `ws-key-${String(310 + which)}`;
      const scopes = ['workspace.read', 'workspace.write', 'licence.use', 'event.read', 'hook.write', 'account.read'];
      const version = which % 6 === 0 ? '2.9.4' : which % 3 === 0 ? '4.5.1' : '4.6.0';
      return program(stage, {
        id,
        kind: 'service',
        ip: which % 2 === 0 ? `198.51.100.${String(60 + which)}` : `2001:db8:c${String(which)}::1f`,
        userAgent: `quill-cli/${version} (${which % 4 === 1 ? 'darwin/arm64' : 'linux/amd64'})`,
        credentialAt: key(id, scopes),
        person: stage.store.openOwner('account', which * 7, CUSTOMERS),
      });
    }),
    runner: numbered(RUNNERS, (which) => {
      const id = `runner-${which < 4 ? 'mumbai' : 'oregon'}-${String(which)}`;
      return program(stage, {
        id,
        kind: 'service',
        ip: `172.20.90.${String(11 + which)}`,
        userAgent: 'quill-runner/7.2.0 (linux; docker)',
        credentialAt: opaqueToken(stage.random(`runner/${id}`), id, ['job.run', 'build.read'], 'qfr_'),
        traced: 'run',
      });
    }),
    deployBot: account('deploy-bot', '172.20.80.7', 'deploy-bot/3.1 Go-http-client/2.0', ['deploy.read', 'deploy.write', 'build.read'], {
      traced: 'run',
    }),
    buildTrigger: account('build-trigger', '172.20.80.9', 'build-trigger/1.4 Go-http-client/2.0', [
      'repo.read',
      'build.read',
      'build.write',
    ]),
    usageReport: account('usage-report', '172.20.80.21', 'usage-report/0.8 python-requests/2.32.4', ['crm.read', 'watch.read']),
    auditExport: account('audit-export', '172.20.80.33', 'audit-export/2.0 okhttp/4.12.0', ['audit.read', 'org.admin', 'crm.read'], {
      traced: 'run',
    }),
    billing: account('billing-run', '172.20.80.40', 'billing-run/6.0 Java-http-client/21.0.4', [
      'billing.read',
      'payout.write',
      'credit.write',
    ]),
    eventConsumer: program(stage, {
      id: 'event-indexer',
      kind: 'service',
      ip: '172.20.80.51',
      userAgent: 'event-indexer/2.7 aiohttp/3.10.5',
      credentialAt: key('event-indexer', ['event.read']),
    }),
    flagReader: program(stage, {
      id: 'flag-sidecar',
      kind: 'service',
      ip: '172.20.80.66',
      userAgent: 'flag-sidecar/1.0 (rust; reqwest/0.12)',
      credentialAt: key('flag-sidecar', ['flag.read']),
    }),
    hookRelay: program(stage, {
      id: 'hook-relay',
      kind: 'service',
      ip: '172.20.80.72',
      userAgent: 'Quillforge-Hooks/2',
      // The account says where its owner wants to be told.
      credentialAt: key('hook-relay', ['event.read', 'account.read']),
    }),
    partner: program(stage, {
      id: 'trackwise',
      kind: 'service',
      ip: '198.51.100.31',
      userAgent: 'trackwise-sync/5.0 (+https://trackwise.example/sync)',
      credentialAt: key('trackwise', ['workspace.read', 'event.read']),
    }),
    retired: program(stage, {
      id: 'legacy-sync',
      kind: 'service',
      ip: '172.20.80.99',
      userAgent: 'Apache-HttpClient/4.5.3 (Java/1.8.0_202)',
      credentialAt: basicUser(stage.random('legacy-sync'), 'legacy-sync', ['crm.read', 'issue.read', 'account.read']),
    }),
  };
}

function makeAgents(stage: Stage): Pick<PlatformParties, 'coder' | 'deskAgent' | 'releaseAgent' | 'triageAgent' | 'delegate'> {
  const people = makePeople(stage);
  const delegatePerson = 92;
  const delegateSubject = people.customer(delegatePerson).id;
  return {
    coder: numbered(CODERS, (which) => {
      const { id: subject } = people.engineer(which * 3);
      return program(stage, {
        // Both names, as the token has both.
        id: `patchwright for ${subject}`,
        kind: 'agent',
        ip: `10.${which % 2 === 0 ? '72.3' : '64.8'}.${String(130 + which)}`,
        userAgent: which % 3 === 0 ? 'patchwright/0.14.2 (node/22.9.0)' : 'patchwright/0.15.0 (node/22.9.0)',
        credentialAt: work(stage, { client: 'patchwright', subject, actor: 'patchwright', scopes: TOOL_SCOPES, lifetime: HOUR_MS / 2 }),
        consumer: undefined,
        traced: which % 2 === 0 ? 'call' : 'none',
      });
    }),
    deskAgent: program(stage, {
      id: 'desk-agent',
      kind: 'agent',
      ip: '172.20.70.5',
      userAgent: 'desk-agent/0.6 (python-httpx/0.28.1)',
      headers: agentHeaders('python'),
      credentialAt: work(stage, { client: 'desk-agent', scopes: DESK_SCOPES, lifetime: 365 * DAY_MS }),
      consumer: undefined,
      traced: 'run',
      recordedBy: RECORDINGS.agent,
    }),
    releaseAgent: program(stage, {
      id: 'release-agent',
      kind: 'agent',
      ip: '172.20.70.8',
      userAgent: 'release-agent/2.2 mcp-client/1.21',
      credentialAt: work(stage, {
        client: 'release-agent',
        audience: 'https://tools.quillforge.test',
        scopes: TOOL_SCOPES,
      }),
      consumer: undefined,
      recordedBy: RECORDINGS.tools,
      traced: 'call',
    }),
    triageAgent: program(stage, {
      id: 'triage-agent',
      kind: 'agent',
      ip: '172.20.70.13',
      userAgent: 'node',
      headers: { ...agentHeaders('js'), 'x-stainless-helper': 'BetaToolRunner' },
      credentialAt: work(stage, { client: 'triage-agent', scopes: ['issue.read', 'issue.write', 'repo.read'] }),
      consumer: undefined,
    }),
    delegate: program(stage, {
      id: `ledgerly-assistant for ${delegateSubject}`,
      kind: 'agent',
      ip: '198.51.100.88',
      userAgent: 'ledgerly-assistant/1.1 (python-httpx/0.28.1)',
      headers: agentHeaders('python'),
      credentialAt: tokens(stage.random('tokens/ledgerly'), {
        issuer: HOSTS.accountsIssuer,
        audience: `https://${HOSTS.open}`,
        subject: delegateSubject,
        client: 'ledgerly',
        actor: 'ledgerly-assistant',
        scopes: ['account.read', 'billing.read', 'workspace.read'],
        lifetime: HOUR_MS / 4,
      }),
      consumer: undefined,
      person: people.customer(delegatePerson).person ?? 0,
      traced: 'run',
    }),
  };
}
