import { expect, test } from 'vitest';
import type { FindingJson, NotEvaluable } from '#shared/contract/report-json.ts';
import { runDetectors } from '#shared/engine/detectors/run.ts';
import { listFindings, listNotEvaluable } from '#shared/engine/store/read/findings/findings.ts';
import { interner } from '#shared/engine/store/intern.ts';
import { memoryCase } from '#test/support/case.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';

interface Line {
  readonly minute: number;
  readonly source?: string;
  readonly userAgent?: string | undefined;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
}

/** A call a minute for so long, but for the minutes that `without` names. */
const calls = (
  minutes: number,
  without: (minute: number) => boolean,
  userAgent: (minute: number) => string | undefined = () => 'app/1',
): Line[] =>
  Array.from({ length: minutes }, (_, minute) => ({ minute, userAgent: userAgent(minute) })).filter(({ minute }) => !without(minute));

/** Calls alone, since it reads nothing else and these many would be long in the passes. */
async function run(...lines: readonly Line[]): Promise<{ findings: readonly FindingJson[]; notEvaluable: readonly NotEvaluable[] }> {
  const db = memoryCase();
  const term = interner(db);
  const sources = new Map<string, number>();
  for (const { minute, source = 'kong', userAgent, method = 'GET', path = '/v1/x', host } of lines) {
    const insert = "INSERT INTO source (name, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes) VALUES (?, 'x', 'content', '', '', 0, 0, 0, 0, 0, 0, 'in the data', 'complete', '[]')";
    const id = sources.get(source) ?? db.prepare(insert).run(source).lastId;
    sources.set(source, id);
    db.prepare('INSERT INTO call (source_id, record, byte_start, byte_length, time, time_kind, method_id, host_id, path, status, user_agent_id, flags) SELECT ?, count(*) + 1, 0, 1, ?, 0, ?, ?, ?, 200, ?, 0 FROM call WHERE source_id = ?').run(
      id, TEXT_START + minute * 60_000_000, term(method), term(host), path, term(userAgent), id,
    );
  }
  await runDetectors(db, { only: ['evidence-gap'], breathe: () => Promise.resolve() });
  return { findings: listFindings(db), notEvaluable: listNotEvaluable(db) };
} // prettier-ignore
const within = (from: number, to: number) => (at: number): boolean => at >= from && at < to; // prettier-ignore

test('a silence in a busy source is told with what was to be expected, worse where another source goes on', async () => {
  const silent = calls(720, within(300, 345));
  const { findings } = await run(...silent);
  expect(findings).toMatchObject([
    { severity: 'low', family: 'posture', calls: ['kong#300', 'kong#301'], observed: { source: 'kong', silentFrom: '2026-10-01 05:00', minutes: 45, callsInOtherSources: 0 }, expected: { minutesWithCalls: 45 }, exhibits: [{ kind: 'curve' }] },
  ]);
  const { findings: two } = await run(...silent, { minute: 310, source: 'envoy' });
  expect(two).toMatchObject([{ severity: 'medium', observed: { callsInOtherSources: 1 } }]);
}); // prettier-ignore

test('a change of the log settings right before it makes it worse', async () => {
  const change = { minute: 298, method: 'DELETE', path: '/v1/audit/sinks/7' };
  const lines = calls(720, within(300, 345));
  expect((await run(...lines.slice(0, 299), change, ...lines.slice(299))).findings).toMatchObject([
    { severity: 'medium', observed: { trailChangedBefore: 1 } },
  ]);
});

test.each<[string, (minute: number) => boolean]>([
  ['a short pause', within(300, 308)],
  ['the nights of a source that sleeps', (at) => at % 1440 > 1000],
  ['a source that often pauses', (at) => at % 120 > 90],
  ['a quiet source', (at) => at % 12 !== 0 || within(300, 345)(at)],
])('%s is none', async (_, without) => {
  expect((await run(...calls(3000, without).slice(0, 1500))).findings).toEqual([]);
});

test('a field that is lost for a while is told, one that is often missing is not', async () => {
  const none = (): boolean => false;
  const lost = await run(...calls(900, none, (at) => (within(400, 560)(at) ? undefined : 'app/1')));
  expect(lost.findings).toMatchObject([{ severity: 'low', observed: { field: 'userAgent', calls: 160 } }]);
  expect((await run(...calls(900, none, (at) => (at % 3 === 0 || within(400, 560)(at) ? undefined : 'app/1')))).findings).toEqual([]);
});

test('time that goes back is told', async () => {
  const lines = calls(720, () => false);
  const { findings } = await run(...lines.slice(360), ...lines.slice(0, 360));
  expect(findings).toMatchObject([{ severity: 'info', observed: { steps: 1, longestSeconds: 43_140 } }]);
});

test('without enough calls it cannot be answered', async () => {
  const { notEvaluable } = await run(...calls(60, () => false));
  expect(notEvaluable).toEqual([
    { detector: 'evidence-gap', reason: 'no source has 500 calls with times, so nothing can be expected of any minute' },
  ]);
});

/** A call every four minutes over four days, in a file a day. */
const daily = (source: string, without: (minute: number) => boolean): Line[] =>
  Array.from({ length: 1440 }, (_, index) => index * 4)
    .filter((minute) => !without(minute))
    .map((minute) => ({ minute, source: `${source}-${String(Math.floor(minute / 1440))}.log`, host: 'api.test' }));

test('files of each day are one log: a hole of hours is told once, beside a log of the same host that goes on', async () => {
  const hole = within(1440 + 600, 1440 + 740);
  const told = await run(...daily('edge', hole), ...daily('alb', () => false));
  expect(told.findings).toMatchObject([
    { severity: 'medium', observed: { minutes: 143, silentFrom: '2026-10-02 09:57', callsInOtherSources: 35 } },
  ]);
  expect(told.findings[0]?.title).toContain('edge-0.log and 3 files that continue it');
});

test('what pauses in all logs of a host is traffic', async () => {
  const pause = within(1440 + 600, 1440 + 740);
  expect((await run(...daily('edge', pause), ...daily('alb', pause))).findings).toEqual([]);
});

test('a file that breaks off inside a record says so, with what others hold of the time after it', async () => {
  const db = memoryCase();
  const source = db.prepare("INSERT INTO source (name, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, time_max, notes) VALUES (?, 'kong-json', 'content', '', '', 100, 100, 1, 1, 0, 0, '', 'complete', ?, '[]')");
  const call = db.prepare("INSERT INTO call (source_id, record, byte_start, byte_length, time, time_kind, path, flags) VALUES (?, 1, 0, 1, ?, 0, '/v1/x', 0)");
  const add = (name: string, minute: number): number => {
    const id = source.run(name, TEXT_START + minute * 60_000_000).lastId;
    call.run(id, TEXT_START + minute * 60_000_000);
    return id;
  };
  const issue = db.prepare("INSERT INTO issue (source_id, byte_start, byte_length, severity, code, message, excerpt) VALUES (?, ?, ?, 'reject', 'JSON_SYNTAX', '', '')");
  issue.run(add('cut', 10), 80, 20);
  issue.run(add('damaged', 700), 40, 20);
  await runDetectors(db, { only: ['evidence-gap'], breathe: () => Promise.resolve() });
  expect(listFindings(db)).toMatchObject([
    { severity: 'low', summary: 'cut breaks off inside a record, its last whole one of 2026-10-01 00:10 UTC; other sources go on for 11 hours 30 minutes', calls: ['cut#1'], observed: { callsInOtherSourcesAfter: 1 } },
  ]);
}); // prettier-ignore
