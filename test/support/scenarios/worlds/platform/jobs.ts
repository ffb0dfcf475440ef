import { job } from '../../actors/people.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/calendar.ts';
import type { Foreign } from '../../core/exchange.ts';
import type { Session } from '../../core/session.ts';
import type { Stage } from '../../core/stage.ts';
import type { Actor } from '../../core/world.ts';
import { CUSTOMERS } from './people.ts';
import { partiesOf, RUNNERS } from './parties.ts';
import { together } from '../../core/together.ts';
import { persist } from './persist.ts';

/** Where customers want to be told of events. */
export const HOOK_TARGETS: readonly [Foreign, ...Foreign[]] = [
  { host: 'hooks.northlight-labs.example', path: '/quillforge', address: '203.0.113.201' },
  { host: 'ci.brightwater.example', path: '/webhooks/qf/7f2c', address: '203.0.113.214' },
  { host: 'automation.osprey-freight.example', path: '/in/quillforge', address: '198.51.100.204' },
];
/** Events since the first midnight, about. Units: ms an event. */
const EVENT_EVERY = 40_000;

/** A build: it is started, its runner leases jobs, reads the cache in parallel, and leaves artifacts. */
function runBuild(stage: Stage, session: Session): void {
  const { random } = session;
  const { store } = stage;
  const build = store.any('build', random);
  const startedAt = session.at;
  session.call('startBuild', { params: [store.any('pipeline', random)] });
  const runner = partiesOf(stage).runner(random.int(0, RUNNERS - 1));
  const work = stage.open(runner, session.at + random.int(400, 4000), { name: `build/${String(Math.floor(startedAt))}` });
  for (let jobs = work.random.int(1, 3); jobs > 0; jobs -= 1) {
    work.call('leaseJob', { params: [store.itemOf('runner', 0, Number(runner.id.slice(-1)))], status: 200 });
    together(
      work,
      Array.from({ length: work.random.int(2, 6) }, () => () => work.call('readCache', work.random.chance(0.2) ? { status: 404 } : {})),
    );
    work.think(35_000);
    if (work.random.chance(0.7))
      persist(work, 'putArtifact', { params: [build, store.any('artifact', work.random)] }, { chance: 0.08, status: 503 });
    work.call('reportJob', { status: 200 });
  }
  // Whoever started it asks until it is over, each time a little later.
  session.at = work.at - Math.min(60_000, (work.at - startedAt) / 2);
  for (let looks = 0; session.at < work.at + 3000; looks += 1) {
    session.call('buildState', { params: [build] });
    session.at += 5000 * 1.4 ** looks;
  }
  if (random.chance(0.5)) session.call('getBuild', { params: [store.any('pipeline', random), build] });
}

/** Runs of programs by the clock. */
function clockwork(stage: Stage): readonly Actor[] {
  const { buildTrigger, deployBot, usageReport, auditExport, billing, partner, retired } = partiesOf(stage);
  const { store } = stage;
  return [
    job({
      id: 'nightly-builds',
      party: buildTrigger,
      every: DAY_MS,
      phase: 20 * HOUR_MS + 30 * MINUTE_MS,
      jitter: 5000,
      run: (session) => {
        for (let which = 0; which < 5; which += 1) {
          session.call('listProjects');
          runBuild(stage, session);
        }
      },
    }),
    job({
      id: 'deploys',
      party: deployBot,
      every: 3 * HOUR_MS,
      phase: 40 * MINUTE_MS,
      jitter: 25 * MINUTE_MS,
      run: (session) => {
        session.call('listDeployments', { query: { environment: 'production' } });
        session.call('getArtifact', { params: [store.any('build', session.random), store.any('artifact', session.random)] });
        const deployment = store.any('deployment', session.random);
        persist(session, 'createDeployment', {}, { chance: 0.1, status: 503 });
        for (let looks = session.random.int(2, 4); looks > 0; looks -= 1) {
          session.think(12_000);
          session.call('getDeployment', { params: [deployment] });
        }
      },
    }),
    job({
      id: 'usage-report',
      party: usageReport,
      every: DAY_MS,
      phase: 6 * HOUR_MS + 5 * MINUTE_MS,
      jitter: 8000,
      run: (session) => {
        for (let page = 1; page <= 5; page += 1) {
          session.call('findAccounts', { query: { page: String(page), per_page: '60' }, responseBytes: 31_400 });
          session.think(600);
        }
        session.call('readMetrics');
      },
    }),
    job({
      id: 'audit-export',
      party: auditExport,
      every: 6 * HOUR_MS,
      phase: 17 * MINUTE_MS,
      jitter: 3000,
      run: (session) => {
        for (let page = 1; page <= 4; page += 1)
          persist(
            session,
            'readAudit',
            { query: { page_size: '200', page: String(page) }, responseBytes: 58_000 },
            { chance: 0.06, status: 503 },
          );
      },
    }),
    job({
      id: 'billing-run',
      party: billing,
      every: 4 * HOUR_MS,
      phase: 55 * MINUTE_MS,
      jitter: 60_000,
      run: (session, scale) => {
        for (let due = session.random.int(2, Math.ceil(6 * scale)); due > 0; due -= 1) {
          session.call('listInstruments', { params: [store.itemOf('account', session.random.int(0, CUSTOMERS - 1), 0)] });
          session.think(800);
          if (session.random.chance(0.5)) session.call('payOutSeller');
        }
        if (session.random.chance(0.4)) session.call('addPayoutAccount');
      },
    }),
    job({
      id: 'trackwise',
      party: partner,
      every: 30 * MINUTE_MS,
      phase: 12 * MINUTE_MS,
      jitter: 40_000,
      run: (session) => {
        session.call('listWorkspaces', { query: { updated_after: new Date(session.at - HOUR_MS / 2).toISOString().slice(0, 16) } });
        if (session.random.chance(0.5)) session.call('getWorkspace', { params: [store.itemOf('workspace', 12, 0)] });
      },
    }),
    // Replaced after its first morning; nobody withdrew its password.
    job({
      id: 'legacy-sync',
      party: retired,
      every: HOUR_MS,
      phase: 8 * MINUTE_MS,
      run: (session) => {
        if (session.at > stage.span.start + DAY_MS / 2) return;
        session.call('findAccounts', { query: { page: '1' } });
        session.call('oldIssue');
      },
    }),
  ];
}

/** Programs that live on events: they read them, and tell customers. */
function events(stage: Stage): readonly Actor[] {
  const { eventConsumer, flagReader, hookRelay } = partiesOf(stage);
  const cursor = (at: number): string => String(5_200_000 + Math.floor((at - stage.span.start) / EVENT_EVERY));
  return [
    job({
      id: 'event-indexer',
      party: eventConsumer,
      every: 10 * MINUTE_MS,
      phase: 2 * MINUTE_MS,
      run: (session) => {
        persist(session, 'pullEvents', { query: { since: cursor(session.at) } }, { chance: 0.02, status: 503 });
      },
    }),
    job({
      id: 'flag-sidecar',
      party: flagReader,
      every: 15 * MINUTE_MS,
      phase: 30 * SECOND_MS,
      run: (session) => {
        session.call('readFlags');
      },
    }),
    job({
      id: 'hook-relay',
      party: hookRelay,
      every: 20 * MINUTE_MS,
      phase: 3 * MINUTE_MS,
      jitter: 20_000,
      run: (session, scale) => {
        const read = session.call('pullEvents', { query: { since: cursor(session.at), for: 'hooks' } });
        for (let told = session.random.int(0, Math.ceil(3 * scale)); told > 0; told -= 1) {
          const target = session.random.pick(HOOK_TARGETS);
          const body = { type: 'build.finished', seq: Number(cursor(session.at)), deliveryId: session.random.uuid() };
          // Signed, and without the relay's own key, which is nobody else's business.
          const sent = {
            headers: { 'x-quillforge-signature': `t=${String(Math.floor(session.at / 1000))},v1=${session.random.hex(64)}` },
            causes: [{ from: read, kind: 'call' }],
          } as const;
          for (let tries = 0; tries < 3 && session.random.chance(0.07); tries += 1) {
            session.web(target, 'POST', body, {}, { ...sent, status: 503 });
            session.at += 2000 * 4 ** tries;
          }
          session.web(target, 'POST', body, { ok: true }, sent);
        }
      },
    }),
  ];
}

/** Everything that runs without anybody there. */
export function jobs(stage: Stage): readonly Actor[] {
  return [...clockwork(stage), ...events(stage)];
}

/** A build that a push has started. */
export function pushBuild(session: Session): void {
  session.call('getProject');
  runBuild(session.stage, session);
}
