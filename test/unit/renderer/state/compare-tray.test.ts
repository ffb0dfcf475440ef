import { beforeEach, expect, test } from 'vitest';
import { addToTray, chosenPair, clearTray, removeFromTray, toggleChosen, useTray, type TrayItem } from '#renderer/state/compare-tray.ts';

const item = (query: string): TrayItem => ({ kind: 'query', query, label: query });
const pair = (): readonly string[] | undefined => chosenPair(useTray.getState())?.map(({ query }) => query);

beforeEach(clearTray);

test('the two that were laid in last are compared, the earlier on the left', () => {
  addToTray(item('a'));
  expect(pair()).toBeUndefined();
  addToTray(item('b'));
  expect(pair()).toEqual(['a', 'b']);
  addToTray(item('c'));
  expect(pair()).toEqual(['b', 'c']);
  addToTray(item('b'));
  expect(pair()).toEqual(['c', 'b']);
  expect(useTray.getState().items).toHaveLength(3);
});

test('others can be chosen, and what is taken out is compared no more', () => {
  for (const query of ['a', 'b', 'c']) addToTray(item(query));
  toggleChosen('a');
  expect(pair()).toEqual(['c', 'a']);
  toggleChosen('c');
  expect(pair()).toBeUndefined();
  toggleChosen('b');
  expect(pair()).toEqual(['a', 'b']);
  removeFromTray('b');
  expect(pair()).toBeUndefined();
});

test('it holds a line of things; the oldest goes', () => {
  for (let index = 0; index < 12; index += 1) addToTray(item(String(index)));
  expect(useTray.getState().items.map(({ query }) => query)).toEqual(['4', '5', '6', '7', '8', '9', '10', '11']);
});

test('what was chosen last stays when the line is full', () => {
  for (let index = 0; index < 8; index += 1) addToTray(item(String(index)));
  toggleChosen('0');
  addToTray(item('8'));
  expect(pair()).toEqual(['0', '8']);
  expect(useTray.getState().items).toHaveLength(8);
});
