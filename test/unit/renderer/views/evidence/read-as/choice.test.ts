import { expect, test } from 'vitest';
import { draftOf, toChoice } from '#renderer/views/evidence/read-as/choice.ts';
import { sources } from '#test/support/fake-case.ts';

const [kong] = sources;
if (kong === undefined) throw new Error('the fake case has sources');

test('a draft begins with what the source was read with', () => {
  expect(draftOf(kong)).toMatchObject({ mode: 'format', format: '', zone: '' });
  expect(draftOf({ ...kong, recognizedBy: 'override', zone: '+02:00' })).toMatchObject({ format: 'kong-json', zone: '+02:00' });
  expect(draftOf({ ...kong, settings: { logFormat: '$status' } })).toMatchObject({ mode: 'log-format', logFormat: '$status' });
  expect(draftOf({ ...kong, format: 'json-access' }).mode).toBe('mapping');
});

test('only what the chosen way shows is told to the engine', () => {
  const draft = { ...draftOf(kong), format: 'har', logFormat: '$status', zone: ' +02:00 ' };
  expect(toChoice(draft)).toEqual({ format: 'har', zone: '+02:00' });
  expect(toChoice({ ...draft, mode: 'log-format', windows1252: true })).toEqual({
    format: 'log-format',
    settings: { encoding: 'windows-1252', logFormat: '$status' },
    zone: '+02:00',
  });
  const mapping = { name: 'mine', requires: [], fields: {} };
  expect(toChoice({ ...draft, mode: 'mapping', mapping, zone: '' })).toEqual({ format: 'mapped-json', settings: { mapping } });
});

test('an empty log format says nothing, and a zone that is none is not sent', () => {
  expect(toChoice({ ...draftOf(kong), mode: 'log-format', logFormat: '  ' })).toBeUndefined();
  expect(toChoice({ ...draftOf(kong), zone: 'Berlin' })).toEqual({});
});
