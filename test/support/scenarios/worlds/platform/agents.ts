import { askModel, toolClient, type Model, type Protocol, type Tool } from '../../actors/agents.ts';
import type { Session } from '../../core/session.ts';
import type { Stage } from '../../core/stage.ts';
import { persist } from './persist.ts';

/** The model of the company's agents. */
export function modelOf(stage: Stage): Model {
  return {
    foreign: { host: 'inference.modelhub.example', path: '/v1/chat/completions', address: '192.0.2.131' },
    key: `sk-hub-${stage.random('model-key').base32(40)}`,
  };
}

const tool = (name: string, description: string, ...parameters: readonly string[]): Tool => ({
  name,
  description,
  parameters: Object.fromEntries(parameters.map((parameter) => [parameter, 'string'])),
});

const TRACKER_TOOLS: readonly Tool[] = [
  tool('search_issues', 'Search issues by text.', 'text'),
  tool('get_issue', 'One issue with its description and comments.', 'project', 'issue'),
  tool('create_issue', 'Create an issue in a project.', 'project', 'headline'),
  tool('add_comment', 'Comment on an issue.', 'project', 'issue', 'markdown'),
  tool('get_merge_request', 'A merge request with its diff.', 'project', 'merge'),
];
export const DELIVERY_TOOLS: readonly Tool[] = [
  tool('latest_build', 'Newest build of a pipeline.', 'pipeline'),
  tool('build_log', 'Log of a build, its end first.', 'build'),
  tool('start_build', 'Start a build of a pipeline.', 'pipeline', 'branch'),
  tool('list_deployments', 'What is deployed where.', 'environment'),
  tool('component_metrics', 'Rate, errors and latency of a component.', 'component'),
  tool('roll_back', 'Go back to the release before.', 'deployment'),
];
const DOCS_TOOLS: readonly Tool[] = [
  tool('search_docs', 'Search the engineering handbook.', 'query'),
  tool('read_page', 'One page of the handbook as Markdown.', 'page'),
];

const protocolOf = (session: Session): Protocol => (session.party.userAgent.includes('/0.14') ? '2025-11-25' : '2026-07-28');

/** A coding agent works on one issue for an engineer, over the tools of several servers. */
export function coding(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const tracker = toolClient(session, 'callTracker', protocolOf(session));
  const delivery = toolClient(session, 'callDelivery', protocolOf(session));
  tracker.begin(TRACKER_TOOLS);
  delivery.begin(DELIVERY_TOOLS);
  const project = store.idOf(store.any('project', random));
  const pipeline = store.idOf(store.any('pipeline', random));
  const found = tracker.tool(
    'search_issues',
    { text: random.pick(['upload timeout', 'flaky login', 'missing index']) },
    {
      hits: [0, 1].map(() => ({ number: store.idOf(store.any('issue', random)), project })),
    },
  );
  const issue = session.take(found, 'result.structuredContent.hits[0].number');
  tracker.tool('get_issue', { project, issue }, { number: issue.value, headline: 'upload times out', status: 'open' });
  if (random.chance(0.5)) handbook(session);
  session.think(25_000);
  const build = store.idOf(store.any('build', random));
  const latest = delivery.tool('latest_build', { pipeline }, { buildId: build, status: 'closed' });
  if (random.chance(0.6))
    delivery.tool('build_log', { build: session.take(latest, 'result.structuredContent.buildId') }, { lines: random.int(40, 900) });
  if (random.chance(0.5)) {
    session.think(45_000);
    delivery.tool('start_build', { pipeline, branch: `patchwright/${issue.value}` }, { buildId: store.idOf(store.any('build', random)) });
  }
  if (random.chance(0.5)) tracker.tool('add_comment', { project, issue, markdown: 'Proposed a fix, build is green.' }, { ok: true });
  if (random.chance(0.25))
    tracker.tool('get_merge_request', { project, merge: store.idOf(store.any('merge', random)) }, { approved: random.chance(0.5) });
  if (random.chance(0.1)) tracker.tool('create_issue', { project, headline: 'follow-up' }, { number: random.int(6500, 6900) });
}

/** Two calls of a third server. */
function handbook(session: Session): void {
  const { random, stage } = session;
  const docs = toolClient(session, 'callDocs', protocolOf(session));
  docs.begin(DOCS_TOOLS);
  const page = stage.store.idOf(stage.store.any('page', random));
  const hits = docs.tool('search_docs', { query: random.pick(['upload limits', 'retry policy', 'on call']) }, { pages: [page] });
  docs.tool(
    'read_page',
    { page: session.take(hits, 'result.structuredContent.pages[0]') },
    { markdown: '# Limits', words: random.int(90, 900) },
  );
}

/** The release agent, whose traffic is recorded, watches a release and now and then goes back. */
export function release(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const delivery = toolClient(session, 'callDelivery', random.chance(0.5) ? '2025-11-25' : '2026-07-28');
  delivery.begin(DELIVERY_TOOLS);
  const deployment = store.idOf(store.any('deployment', random));
  const component = store.idOf(store.any('component', random));
  const listed = delivery.tool('list_deployments', { environment: 'production' }, { deployments: [{ uid: deployment, component }] });
  askModel(session, modelOf(stage), { deployment, component }, [{ name: 'component_metrics', arguments: { component } }]);
  const errors = random.int(0, 60);
  for (let looks = random.int(1, 3); looks > 0; looks -= 1) {
    delivery.tool(
      'component_metrics',
      { component: session.take(listed, 'result.structuredContent.deployments[0].component') },
      { requests: random.int(900, 9000), errors },
    );
    session.think(20_000);
  }
  if (random.chance(0.12)) {
    delivery.tool('roll_back', { deployment: session.take(listed, 'result.structuredContent.deployments[0].uid') }, { status: 'started' });
    const tracker = toolClient(session, 'callTracker', '2026-07-28');
    tracker.begin(TRACKER_TOOLS);
    tracker.tool(
      'create_issue',
      { project: store.idOf(store.any('project', random)), headline: `rolled back ${component}` },
      { number: 6901 },
    );
  }
}

/** The desk agent, whose traffic is recorded, answers one conversation over direct calls, its model asked between them. */
export function answerDesk(session: Session): void {
  const { random, stage } = session;
  const model = modelOf(stage);
  const listed = session.call('listConversations', { query: { queue: 'first-line', limit: '12' } });
  session.think(300);
  const conversation = session.call('getConversation', { params: [session.take(listed, 'items[0].id')] });
  const account = session.take(conversation, 'accountId');
  askModel(session, model, { message: session.take(conversation, 'message').value }, [
    { name: 'read_account_card', arguments: { account: account.value } },
  ]);
  session.call('readAccountCard', { params: [account] });
  if (random.chance(0.25)) {
    const invoice = session.take(conversation, 'invoiceId');
    const read = session.call('getInvoice', { params: [invoice] });
    askModel(session, model, { invoice: invoice.value }, [{ name: 'credit_invoice', arguments: { invoice: invoice.value } }]);
    session.call('creditInvoice', {
      params: [session.take(read, 'invoiceId')],
      body: { value: session.take(read, 'due.value'), currency: 'USD', reason: 'duplicate charge' },
    });
  }
  askModel(session, model, { done: true }, []);
  session.call('answerConversation', {
    params: [session.take(conversation, 'id')],
    body: { markdown: 'Thank you for writing. This is sorted out.' },
  });
  if (random.chance(0.7))
    session.call('closeConversation', { params: [session.take(conversation, 'id')], body: { status: 'closed' }, status: 200 });
}

/** Sorts new issues, over direct calls, and slows down when it is told to. */
export function triage(session: Session): void {
  const { random, stage } = session;
  const project = stage.store.any('project', random);
  persist(session, 'listIssues', { params: [project], query: { status: 'open', label: 'untriaged' } }, { chance: 0.1, status: 429 });
  for (let issues = random.int(2, 6); issues > 0; issues -= 1) {
    const issue = stage.store.any('issue', random);
    session.think(700);
    persist(session, 'getIssue', { params: [project, issue] }, { chance: 0.05, status: 429 });
    session.think(2600);
    if (random.chance(0.6)) session.call('editIssue', { params: [project, issue], status: 200 });
  }
}

/** An assistant of another company does the books of one customer. */
export function bookkeeping(session: Session): void {
  const { random, party, stage } = session;
  const own = party.person ?? 0;
  session.call('ownAccount');
  session.think(1200);
  session.call('listInvoices', { query: { year: '2026' } });
  for (let which = random.int(1, 4); which > 0; which -= 1) {
    session.think(900);
    session.call('getInvoice', { params: [stage.store.itemOf('invoice', own, which)] });
  }
}
