import { expect, test } from 'vitest';
import { endOfLink } from '#shared/engine/detectors/links/signed-links.ts';
import { detect } from '#test/support/detect.ts';

const sign = (number: number): string => `‹signature fp:${String(number).padStart(12, '0')}›`;
const opened = (minute: number, net: string, link: number, more = ''): string =>
  `00:${String(minute).padStart(2, '0')}:00 unknown:v${net} GET files.acme.test/x/export-${String(link)}.csv 200 tpl=/x/{file} ip=${net}.7 ua=Firefox/130 answer=5000 ${more}`;
const withSignature = (made: Parameters<NonNullable<Parameters<typeof detect>[3]>>[0]): void => {
  for (const { id, path } of made.db.prepare("SELECT id, path FROM call WHERE path LIKE '/x/%'").all<{ id: number; path: string }>())
    made.db.prepare('UPDATE call SET query = ? WHERE id = ?').run(`exp=1793361600&sig=${sign(Number(/\d+/.exec(path)?.[0] ?? 0))}`, id);
};
const run = (...lines: readonly string[]): ReturnType<typeof detect> => detect(['signed-link-shared'], lines.join('\n'), {}, withSignature);

/** Twelve links that their receivers open at home and in the office. */
const usual = Array.from({ length: 12 }, (_, link) => [
  opened(link, `10.1.${String(link)}`, link + 1),
  opened(link, `10.2.${String(link)}`, link + 1),
]).flat();
const strangers = Array.from({ length: 8 }, (_, at) => opened(20 + at, `198.51.${String(at)}`, 99));
const posted = 'referer=https://forum.example/t/7';

test('a link that many strangers open, of a kind that one or two open, is found with all of their calls', async () => {
  const { findings } = await run(...usual, opened(19, '10.1.1', 99), ...strangers);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      calls: Array.from({ length: 9 }, (_, at) => `kong#${String(25 + at)}`),
      observed: { networks: 8, answers: 8, bytes: 40_000, endsAt: '2026-10-30T12:00:00Z', stillOpens: true },
      expected: { networksAtMost: 2 },
    },
  ]);
});

test('a page of others that led there weighs more, and is enough where there are no other links', async () => {
  const { findings } = await run(opened(19, '10.1.1', 99), ...strangers.map((line) => `${line} ${posted}`));
  expect(findings).toMatchObject([{ severity: 'high', observed: { posted: ['a page of forum.example led there'] } }]);
});

test('links that all receivers pass on, and one of which nothing says that it was posted, are none', async () => {
  const passedOn = Array.from({ length: 12 }, (_, link) =>
    Array.from({ length: 6 }, (_never, at) => opened(link, `10.${String(at)}.${String(link)}`, link + 1)),
  ).flat();
  expect((await run(...passedOn, opened(19, '10.1.1', 99), ...strangers)).findings).toEqual([]);
  expect((await run(opened(19, '10.1.1', 99), ...strangers)).findings).toEqual([]);
});

test('networks from which somebody calls who is known are no strangers', async () => {
  const known = Array.from({ length: 8 }, (_, at) => `00:0${String(at)}:30 human:u${String(at)} GET api.acme.test/me 200 cred=key-${String(at)} ip=198.51.${String(at)}.9`);
  expect((await run(...usual, ...known, opened(19, '10.1.1', 99), ...strangers)).findings).toEqual([]);
}); // prettier-ignore

test('without a signature in any URL it cannot be told', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 ip=10.1.1.7')).notEvaluable).toHaveLength(1);
});

test.each([
  ['exp=1793361600&sig=x', '2026-10-30T12:00:00.000Z'],
  ['X-Amz-Date=20261023T080000Z&X-Amz-Expires=3600&X-Amz-Signature=x', '2026-10-23T09:00:00.000Z'],
  ['se=2026-10-30T12%3A00%3A00Z&sig=x', '2026-10-30T12:00:00.000Z'],
  ['sig=x', undefined],
  ['exp=soon&sig=x', undefined],
])('%s ends at %s', (query, end) => {
  const time = endOfLink(query);
  expect(time === undefined ? undefined : new Date(time / 1000).toISOString()).toBe(end);
});
