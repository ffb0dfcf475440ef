import { expect, test } from 'vitest';
import { readArguments } from '#electron/hosts/cli/arguments.ts';

test('--only takes ids of detectors and refuses what is none, so that a slip of the pen is not taken for no findings', () => {
  expect(readArguments(['analyze', 'x.spoor', '--only', 'bola-enumeration,jwt-hygiene']).only).toEqual(['bola-enumeration', 'jwt-hygiene']);
  expect(() => readArguments(['analyze', 'x.spoor', '--only', 'bola-enumerations'])).toThrow(/not bola-enumerations/);
});
