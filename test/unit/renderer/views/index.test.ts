import { readdirSync, readFileSync } from 'node:fs';
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
