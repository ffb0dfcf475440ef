import { expect, test } from 'vitest';
import { findConflicts, withKeys, withoutKeys } from '#renderer/state/key-conflicts.ts';

const MARK = { id: 'mark', title: 'Mark', group: 'Calls', keys: ['m'] };
const NOTE = { id: 'note', title: 'Note', group: 'Calls', keys: ['shift+mod+n'] };
const COMMANDS = [MARK, NOTE];
const idsOf = (keys: string, own = {}): readonly string[] => findConflicts(COMMANDS, own, 'other', keys).map(({ id }) => id);

test('the command that has a key already is found, however its key is written', () => {
  expect(idsOf('m')).toEqual(['mark']);
  expect(idsOf('mod+shift+n')).toEqual(['note']);
  expect(idsOf('q')).toEqual([]);
});

test('own keys count, and a key that was taken away is free', () => {
  expect(idsOf('q', { mark: 'q' })).toEqual(['mark']);
  expect(idsOf('m', { mark: '' })).toEqual([]);
});

test('a command does not stand in its own way', () => {
  expect(findConflicts(COMMANDS, {}, 'mark', 'm')).toEqual([]);
});

test('keeping a key takes it from the one that had it, and restoring gives a command its built-in one', () => {
  const own = withKeys({}, 'note', 'm', [MARK]);
  expect(own).toEqual({ mark: '', note: 'm' });
  expect(withoutKeys(own, 'mark')).toEqual({ note: 'm' });
});
