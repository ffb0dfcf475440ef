import { expect, test } from 'vitest';
import { rankCommands } from '#renderer/frame/palette/rank.ts';
import type { Command } from '#renderer/state/commands.ts';

const command = (title: string, more: Partial<Command> = {}): Command => ({
  id: title.toLowerCase().replaceAll(' ', '-'),
  title,
  group: 'Screens',
  run: () => undefined,
  ...more,
});
const COMMANDS = [command('Calls'), command('Chains'), command('Copy link to this view', { group: 'Window' }), command('Evidence')];
const titles = (text: string, recent: readonly string[] = []): readonly string[] =>
  rankCommands(COMMANDS, text, recent).flatMap(({ commands }) => commands.map(({ title }) => title));

test('letters in order find a command, the beginning of a word before its middle', () => {
  expect(titles('ch')[0]).toBe('Chains');
  expect(titles('clv')).toContain('Copy link to this view');
  expect(titles('evid')).toEqual(['Evidence']);
});

test('of equal matches the one used last stands first', () => {
  const twins = [command('Open A'), command('Open B')];
  const first = (recent: readonly string[]): string | undefined => rankCommands(twins, 'open', recent)[0]?.commands[0]?.title;
  expect(first([])).toBe('Open A');
  expect(first(['open-b'])).toBe('Open B');
});

test('a better match beats a later use', () => {
  expect(titles('calls', ['copy-link-to-this-view'])[0]).toBe('Calls');
});

test('with nothing typed, what was used last stands before everything under its heading', () => {
  const sections = rankCommands(COMMANDS, '', ['evidence']);
  expect(sections.map(({ heading, commands }) => [heading, commands.length])).toEqual([
    ['Used last', 1],
    ['Screens', 2],
    ['Window', 1],
  ]);
});

test('a disabled command is listed in its group, and not offered as one used last', () => {
  const [only] = rankCommands([command('Report', { enabled: false, reason: 'Opens with a case' })], '', ['report']);
  expect(only?.heading).toBe('Screens');
});

test('a command that two parts of the screen offer stands once', () => {
  expect(rankCommands([command('Mark'), command('Mark')], 'mark', [])[0]?.commands).toHaveLength(1);
});

test('nothing that matches is no section at all', () => {
  expect(rankCommands(COMMANDS, 'zzzz', [])).toEqual([]);
});
