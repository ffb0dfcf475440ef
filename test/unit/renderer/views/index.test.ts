import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

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
