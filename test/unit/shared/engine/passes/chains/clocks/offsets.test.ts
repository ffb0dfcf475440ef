import { expect, test } from 'vitest';
import { unpackChain } from '#shared/contract/chain-drawing.ts';
import { drawChain } from '#shared/engine/store/read/chains/chain-drawing.ts';
import { getChainJson, iterateChains } from '#shared/engine/store/read/chains/chain-json.ts';
import { getChain } from '#shared/engine/store/read/chains/chains.ts';
import { readClockOffsets, readCommonClock } from '#shared/engine/store/read/clock-offsets.ts';
import { clockWords } from '#shared/model/clock-offsets.ts';
import { commonTime } from '#shared/model/common-time.ts';
import { detect } from '#test/support/detect.ts';

/** Twelve requests at a gateway, and in the trace of the service behind it, whose clock runs `ahead` seconds ahead. */
const twoClocks = (ahead: number): string =>
  Array.from({ length: 12 }, (_, at) => {
    const second = (offset: number): string => (at * 7 + 1 + offset).toFixed(1).padStart(4, '0');
    return `00:00:${second(0)} service:s GET api.acme.test/v1/a/${String(at)} 200 in=kong dur=300 trace=t${String(at)} span=a${String(at)}
      00:00:${second(ahead + 0.1)} service:s GET in.acme.test/v1/b/${String(at)} 200 in=otel dur=100 trace=t${String(at)} span=b${String(at)} parent=a${String(at)}`;
  })
    .join('\n')
    .replaceAll(
      /00:00:(\d+)\.(\d)/g,
      (_, seconds: string, tenth: string) =>
        `00:${String(Math.floor(Number(seconds) / 60)).padStart(2, '0')}:${String(Number(seconds) % 60).padStart(2, '0')}.${tenth}`,
    );

const whyOf = ({ db }: Awaited<ReturnType<typeof detect>>): string =>
  db.prepare("SELECT why FROM edge WHERE kind = 'trace' LIMIT 1").get<{ why: string }>()?.why ?? '';

test('a link between two clocks says what was corrected, and the case keeps one account of it', async () => {
  const made = await detect([], twoClocks(3));
  expect(whyOf(made)).toMatch(/; clocks corrected: that of the (?:cause|effect) ran [23]\.\d\d s (?:ahead|behind)$/);
  expect(readClockOffsets(made.db)).toMatchObject({ corrected: 1 });
});

test('times of two sources are compared on the common clock, as they are where clocks agree', async () => {
  const distance = async (ahead: number): Promise<number> => {
    const { db } = await detect([], twoClocks(ahead));
    const clock = readCommonClock(db);
    const calls = db.prepare('SELECT source_id AS source, time FROM call ORDER BY source_id, time').all<{ source: number; time: number }>();
    const [outer, inner] = [calls[0], calls.at(12)];
    return outer === undefined || inner === undefined ? NaN : clock(inner.source, inner.time) - clock(outer.source, outer.time);
  };
  expect(await distance(0)).toBe(100_000);
  expect(Math.abs((await distance(3)) - 100_000)).toBeLessThan(50_000);
});

test('where clocks agree nothing is said', async () => {
  const made = await detect([], twoClocks(0));
  expect(whyOf(made)).not.toContain('clocks');
  expect(readClockOffsets(made.db)).toEqual({ corrected: 0 });
});

test('the account in words', () => {
  expect(clockWords({ corrected: 0 })).toBe('no clock needed correction');
  expect(clockWords({ corrected: 3, leastMs: 12, mostMs: 14_500 })).toBe('3 sources were moved onto a common clock, by 12 ms to 14.5 s');
});

test('a chain is read in the order of the common clock, every moved call with its clock and its stamp', async () => {
  const { db } = await detect([], twoClocks(10));
  const key = db.prepare('SELECT key FROM chain ORDER BY id LIMIT 1').get<{ key: string }>()?.key ?? '';
  const read = getChain(db, key, 100);
  const packed = drawChain(db, key, 100);
  const moved = read?.calls.filter(({ clockAheadMs }) => clockAheadMs !== undefined) ?? [];
  expect(moved.length).toBeGreaterThan(0);
  const order = read?.calls.map((call) => commonTime(call) ?? '') ?? [];
  expect(order).toEqual(order.toSorted());
  expect(read?.calls.map(({ time }) => time)).not.toEqual(read?.calls.map(({ time }) => time).toSorted());
  expect(packed === undefined ? [] : unpackChain(packed).calls.map(({ ref, clockAheadMs }) => [ref, clockAheadMs])).toEqual(
    read?.calls.map(({ ref, clockAheadMs }) => [ref, clockAheadMs]),
  );
  expect([...iterateChains(db)].find(({ id }) => id === key)?.calls).toEqual(read?.calls.map(({ ref }) => ref));
  expect(getChainJson(db, key)?.calls).toEqual(read?.calls.map(({ ref }) => ref));
});
