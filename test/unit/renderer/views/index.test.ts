import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { views } from '#renderer/views/index.ts';

const root = join(import.meta.dirname, '../../../../renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

test('every screen has an id that a link can hold, a title and a key of its own', () => {
  expect(views.length).toBeGreaterThan(5);
  for (const { id } of views) expect(id).toMatch(/^[a-z]+$/);
  for (const key of ['id', 'title', 'keys'] as const) {
    const values = views.flatMap((view) => (key in view ? [view[key as 'id']] : []));
    expect(new Set(values).size).toBe(values.length);
  }
});

test('every screen that the window goes to is in the registry', () => {
  const named = sources.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/\bview: '([a-z]+)'/g)].map(([, id]) => ({ name, id })),
  );
  expect(named.length).toBeGreaterThan(10);
  const known: readonly string[] = views.map((view) => view.id);
  expect(named.filter(({ id }) => id === undefined || !known.includes(id))).toEqual([]);
});

/** Classes that a sheet gives a look of their own, outside of any other. */
function classesOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8').replace(/\/\*.*?\*\//gs, '');
  const selectors = [...text.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','));
  return [...new Set(selectors.map((selector) => /^\s*(\.[\w-]+)\s*$/.exec(selector)?.[1]).filter((name) => name !== undefined))];
}

test('the sheet of a screen, which stays when the screen goes, gives no look to a class of another screen or widget', () => {
  const owners = new Map<string, string[]>();
  for (const path of globSync('renderer/{views,widgets,charts,filter,review,frame}/**/*.css'))
    for (const name of classesOf(path)) owners.set(name, [...(owners.get(name) ?? []), path]);
  expect([...owners].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
