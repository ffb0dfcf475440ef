import { expect, test } from 'vitest';
import { filterFindings } from '#renderer/views/findings/filter.ts';
import { findings } from '#test/support/fake-case.ts';

const ids = (text: string, severity?: 'medium'): readonly string[] =>
  filterFindings(findings, { text, severity, decision: undefined, suppressed: false }).map(({ id }) => id);

test('an empty filter keeps every finding in its order', () => {
  expect(ids(' ')).toEqual(findings.map(({ id }) => id));
});

test('every word must stand somewhere in title, detector, id or principal, in any case', () => {
  expect(ids('JWT scopes')).toEqual(['F-0004']);
  expect(ids('bola')).toEqual(['F-0002']);
});

test('words and severity narrow together', () => {
  expect(ids('', 'medium')).toEqual(['F-0003', 'F-0004']);
  expect(ids('lives', 'medium')).toEqual(['F-0003']);
});

test('a decision narrows to the findings that have it', () => {
  const [first, ...others] = findings;
  if (first === undefined) throw new Error('the fake case has findings');
  const decided = [{ ...first, status: 'accepted' as const }, ...others];
  const shown = filterFindings(decided, { text: '', severity: undefined, decision: 'accepted', suppressed: false });
  expect(shown.map(({ id }) => id)).toEqual([first.id]);
});
