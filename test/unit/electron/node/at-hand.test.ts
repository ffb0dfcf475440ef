import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { filesAtHand } from '#electron/node/at-hand.ts';

const filled = (): ReturnType<typeof filesAtHand> => {
  const files = filesAtHand(({ path, name }) => name ?? basename(path));
  files.remember('case', [{ path: '/evidence/logs' }, { path: '/evidence/b.zip' }]);
  files.remember('case', [{ path: '/spool/1f3', name: 'c.log' }]);
  return files;
};

test('a source is found by the file, folder or archive that it came with', () => {
  const files = filled();
  expect(files.find('case', 'logs/nginx/access.log')?.[0]?.path).toBe('/evidence/logs');
  expect(files.find('case', 'b.zip!a.log')?.[1]?.path).toBe('/evidence/b.zip');
  expect(files.find('case', 'c.log')?.[0]?.path).toBe('/spool/1f3');
  expect(files.find('case', 'c.log~2')?.[0]?.path).toBe('/spool/1f3');
});

test('a source of another case, or that only begins like a file at hand, is not found', () => {
  const files = filled();
  expect(files.find('other', 'c.log')).toBeUndefined();
  expect(files.find('case', 'logs2/access.log')).toBeUndefined();
});
