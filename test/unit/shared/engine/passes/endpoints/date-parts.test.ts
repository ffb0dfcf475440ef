import { expect, test } from 'vitest';
import { createPathTemplates } from '#shared/engine/passes/endpoints/path-templates.ts';
import type { PathRule } from '#shared/engine/passes/endpoints/path-rules.ts';

/** Templates of paths of one host. */
function templates(paths: readonly string[], rules: readonly PathRule[] = []): readonly string[] {
  const made = createPathTemplates(rules);
  for (const path of paths) made.add('a.test', path, true, 'GET');
  made.learn();
  return [...new Set(paths.map((path) => made.templateOf('a.test', path)))];
}

test('a date in parts is one place, whichever month it is', () => {
  expect(templates(['/2026/08/C88-1.pdf', '/2026/09/C88-2.pdf', '/2026/10/C88-3.pdf'])).toEqual(['/{year}/{month}/{id}.pdf']);
  expect(templates(['/pod/2026/08/14/771.jpg', '/pod/2025/12/31/772.jpg'])).toEqual(['/pod/{year}/{month}/{day}/{file}']);
});

test.each([['/reports/2026'], ['/2026/8'], ['/2026/13'], ['/v1/2026/summary']])('%s holds no such date', (path) => {
  expect(templates([path, '/about'])[0]).not.toContain('{year}');
});

test('what the analyst said of a place stands', () => {
  const rules = [{ host: 'a.test', kind: 'word', pattern: '/2026' }] as const;
  expect(templates(['/2026/08/x', '/2026/09/x'], rules)[0]).toMatch(/^\/2026\//);
});
