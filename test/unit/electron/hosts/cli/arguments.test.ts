import { expect, test } from 'vitest';
import { readArguments } from '#electron/hosts/cli/arguments.ts';

test('--only takes ids of detectors and refuses what is none, so that a slip of the pen is not taken for no findings', () => {
  expect(readArguments(['analyze', 'x.spoor', '--only', 'bola-enumeration,jwt-hygiene']).only).toEqual(['bola-enumeration', 'jwt-hygiene']);
  expect(() => readArguments(['analyze', 'x.spoor', '--only', 'bola-enumerations'])).toThrow(/not bola-enumerations/);
});

test('settings hold for the paths that follow, until they come again or are emptied', () => {
  const { paths } = readArguments(
    'import x.spoor a.log --format-as gin --timezone +02:00 b.log --format-as= --header-names Host,X-Id --year 2026 c.log'.split(' '),
  );
  expect(paths.slice(1)).toMatchObject([
    { path: 'a.log', format: undefined, zone: undefined },
    { path: 'b.log', format: 'gin', zone: '+02:00', headerNames: undefined },
    { path: 'c.log', format: undefined, zone: '+02:00', headerNames: ['Host', 'X-Id'], year: 2026 },
  ]);
});

test('a time zone behind the paths holds for them all', () => {
  expect(readArguments(['import', 'x.spoor', 'a.log', '--timezone', '+02:00']).timezone).toBe('+02:00');
  expect(readArguments(['import', 'x.spoor', '--timezone', '+02:00', 'a.log']).timezone).toBeUndefined();
});

test('an option for paths that stands behind the last one is refused instead of ignored', () => {
  expect(() => readArguments(['import', 'a.spoor', 'x.log', '--log-format', '$remote_addr "$request"'])).toThrow(
    '--log-format counts for the paths that follow it, and none does',
  );
  expect(readArguments(['import', 'a.spoor', '--format-as', 'har', 'x.log']).paths.at(-1)?.format).toBe('har');
  expect(readArguments(['import', 'a.spoor', 'x.log', '--timezone', '+02:00']).timezone).toBe('+02:00');
});
