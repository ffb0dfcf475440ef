import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeGrants } from '#electron/main/grants.ts';
import { createSpool } from '#electron/node/serve/spool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spoor-grants-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a dropped file becomes a name and a token that leads back to its path', () => {
  const spool = createSpool(join(folder, 'spool'));
  const path = join(folder, 'gateway.log');
  writeFileSync(path, 'twelve bytes');
  const [ref] = takeGrants(spool, [path]);
  expect(ref).toMatchObject({ name: 'gateway.log', bytes: 12 });
  expect(JSON.stringify(ref)).not.toContain(folder);
  expect(spool.granted(ref?.id ?? '')).toEqual({ path, name: 'gateway.log' });
});

test('a path that is gone is left out', () => {
  expect(takeGrants(createSpool(join(folder, 'spool')), [join(folder, 'gone.har')])).toEqual([]);
});

test.each([['no list'], [42], [{ length: 1 }], [['relative.har']], [[7]]])(
  'a page that sends %j instead of absolute paths is refused',
  (sent) => {
    expect(() => takeGrants(createSpool(join(folder, 'spool')), sent)).toThrow(TypeError);
  },
);
