import { expect, test } from 'vitest';
import { isUserName, nameCaptured, UNNAMED_USER } from '#shared/engine/importers/haproxy/captured-shapes.ts';

const repeated = (values: readonly string[], times = 4): readonly (readonly string[])[] =>
  Array.from({ length: values.length * times }, (_, place) => [values[place % values.length] ?? '']);

test('host, names of users and user agent are told by their shape, each once', () => {
  const people = ['j.steen', 'w.drost', 'a.de-vries', 'p.lindqvist', 'svcbackup'];
  const lines = Array.from({ length: 20 }, (_, place) => [
    'desk.acme.test',
    people[place % 5] ?? '',
    'Mozilla/5.0 (X11)',
    'desk.acme.test',
  ]);
  expect(nameCaptured(lines)).toEqual(['host', UNNAMED_USER, 'user-agent', '']);
});

test.each([
  ['accounts of a domain', ['ACME\\j.steen', 'ACME\\admin1']],
  ['addresses of mail', ['jo@acme.example', 'kim@acme.example']],
])('%s are names of users', (_, values) => {
  expect(nameCaptured(repeated(values))).toEqual([UNNAMED_USER]);
});

test.each([
  ['ids', ['req-7f3a', 'c-20511', 'u10012']],
  ['numbers', ['12', '4711', '2.5']],
  ['languages', ['nl', 'en-US', 'de']],
  ['tokens', ['eyJhbGciOi.eyJzdWIi.c2ln', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a']],
  ['addresses', ['10.0.0.7', '192.168.4.1']],
  ['words of headers', ['gzip', 'keep-alive', 'XMLHttpRequest']],
  ['names of programs', ['frontend', 'worker', 'mobile']],
  ['hosts of one domain', ['api.example', 'desk.example', 'shop.example']],
])('%s are not', (_, values) => {
  expect(nameCaptured(repeated(values))).not.toContain(UNNAMED_USER);
});

test('names that stand once each are ids in the shape of names, and too few values say nothing', () => {
  expect(nameCaptured(repeated(['a.berg', 'b.dahl', 'c.lund', 'd.holm', 'e.vik', 'f.nord'], 1))).toEqual(['']);
  expect(nameCaptured([['j.steen'], ['w.drost']])).toEqual(['']);
});

test('a text that is no name is none where names stand', () => {
  expect(['j.steen', 'ACME\\kim', 'admin'].map(isUserName)).toEqual([true, true, true]);
  expect(['', '-', '42', 'en-US', "' OR 1=1", '<b>x</b>', 'a'.repeat(200)].map(isUserName)).toEqual(Array(7).fill(false));
});
