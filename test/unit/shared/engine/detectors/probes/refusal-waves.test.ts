import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 1440))}+${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
const many = (count: number, line: (at: number) => string): readonly string[] => Array.from({ length: count }, (_, at) => line(at));

/** Eight callers, one call every four minutes over two days; at `refusing` o'clock half of them are refused, as every day. */
const usual = (refusing = -1): readonly string[] =>
  many(720, (at) => {
    const minute = at * 4;
    const status = Math.floor(minute / 60) % 24 === refusing && at % 2 === 0 ? 404 : 200;
    return `${clock(minute)} human:user-${String(at % 8)} GET api.acme.test/v1/items/${String(at % 9)} ${String(status)}`;
  });
/** Thirty strangers in the hour from 21:00 of the second day, each of whom guesses once. */
const guesses = (who: (at: number) => string): readonly string[] =>
  many(30, (at) => `${clock(1440 + 21 * 60 + at)} human:${who(at)} GET api.acme.test/v1/items/${String(900 + at)} 404`);
const waves = async (...lines: readonly string[]) => (await detect(['recon-fanout'], lines.join('\n'))).findings;

test('many principals that are refused in one hour, where nobody is, are a wave that no single one shows', async () => {
  const found = await waves(...usual(), ...guesses((at) => `guest-${String(at)}`));
  expect(found).toMatchObject([{ severity: 'low', observed: { refused: 30, callers: 30, mostOfOneCaller: 1 } }]);
  expect(found[0]?.summary).toContain('GET api.acme.test/v1/items/{id} refused 30 of 45 calls in the hour from 2026-10-02T21:00Z');
});

test('an hour that refuses every day, and one principal who is refused alone, are no wave', async () => {
  expect(await waves(...usual(21))).toEqual([]);
  expect(await waves(...usual(), ...guesses(() => 'alone'))).toEqual([]);
});

test('too short for a baseline, nothing is usual', async () => {
  expect(await waves(...guesses((at) => `guest-${String(at)}`))).toEqual([]);
});
