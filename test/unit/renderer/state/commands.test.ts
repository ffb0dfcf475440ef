import { expect, test, vi } from 'vitest';
import { groupCommands, listCommands, runCommand, type Command } from '#renderer/state/commands.ts';
import { usePrefs } from '#renderer/state/prefs.ts';

const command = (id: string, more: Partial<Command> = {}): Command => ({ id, title: id, group: 'Test', run: () => undefined, ...more });

test('what was mounted last stands last, whatever was registered first', () => {
  const mounted = new Map([
    [7, [command('of-the-screen')]],
    [2, [command('of-the-frame')]],
  ]);
  expect(listCommands({ mounted }).map(({ id }) => id)).toEqual(['of-the-frame', 'of-the-screen']);
});

test('groups and their members keep the order in which they came', () => {
  const groups = groupCommands([command('a', { group: 'One' }), command('b', { group: 'Two' }), command('c', { group: 'One' })]);
  expect(groups.map(([group, members]) => [group, members.map(({ id }) => id)])).toEqual([
    ['One', ['a', 'c']],
    ['Two', ['b']],
  ]);
});

test('a command that ran is remembered as used last, a disabled one neither runs nor is remembered', () => {
  vi.stubGlobal('window', { localStorage: { setItem: () => undefined } });
  const run = vi.fn();
  runCommand(command('mark', { run }));
  runCommand(command('note', { run, enabled: false }));
  expect(run).toHaveBeenCalledTimes(1);
  expect(usePrefs.getState().commands).toEqual(['mark']);
  vi.unstubAllGlobals();
});
