import { operation as op, type Answer, type Catalogue, type Operation } from '../../core/api.ts';
import { ENTITIES, SHAPES } from './shapes.ts';

// One table, kept whole: an operation a line is how it is read.

const DOMAIN = 'quillforge.test';
export const HOSTS = {
  open: `api.${DOMAIN}`,
  hub: `hub.corp.${DOMAIN}`,
  builds: `builds.corp.${DOMAIN}`,
  control: `control.corp.${DOMAIN}`,
  trackerTools: `tracker.tools.${DOMAIN}`,
  deliveryTools: `delivery.tools.${DOMAIN}`,
  docsTools: `docs.tools.${DOMAIN}`,
  issuer: `https://sso.${DOMAIN}/realms/staff`,
  accountsIssuer: `https://accounts.${DOMAIN}/`,
} as const;

type Rest = [service: string, id: string, line: string, answer: Answer, more?: Parameters<typeof op>[5]];
const api =
  (name: string) =>
  (...rest: Rest): Operation =>
    op(name, ...rest);
const hub = api('hub');
const builds = api('builds');
const control = api('control');
const open = api('open');
const inner = api('inner');

const listOf = (entity: string, at: string, least: number, most: number): Answer => ({ list: entity, at, count: [least, most] });
const one = (entity: string): Answer => ({ one: entity });
const shaped = (shape: string): Answer => ({ shape });
/** In use, and in no description. */
const hidden = { published: 'undocumented' } as const;

/** What the staff works with: source, issues, the support desk, accounts of customers. */
const HUB: readonly Operation[] = [
  hub('projects', 'listProjects', 'GET /api/v2/projects', listOf('project', 'items', 5, 14), { scopes: ['repo.read'], millis: 42 }),
  hub('projects', 'getProject', 'GET /api/v2/projects/{project}', one('project'), { scopes: ['repo.read'], millis: 18 }),
  hub('issues', 'listIssues', 'GET /api/v2/projects/{project}/issues', listOf('issue', 'items', 4, 18), {
    scopes: ['issue.read'],
    millis: 63,
    behind: [['checkPolicy', 0.5]],
  }),
  hub('issues', 'getIssue', 'GET /api/v2/projects/{project}/issues/{issue}', one('issue'), {
    scopes: ['issue.read'],
    millis: 27,
    behind: [['checkPolicy', 0.5]],
  }),
  hub('issues', 'createIssue', 'POST /api/v2/projects/{project}/issues', one('issue'), {
    scopes: ['issue.write'],
    body: 'NewIssue',
    millis: 74,
    behind: [['publish', 1]],
  }),
  hub('issues', 'editIssue', 'PATCH /api/v2/projects/{project}/issues/{issue}', one('issue'), {
    scopes: ['issue.write'],
    body: 'IssuePatch',
    millis: 58,
    behind: [['publish', 1]],
  }),
  hub('issues', 'commentOnIssue', 'POST /api/v2/projects/{project}/issues/{issue}/comments', shaped('Comment'), {
    scopes: ['issue.write'],
    body: 'NewComment',
    millis: 51,
    behind: [['publish', 1]],
  }),
  hub('issues', 'relabelIssue', 'POST /api/v2/issues/{issue}/_relabel', one('issue'), { ...hidden, millis: 44 }),
  hub('issues', 'oldIssue', 'GET /api/v1/issue/{issue}', one('issue'), { scopes: ['issue.read'], published: 'deprecated', millis: 39 }),
  hub('source', 'listMerges', 'GET /api/v2/projects/{project}/merges', listOf('merge', 'items', 2, 11), {
    scopes: ['repo.read'],
    millis: 55,
  }),
  hub('source', 'getMerge', 'GET /api/v2/projects/{project}/merges/{merge}', one('merge'), { scopes: ['repo.read'], millis: 48 }),
  hub('source', 'openMerge', 'POST /api/v2/projects/{project}/merges', one('merge'), {
    scopes: ['repo.write'],
    body: 'NewMerge',
    millis: 160,
    behind: [['publish', 1]],
  }),
  hub('source', 'approveMerge', 'PUT /api/v2/projects/{project}/merges/{merge}/approval', one('merge'), {
    scopes: ['repo.write'],
    millis: 66,
    behind: [['publish', 1]],
  }),
  hub('source', 'previewImport', 'GET /api/v2/imports/preview', shaped('ImportPreview'), { scopes: ['repo.write'], millis: 340 }),
  hub('search', 'searchWork', 'GET /api/v2/search', listOf('issue', 'hits', 0, 15), { scopes: ['issue.read'], millis: 92 }),
  hub('people', 'whoAmI', 'GET /api/v2/users/me', one('member'), { millis: 12 }),
  hub('people', 'getUser', 'GET /api/v2/users/{member}', one('member'), { millis: 14 }),
  hub('people', 'listMembers', 'GET /api/v2/admin/members', listOf('member', 'items', 12, 30), { scopes: ['org.admin'], millis: 61 }),
  hub('people', 'setMemberRoles', 'PUT /api/v2/admin/members/{member}/roles', one('member'), {
    scopes: ['org.admin'],
    body: 'RolesPatch',
    millis: 49,
  }),
  hub('people', 'listServiceKeys', 'GET /api/v2/admin/service-keys', listOf('serviceKey', 'items', 4, 9), {
    scopes: ['org.admin'],
    millis: 37,
  }),
  hub('desk', 'listConversations', 'GET /api/v2/desk/conversations', listOf('conversation', 'items', 4, 12), {
    scopes: ['desk.read'],
    millis: 53,
  }),
  hub('desk', 'getConversation', 'GET /api/v2/desk/conversations/{conversation}', one('conversation'), {
    scopes: ['desk.read'],
    millis: 31,
  }),
  hub('desk', 'answerConversation', 'POST /api/v2/desk/conversations/{conversation}/answers', shaped('Comment'), {
    scopes: ['desk.write'],
    body: 'NewComment',
    millis: 84,
  }),
  hub('desk', 'closeConversation', 'PATCH /api/v2/desk/conversations/{conversation}', one('conversation'), {
    scopes: ['desk.write'],
    body: 'ConversationPatch',
    millis: 46,
  }),
  hub('accounts', 'findAccounts', 'GET /api/v2/crm/accounts', listOf('account', 'rows', 6, 20), { scopes: ['crm.read'], millis: 81 }),
  hub('accounts', 'readAccountCard', 'GET /api/v2/crm/accounts/{account}/card', shaped('AccountCard'), {
    scopes: ['crm.read'],
    millis: 34,
  }),
  hub('money', 'creditInvoice', 'POST /api/v2/crm/invoices/{invoice}/credits', shaped('Credit'), {
    scopes: ['credit.write'],
    body: 'NewCredit',
    millis: 270,
    behind: [['bookLedger', 1]],
  }),
];

/** Builds; nobody ever described it. */
const BUILDS: readonly Operation[] = [
  builds('builds', 'listBuilds', 'GET /rest/pipelines/{pipeline}/builds', listOf('build', 'values', 4, 16), {
    scopes: ['build.read'],
    millis: 57,
  }),
  builds('builds', 'latestBuild', 'GET /rest/pipelines/{pipeline}/builds/latest', one('build'), { scopes: ['build.read'], millis: 29 }),
  builds('builds', 'getBuild', 'GET /rest/pipelines/{pipeline}/builds/{build}', one('build'), { scopes: ['build.read'], millis: 26 }),
  builds('builds', 'startBuild', 'POST /rest/pipelines/{pipeline}/builds', one('build'), {
    scopes: ['build.write'],
    body: 'NewBuild',
    millis: 110,
    behind: [['publish', 1]],
  }),
  builds('builds', 'buildState', 'GET /rest/builds/{build}/state', one('build'), { scopes: ['build.read'], millis: 11 }),
  builds('builds', 'buildLog', 'GET /rest/builds/{build}/log', shaped('Log'), { scopes: ['build.read'], millis: 95 }),
  builds('runners', 'leaseJob', 'POST /rest/runners/{runner}/lease', shaped('Lease'), { scopes: ['job.run'], millis: 21 }),
  builds('runners', 'reportJob', 'PATCH /rest/jobs/{job}', shaped('Lease'), { scopes: ['job.run'], body: 'JobPatch', millis: 19 }),
  builds('artifacts', 'putArtifact', 'PUT /rest/builds/{build}/artifacts/{artifact}', one('artifact'), {
    scopes: ['job.run'],
    millis: 380,
    behind: [['putBlob', 1]],
  }),
  builds('artifacts', 'getArtifact', 'GET /rest/builds/{build}/artifacts/{artifact}', one('artifact'), {
    scopes: ['build.read'],
    millis: 190,
    behind: [['getBlob', 1]],
  }),
  builds('artifacts', 'readCache', 'GET /rest/cache/{artifact}', shaped('CacheHit'), { scopes: ['job.run'], millis: 33 }),
];

/** Deployments and what runs; inside only, and not described either. */
const CONTROL: readonly Operation[] = [
  control('deploys', 'listDeployments', 'GET /internal/v1/deployments', listOf('deployment', 'deployments', 3, 14), {
    scopes: ['deploy.read'],
    millis: 47,
  }),
  control('deploys', 'getDeployment', 'GET /internal/v1/deployments/{deployment}', one('deployment'), {
    scopes: ['deploy.read'],
    millis: 22,
  }),
  control('deploys', 'createDeployment', 'POST /internal/v1/deployments', one('deployment'), {
    scopes: ['deploy.write'],
    body: 'NewDeployment',
    millis: 420,
    behind: [
      ['readVaultEntry', 0.9],
      ['publish', 1],
    ],
  }),
  control('deploys', 'rollBack', 'POST /internal/v1/deployments/{deployment}/rollback', one('deployment'), {
    scopes: ['deploy.write'],
    millis: 390,
    behind: [['publish', 1]],
  }),
  control('flags', 'readFlags', 'GET /internal/flags', listOf('flag', 'flags', 6, 12), { scopes: ['flag.read'], millis: 9 }),
  control('flags', 'setFlag', 'PUT /internal/flags/{flag}', one('flag'), { scopes: ['flag.write'], body: 'FlagPatch', millis: 38 }),
  control('watch', 'readMetrics', 'GET /internal/v1/components/{component}/metrics', shaped('Metrics'), {
    scopes: ['watch.read'],
    millis: 120,
  }),
  control('watch', 'readLog', 'GET /internal/v1/components/{component}/log', shaped('Log'), { scopes: ['watch.read'], millis: 140 }),
  control('audit', 'readAudit', 'GET /internal/v1/audit', listOf('auditEntry', 'entries', 10, 40), {
    scopes: ['audit.read'],
    millis: 150,
  }),
  control('health', 'healthz', 'GET /internal/healthz', shaped('Alive'), { millis: 2 }),
];

/** What customers and their programs call. */
const OPEN: readonly Operation[] = [
  open('health', 'ping', 'GET /v3/ping', shaped('Alive'), { millis: 3 }),
  open('identity', 'signIn', 'POST /v3/auth/sessions', shaped('SignedIn'), { body: 'SignIn', millis: 130 }),
  open('accounts', 'ownAccount', 'GET /v3/accounts/me', one('account'), { scopes: ['account.read'], millis: 24 }),
  open('accounts', 'getAccount', 'GET /v3/accounts/{account}', one('account'), { scopes: ['account.read'], millis: 29 }),
  open('accounts', 'editAccount', 'PATCH /v3/accounts/{account}', one('account'), {
    scopes: ['account.write'],
    body: 'AccountPatch',
    millis: 61,
  }),
  open('money', 'listInstruments', 'GET /v3/accounts/{account}/payment-instruments', listOf('instrument', 'instruments', 1, 2), {
    scopes: ['billing.read'],
    millis: 45,
    behind: [['readLedger', 0.6]],
  }),
  open('money', 'addInstrument', 'POST /v3/accounts/{account}/payment-instruments', one('instrument'), {
    scopes: ['billing.write'],
    body: 'NewInstrument',
    millis: 210,
  }),
  open('money', 'listInvoices', 'GET /v3/invoices', listOf('invoice', 'results', 2, 12), {
    scopes: ['billing.read'],
    millis: 72,
    behind: [['readLedger', 0.8]],
  }),
  open('money', 'getInvoice', 'GET /v3/invoices/{invoice}', one('invoice'), { scopes: ['billing.read'], millis: 33 }),
  open('workspaces', 'listWorkspaces', 'GET /v3/workspaces', listOf('workspace', 'results', 1, 6), {
    scopes: ['workspace.read'],
    millis: 38,
  }),
  open('workspaces', 'getWorkspace', 'GET /v3/workspaces/{workspace}', one('workspace'), { scopes: ['workspace.read'], millis: 21 }),
  open('workspaces', 'createWorkspace', 'POST /v3/workspaces', one('workspace'), {
    scopes: ['workspace.write'],
    body: 'NewWorkspace',
    millis: 190,
    behind: [['publish', 1]],
  }),
  open('workspaces', 'readUsage', 'GET /v3/workspaces/{workspace}/usage', shaped('Usage'), { scopes: ['workspace.read'], millis: 88 }),
  open('licences', 'activateLicence', 'POST /v3/licences/{licence}/activations', shaped('Activation'), {
    scopes: ['licence.use'],
    body: 'NewActivation',
    millis: 58,
  }),
  open('licences', 'oldAccount', 'GET /v2/account/{account}', one('account'), {
    scopes: ['account.read'],
    published: 'deprecated',
    millis: 52,
  }),
  open('registry', 'listPackages', 'GET /v3/registry/packages', listOf('package', 'results', 6, 20), { millis: 35 }),
  open('registry', 'getPackage', 'GET /v3/registry/packages/{package}', one('package'), { millis: 16 }),
  open('registry', 'searchPackages', 'GET /v3/registry/search', listOf('package', 'results', 0, 10), { millis: 70 }),
  open('registry', 'packageStats', 'GET /v3/registry/packages/{package}/_stats', shaped('Usage'), { ...hidden, millis: 41 }),
  open('events', 'pullEvents', 'GET /v3/events', listOf('event', 'results', 1, 25), { scopes: ['event.read'], millis: 28 }),
  open('hooks', 'testHook', 'POST /v3/webhooks/{webhook}/test', shaped('Delivery'), { scopes: ['hook.write'], millis: 260 }),
  open('market', 'addPayoutAccount', 'POST /v3/marketplace/payout-accounts', one('payoutAccount'), {
    scopes: ['payout.write'],
    body: 'NewPayoutAccount',
    millis: 140,
  }),
  open('market', 'payOutSeller', 'POST /v3/marketplace/payouts', shaped('Payout'), {
    scopes: ['payout.write'],
    body: 'NewPayout',
    millis: 250,
    behind: [['bookLedger', 1]],
  }),
];

/** Tool servers: one operation each, and what each tool asks of the company's own APIs. */
const TOOLS: readonly Operation[] = [
  op('trackerTools', 'tracker-tools', 'callTracker', 'POST /mcp', shaped('Alive'), {
    ...hidden,
    scopes: ['mcp.tools'],
    tool: 'tools/call',
    millis: 150,
    behindTools: {
      search_issues: [['searchWork', 1]],
      get_issue: [['getIssue', 1]],
      create_issue: [['createIssue', 1]],
      add_comment: [['commentOnIssue', 1]],
      get_merge_request: [['getMerge', 1]],
    },
  }),
  op('deliveryTools', 'delivery-tools', 'callDelivery', 'POST /mcp', shaped('Alive'), {
    ...hidden,
    scopes: ['mcp.tools'],
    tool: 'tools/call',
    millis: 210,
    behindTools: {
      latest_build: [['latestBuild', 1]],
      build_log: [['buildLog', 1]],
      start_build: [['startBuild', 1]],
      list_deployments: [['listDeployments', 1]],
      component_metrics: [['readMetrics', 1]],
      roll_back: [
        ['getDeployment', 1],
        ['rollBack', 1],
      ],
    },
  }),
  op('docsTools', 'docs-tools', 'callDocs', 'POST /mcp', shaped('Alive'), {
    ...hidden,
    scopes: ['mcp.tools'],
    tool: 'tools/call',
    millis: 90,
    behindTools: { search_docs: [['searchIndex', 1]], read_page: [['readPage', 1]] },
  }),
];

const INNER: readonly Operation[] = [
  inner('policy', 'checkPolicy', 'POST /v1/data/hub/allow', shaped('Alive'), { millis: 4 }),
  inner('bus', 'publish', 'POST /topics/{topic}/messages', shaped('Alive'), { millis: 8 }),
  inner('ledger', 'readLedger', 'GET /ledger/v1/entries', shaped('Payout'), { millis: 15 }),
  inner('ledger', 'bookLedger', 'POST /ledger/v1/bookings', shaped('Payout'), { millis: 90, behind: [['bankTransfer', 0.7]] }),
  inner('clearing', 'bankTransfer', 'POST /open-banking/v4/transfers', shaped('Payout'), { millis: 50 }),
  inner('blobs', 'putBlob', 'PUT /blobs/{artifact}', shaped('Alive'), { millis: 120 }),
  inner('blobs', 'getBlob', 'GET /blobs/{artifact}', shaped('Alive'), { millis: 70 }),
  inner('vault', 'readVaultEntry', 'GET /v1/secret/data/deploy', shaped('Alive'), { millis: 12 }),
  inner('doc-index', 'searchIndex', 'GET /indexes/docs/query', shaped('Alive'), { millis: 40 }),
  inner('doc-index', 'readPage', 'GET /pages/{page}', shaped('Alive'), { millis: 14 }),
];

/** Services with how many pods each has, and whether it passes trace context on. */
const SERVICES = {
  projects: [2, false],
  issues: [3, true],
  source: [3, true],
  search: [2, false],
  people: [2, false],
  desk: [2, true],
  accounts: [3, true],
  money: [2, true],
  builds: [2, true],
  runners: [2, false],
  artifacts: [2, true],
  deploys: [2, true],
  flags: [2, false],
  watch: [1, false],
  audit: [1, false],
  health: [1, false],
  identity: [2, false],
  workspaces: [2, true],
  licences: [2, false],
  registry: [3, false],
  events: [2, true],
  hooks: [2, false],
  market: [1, true],
  'tracker-tools': [2, true],
  'delivery-tools': [2, true],
  'docs-tools': [1, false],
  policy: [2, false],
  bus: [3, false],
  ledger: [2, false],
  clearing: [1, false],
  blobs: [2, false],
  vault: [1, false],
  'doc-index': [1, true],
} as const satisfies Readonly<Record<string, readonly [pods: number, propagates: boolean]>>;

export const PLATFORM: Catalogue = {
  apis: {
    open: { host: HOSTS.open, title: 'Quillforge API', version: '3.8.2', described: true },
    hub: { host: HOSTS.hub, title: 'Quillforge Hub', version: '2.31', described: true },
    builds: { host: HOSTS.builds, title: 'Builds', version: '1', described: false },
    control: { host: HOSTS.control, title: 'Control', version: '1', described: false },
    trackerTools: { host: HOSTS.trackerTools, title: 'Tracker tools', version: '1', described: false },
    deliveryTools: { host: HOSTS.deliveryTools, title: 'Delivery tools', version: '1', described: false },
    docsTools: { host: HOSTS.docsTools, title: 'Docs tools', version: '1', described: false },
    inner: { host: `svc.${DOMAIN}`, title: 'Services', version: '1', described: false },
  },
  services: Object.fromEntries(
    Object.entries(SERVICES).map(([name, [pods, propagates]], index) => [
      name,
      {
        name,
        host: name === 'clearing' ? 'api.clearhouse.example' : `${name}.svc.${DOMAIN}`,
        pods: Array.from({ length: pods }, (_, pod) =>
          name === 'clearing' ? '192.0.2.61' : `172.20.${String(10 + index)}.${String(4 + pod * 3)}`,
        ),
        propagates,
      },
    ]),
  ),
  entities: ENTITIES,
  shapes: SHAPES,
  operations: [...HUB, ...BUILDS, ...CONTROL, ...OPEN, ...TOOLS, ...INNER],
  orphans: [
    hub('projects', 'archiveProject', 'POST /api/v2/projects/{project}/archive', one('project'), { scopes: ['repo.write'] }),
    hub('issues', 'listMilestones', 'GET /api/v2/projects/{project}/milestones', listOf('issue', 'items', 1, 2), {
      scopes: ['issue.read'],
    }),
    open('workspaces', 'exportWorkspace', 'POST /v3/workspaces/{workspace}/exports', one('workspace'), { scopes: ['workspace.read'] }),
    open('hooks', 'deleteHook', 'DELETE /v3/webhooks/{webhook}', one('webhook'), { scopes: ['hook.write'] }),
  ],
};
