import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { builtInKeys, keysFor, pictureCommands } from '#renderer/state/built-in-keys.ts';
import { views } from '#renderer/views/index.ts';
import type { View } from '#renderer/views/view.ts';
import { parseKeys, printKeys } from '#renderer/widgets/key-steps.ts';

const renderer = resolve(import.meta.dirname, '../../../../renderer');
const ofRail = views.flatMap(({ id, keys }: View) =>
  keys === undefined ? [] : [{ id: `go-to-${id}`, keys: [keys], on: 'everywhere' as const }],
);
const all = [...ofRail, ...builtInKeys];

/** The steps of each key of a screen, with what it does there. */
const stepsOn = (screen: string): readonly (readonly [steps: readonly string[], id: string])[] =>
  all
    .filter(({ on }) => on === 'everywhere' || (on as readonly string[]).includes(screen))
    .flatMap(({ id, keys }) => keys.map((each) => [(parseKeys(each) ?? []).map((step) => printKeys([step])), id] as const));

test('every key can be read, and holds on a screen that there is', () => {
  const screens = new Set<string>(views.map(({ id }) => id));
  for (const { id, keys, on } of all) {
    for (const each of keys) expect(parseKeys(each), `${id}: ${each}`).not.toBeUndefined();
    if (on !== 'everywhere')
      expect(
        on.filter((screen) => !screens.has(screen)),
        id,
      ).toEqual([]);
  }
});

test.each(views.map(({ id }) => id))('on %s a key means one thing, and none waits for a second key in vain', (screen) => {
  const meanings = new Map<string, string>();
  for (const [steps, id] of stepsOn(screen)) {
    const keys = steps.join(' ');
    expect(meanings.get(keys), `${keys} of ${id}`).toBeUndefined();
    meanings.set(keys, id);
  }
  for (const [steps, id] of stepsOn(screen)) if (steps.length > 1) expect(meanings.get(steps[0] ?? ''), id).toBeUndefined();
});

test('no part of the window writes a key of its own beside the registry', () => {
  const own = globSync('**/*.{ts,tsx}', { cwd: renderer })
    .filter((path) => !path.endsWith('built-in-keys.ts'))
    .filter((path) => /\bkeys: \['/.test(readFileSync(join(renderer, path), 'utf8')));
  expect(own).toEqual([]);
});

test('no part of the window compares a press with a letter of its own: which letter it is, the registry and the analyst say', () => {
  const own = globSync('**/*.{ts,tsx}', { cwd: renderer }).flatMap((path) =>
    readFileSync(join(renderer, path), 'utf8')
      .split('\n')
      .filter((line) => /\bkey(?:\.toLowerCase\(\))? [!=]== '[a-z0-9]'/i.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(own.sort()).toEqual([
    // Opens the palette from inside a field, too, and closes it again.
    "frame/palette/palette.tsx: if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.repeat) return;",
    // A chip that has the focus; its menu says the letter.
    "widgets/query/chips.tsx: if (event.key === 'p' && !event.ctrlKey && !event.metaKey && !event.altKey) {",
  ]);
});

test('what a picture does with a key is listed, and a command finds its own', () => {
  expect(pictureCommands.find(({ id }) => id === 'as-table')).toMatchObject({ keys: ['t'], title: 'The same as a table, and back' });
  expect(keysFor('redo')).toEqual(['mod+shift+z', 'mod+y']);
});

test.each(['calls', 'chains'])('on %s R puts the call into the report, and no other key of the screen begins with it', (screen) => {
  expect(stepsOn(screen).flatMap(([[first], id]) => (first === printKeys(parseKeys('r') ?? []) ? id : []))).toEqual(['put-in-report']);
});

test('on the graph, which stands on no call, R does nothing', () => {
  expect(stepsOn('graph').some(([[first]]) => first === printKeys(parseKeys('r') ?? []))).toBe(false);
});
