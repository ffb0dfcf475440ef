import { expect, test } from 'vitest';
import { compareLooks, isToldTwice, lookWords, type SecondLook } from '#shared/model/second-look.ts';

const MORNING = ['2026-09-14T08:00:00Z', '2026-09-14T09:00:00Z'] as const;
const EVENING = ['2026-09-14T18:00:00Z', '2026-09-14T19:00:00Z'] as const;
const told = (id: string, principal: string, severity = 'high', window: readonly [string, string] = MORNING) => ({
  ...{ id, detector: id.split(':')[0] ?? '', title: `${id} of ${principal}`, severity, principals: [principal], window },
  family: 'incident',
});
const look = (...findings: SecondLook['told']): SecondLook => ({
  from: '2026-09-13T00:00:00Z',
  to: '2026-09-14T00:00:00Z',
  told: findings,
});

test('a finding stands when the second look tells it, or another rule tells of the same caller at that time', () => {
  expect(isToldTwice(told('a:1', 'kim'), look(told('a:1', 'kim')))).toBe(true);
  expect(isToldTwice(told('a:1', 'kim'), look(told('b:2', 'kim')))).toBe(true);
  expect(isToldTwice(told('a:1', 'kim'), look(told('b:2', 'lea')))).toBe(false);
  expect(isToldTwice(told('a:1', 'kim'), look(told('b:2', 'kim', 'high', EVENING)))).toBe(false);
});

test('what depends on the choice is told either way; notes of the other part and hygiene are not', () => {
  const findings = [told('a:1', 'kim'), told('c:3', 'lea'), { ...told('p:1', 'max'), family: 'posture' }];
  const compared = compareLooks(findings, look(told('a:1', 'kim'), told('d:4', 'nik'), told('e:5', 'ola', 'low')));
  expect(compared).toMatchObject({ same: 1, onlyHere: ['c:3'], onlyThere: [{ id: 'd:4' }] });
  expect(lookWords(compared, 'noon')).toBe(
    'Second look, with what was seen until noon as usual: 1 of 2 findings of incidents stands, the others depend on the choice. 1 more finding of medium severity or worse would be told: d:4 of nik.',
  );
});

test('nothing either way, and all standing, have words of their own', () => {
  expect(lookWords(compareLooks([], look()), 'noon')).toContain('no finding of an incident either way.');
  const both = [told('a:1', 'kim'), told('c:3', 'lea')];
  expect(lookWords(compareLooks(both, look(...both)), 'noon')).toContain('both findings of incidents stand.');
});
