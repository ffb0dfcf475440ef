import type { Session } from '../../core/session.ts';
import { together } from '../../core/together.ts';

const QUERIES = ['flaky test', 'timeout upload', 'runner disk', 'token refresh', 'sso redirect', 'p95 registry'];
const PACKAGES = ['http client', 'yaml', 'sso', 'lint rules', 'cron'];

/** An engineer opens the hub: the page asks for several things at once, then one piece of work is read and changed. */
export function engineering(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const project = store.any('project', random);
  together(session, [
    () => session.call('whoAmI'),
    () => session.call('listProjects'),
    () => session.call('listIssues', { params: [project], query: { assignee: 'me', status: 'open' } }),
  ]);
  session.think(15_000);
  const issue = store.any('issue', random);
  session.call('getIssue', { params: [project, issue], ...(random.chance(0.02) ? { status: 404 } : {}) });
  if (random.chance(0.2)) session.call('getUser');
  if (random.chance(0.2)) session.call('searchWork', { query: { text: random.pick(QUERIES), limit: '15' } });
  session.think(40_000);
  if (random.chance(0.25)) session.call('commentOnIssue', { params: [project, issue] });
  if (random.chance(0.2)) session.call('editIssue', { params: [project, issue], status: 200 });
  if (random.chance(0.06)) session.call('createIssue', { params: [project] });
  if (random.chance(0.06)) session.call('relabelIssue', { params: [issue], status: 200 });
  if (random.chance(0.03)) session.call('oldIssue', { params: [issue] });
  if (random.chance(0.45)) review(session);
  if (random.chance(0.18)) observe(session);
}

/** Reads what somebody else wrote, and how its build went. */
function review(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const project = store.any('project', random);
  const merge = store.any('merge', random);
  const pipeline = store.any('pipeline', random);
  session.call('listMerges', { params: [project], query: { state: 'open' } });
  session.think(9000);
  together(session, [
    () => session.call('getMerge', { params: [project, merge] }),
    () => session.call('latestBuild', { params: [pipeline] }),
  ]);
  session.think(60_000);
  if (random.chance(0.3)) session.call('listBuilds', { params: [pipeline], query: { branch: 'main' } });
  if (random.chance(0.3)) session.call('buildLog', { query: { tail: '400' } });
  if (random.chance(0.08)) session.call('openMerge', { params: [project] });
  if (random.chance(0.4)) session.call('approveMerge', { params: [project, merge], status: 200 });
}

/** Looks after what runs. */
function observe(session: Session): void {
  const { random, stage } = session;
  const component = stage.store.any('component', random);
  session.call('listDeployments', { query: { environment: random.pick(['production', 'staging']) } });
  session.think(7000);
  together(session, [
    () => session.call('readMetrics', { params: [component], query: { window: '1h' } }),
    () => session.call('readLog', { params: [component], query: { level: 'error' } }),
  ]);
  if (random.chance(0.15)) session.call('setFlag', { status: 200 });
  if (random.chance(0.07)) session.call('rollBack', { status: 202 });
  if (random.chance(0.1))
    session.call('previewImport', { query: { source: `https://exports.trackwise.example/boards/${String(random.int(100, 180))}.json` } });
}

/** Support and accounts, by those engineers who have that duty. */
export function deskDuty(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const customer = random.int(0, 200);
  const conversation = store.itemOf('conversation', customer, random.int(0, 1));
  session.call('listConversations', { query: { queue: 'second-line' } });
  session.think(8000);
  session.call('getConversation', { params: [conversation] });
  session.think(20_000);
  if (random.chance(0.5)) session.call('findAccounts', { query: { mail: store.person(customer).email.slice(0, 5) } });
  session.call('readAccountCard', { params: [store.itemOf('account', customer, 0)] });
  session.think(30_000);
  if (random.chance(0.12)) session.call('creditInvoice', { params: [store.itemOf('invoice', customer, random.int(0, 3))] });
  if (random.chance(0.6)) session.call('answerConversation', { params: [conversation] });
  if (random.chance(0.3)) session.call('closeConversation', { params: [conversation], status: 200 });
}

/** Administration of the organisation. */
export function administration(session: Session): void {
  session.call('listMembers', { query: { page: '1' } });
  session.think(25_000);
  if (session.random.chance(0.4)) session.call('setMemberRoles', { status: 200 });
  if (session.random.chance(0.4)) session.call('listServiceKeys');
  if (session.random.chance(0.3)) session.call('readAudit', { query: { page_size: '40' } });
}

/** A customer in the web console. */
export function consoleVisit(session: Session): void {
  const { random, party, stage } = session;
  const { store } = stage;
  const own = party.person ?? 0;
  const account = store.itemOf('account', own, 0);
  const workspace = store.itemOf('workspace', own, random.int(0, 1));
  if (random.chance(0.35)) session.call('signIn', { bare: true, status: random.chance(0.06) ? 401 : 201 });
  together(session, [
    () => session.call('ownAccount'),
    () =>
      session.call('listWorkspaces', {
        query: { page_size: '20' },
        listed: [store.itemOf('workspace', own, 0), store.itemOf('workspace', own, 1)],
      }),
  ]);
  session.think(6000);
  together(session, [
    () => session.call('getWorkspace', { params: [workspace] }),
    () => session.call('readUsage', { params: [workspace], query: { range: random.pick(['7d', '30d']) } }),
  ]);
  session.think(20_000);
  if (random.chance(0.3)) packages(session);
  if (random.chance(0.25)) session.call('getAccount', { params: [account] });
  if (random.chance(0.2)) bills(session);
  if (random.chance(0.06)) session.call('editAccount', { params: [account], status: 200 });
  if (random.chance(0.05)) session.call('createWorkspace');
  if (random.chance(0.08)) session.call('testHook', { params: [store.itemOf('webhook', own, 0)], status: 200 });
}

/** A customer looks at what has to be paid, and with what. */
function bills(session: Session): void {
  const { random, party, stage } = session;
  const own = party.person ?? 0;
  const account = stage.store.itemOf('account', own, 0);
  const invoices = [0, 1, 2, 3].map((which) => stage.store.itemOf('invoice', own, which));
  const listed = session.call('listInvoices', { query: { year: '2026' }, listed: invoices });
  session.think(9000);
  const read = listed.responseBody !== undefined;
  session.call('getInvoice', { params: [read ? session.take(listed, 'results[0].invoiceId') : stage.store.itemOf('invoice', own, 0)] });
  if (random.chance(0.6)) session.call('listInstruments', { params: [account] });
  if (random.chance(0.1)) session.call('addInstrument', { params: [account] });
}

/** Looks through the public registry. */
function packages(session: Session): void {
  const { random } = session;
  session.call('listPackages', { query: { sort: 'downloads' } });
  if (random.chance(0.4)) session.call('searchPackages', { query: { query: random.pick(PACKAGES) } });
  for (let views = random.int(1, 3); views > 0; views -= 1) {
    session.think(8000);
    session.call('getPackage');
  }
  if (random.chance(0.25)) session.call('packageStats', { status: 200 });
}

/** A customer's own pipeline uses the client: old versions of it still ask the old way. */
export function clientRun(session: Session): void {
  const { random, party, stage } = session;
  const { store } = stage;
  const own = party.person ?? 0;
  const workspace = store.itemOf('workspace', own, 0);
  if (party.userAgent.includes('/2.')) session.call('oldAccount', { params: [store.itemOf('account', own, 0)] });
  else session.call('ownAccount');
  session.call('activateLicence', { params: [store.itemOf('licence', own, random.int(0, 1))] });
  const wanted = Array.from({ length: random.int(2, 6) }, () => store.any('package', random));
  together(
    session,
    wanted.map((item) => () => session.call('getPackage', { params: [item], ...(random.chance(0.02) ? { status: 404 } : {}) })),
  );
  session.think(900);
  session.call('getWorkspace', { params: [workspace] });
  if (random.chance(0.3)) session.call('pullEvents', { query: { since: String(5_200_000 + random.int(0, 9000)) } });
}
