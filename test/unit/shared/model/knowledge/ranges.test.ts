import { expect, test } from 'vitest';
import { rangeFinder } from '#shared/lib/cidr.ts';
import { parseRanges } from '#shared/model/knowledge/ranges.ts';

test('a list as Google and OpenAI publish it is known by the name of its file', () => {
  const text = JSON.stringify({
    creationTime: '2026-10-01T12:00:00.000000',
    prefixes: [{ ipv4Prefix: '192.0.2.0/24' }, { ipv6Prefix: '2001:db8::/32' }],
  });
  expect(parseRanges(text, 'gptbot.json')).toMatchObject({ date: '2026-10-01', agents: ['GPTBot'] });
  expect(parseRanges(text, 'ours.json')).toMatch(/nothing says whose ranges/);
});

test('plain lines say day and agents in remarks', () => {
  expect(parseRanges('# date: 2026-09-30\n# agents: Claude-User, ClaudeBot\n160.79.104.0/21\n', 'anthropic.txt')).toMatchObject({
    date: '2026-09-30',
    agents: ['Claude-User', 'ClaudeBot'],
  });
});

test('a list without a day, or with what is no range, is refused', () => {
  expect(parseRanges('# agents: GPTBot\n192.0.2.0/24\n', 'x.txt')).toMatch(/says no day/);
  expect(parseRanges('# agents: GPTBot\n# date: 2026-09-30\n192.0.2.0/33\n', 'x.txt')).toMatch(/192\.0\.2\.0\/33 is no address range/);
});

test('addresses are found in ranges of both families, mapped ones too', () => {
  const list = parseRanges('# agents: A\n# date: 2026-09-30\n192.0.2.0/24\n192.0.2.128/25\n198.51.100.7\n2001:db8::/32\n', 'x.txt');
  const has = rangeFinder(typeof list === 'string' ? [] : list.ranges);
  expect(['192.0.2.0', '192.0.2.255', '198.51.100.7', '2001:db8:1::5', '::ffff:192.0.2.9'].map(has)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(['192.0.3.0', '198.51.100.8', '2001:db9::', 'not an address'].map(has)).toEqual([false, false, false, false]);
});
