import { expect, test } from 'vitest';
import { setGiven } from '#shared/engine/passes/baseline/chosen.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const HOUR = 3_600;
const KNOWN_HOURS = 48;
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

/** Calls of one caller, so many in each hour, of objects that go round. */
const hourly = (who: string, count: (hour: number) => number, options = ''): readonly string[] =>
  Array.from({ length: 72 }, (_, hour) =>
    Array.from(
      { length: count(hour) },
      (__, call) =>
        `${clock(hour * HOUR + (call * HOUR) / count(hour))} ${who} GET api.acme.test/v1/${options === '' ? 'items' : 'people'}/${String(call % 5)} 200 ${options}`,
    ),
  ).flat();

/** Three programs of the same work; every hour differs a little from the last. */
const peers = Array.from({ length: 3 }, (_, which) => hourly(`agent:peer-${String(which)}`, (hour) => 1 + ((hour * 7 + which) % 3))).flat();
const drifts = async (
  ...lines: readonly string[]
): Promise<readonly { readonly label: string; readonly facts: Record<string, unknown>; readonly calls: number }[]> =>
  driftsOf(await judge(lines));

/** Two days tell what is usual, the third is asked. */
const judge = (lines: readonly string[], only: readonly string[] = []): Promise<Detected> =>
  detect(only, lines.join('\n'), {}, ({ db }) => {
    setGiven(db, { until: TEXT_START + KNOWN_HOURS * HOUR * 1e6 });
  });

const driftsOf = ({ db }: Detected) =>
  db
    .prepare(
      "SELECT p.label, s.data, (SELECT count(*) FROM signal_call c WHERE c.signal_id = s.id) AS calls FROM signal s JOIN principal p ON p.id = s.principal_id WHERE s.kind = 'drift' ORDER BY p.label",
    )
    .all<{ label: string; data: string; calls: number }>()
    .map(({ label, data, calls }) => ({ label, calls, facts: JSON.parse(data) as Record<string, unknown> }));

test('twice the usual calls for a whole day, a few more in each hour, are a rise from its first hour on', async () => {
  const found = await drifts(...peers, ...hourly('agent:slow', (hour) => (hour < 48 ? 5 + (hour % 3) : 12 + (hour % 3))));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ label: 'slow', facts: { measure: 'calls', hours: 24, byImported: false } });
  expect(found[0]?.calls).toBe(24 * 13);
});

test('what everybody does more of is no rise of anybody, and one busy hour is a burst', async () => {
  const all = Array.from({ length: 3 }, (_, which) =>
    hourly(`agent:peer-${String(which)}`, (hour) => (hour < 48 ? 2 : 6) + ((hour + which) % 3)),
  ).flat();
  expect(await drifts(...all)).toEqual([]);
  expect(await drifts(...peers, ...hourly('agent:once', (hour) => (hour === 60 ? 200 : 5 + (hour % 3))))).toEqual([]);
});

test('less than a day of what is usual tells no hour of the day from another', async () => {
  const lines = [...peers, ...hourly('agent:slow', (hour) => (hour < 12 ? 5 : 12))];
  const short = await detect([], lines.join('\n'), {}, ({ db }) => {
    setGiven(db, { until: TEXT_START + 12 * HOUR * 1e6 });
  });
  expect(driftsOf(short)).toEqual([]);
});

test('a slow rise is a note; of personal data in three times the usual mass it is more, but not for a service', async () => {
  const drip = (who: string): readonly string[] =>
    hourly(who, (hour) => 5 + (hour % 3), 's=2 answer=20000').map((line, at, { length }) =>
      at < (length * 2) / 3 ? line : line.replace('answer=20000', 'answer=90000'),
    );
  const calls = await judge([...peers, ...hourly('agent:slow', (hour) => (hour < 48 ? 5 : 12) + (hour % 3))], ['rate-burst']);
  expect(calls.findings).toMatchObject([{ severity: 'low', observed: { rose: 'calls', hours: 24 } }]);
  const bytes = await judge([...peers, ...drip('agent:drip')], ['bulk-data-egress']);
  expect(bytes.findings).toMatchObject([{ severity: 'medium', principals: ['p-drip'], observed: { rose: 'bytes' } }]);
  expect((await judge([...peers, ...drip('service:drip')], ['bulk-data-egress'])).findings).toEqual([]);
});

test('where what is read and what is changed rise together, work grows: a note', async () => {
  const drip = hourly('agent:drip', (hour) => 5 + (hour % 3), 's=2 answer=20000').map((line, at, { length }) => {
    const late = at < (length * 2) / 3 ? line : line.replace('answer=20000', 'answer=90000');
    return at % 5 === 0 ? late.replace('GET', 'PATCH') : late;
  });
  const { findings } = await judge([...peers, ...drip], ['bulk-data-egress']);
  expect(findings).toMatchObject([{ severity: 'low', principals: ['p-drip'], observed: { rose: 'bytes' } }]);
  expect(findings[0]?.benignTested.at(-1)?.result).toMatch(/^likely: \d+ of \d+ calls changed something/);
});

test('the hours that a log is missing for are unknown, not calm: a small rise after them does not look large', async () => {
  const isMissing = (hour: number): boolean => hour >= 25 && hour < 46;
  const steady = (hour: number): number => (isMissing(hour) ? 0 : 12);
  const ofAnotherLog = peers.map((line) => `${line} in=other`);
  const after = (calls: number) => (hour: number) => (hour < KNOWN_HOURS ? steady(hour) : calls);
  expect(await drifts(...ofAnotherLog, ...hourly('agent:steady', after(16)))).toEqual([]);
  const found = await drifts(...ofAnotherLog, ...hourly('agent:rising', after(26)));
  expect(found).toMatchObject([{ label: 'rising', facts: { measure: 'calls' } }]);
});
