import { expect, test } from 'vitest';
import { incidentCallsOf, otherCallsOf, validityText } from '#renderer/views/identities/revocation/words.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { packetEntry } from '#test/support/packet-entry.ts';

test.each([
  [undefined, 'no end'],
  [0, 'expired'],
  [45, '45 s'],
  [300, '5 m'],
  [7200, '2 h'],
  [172_800, '2 d'],
])('%s seconds are %s', (seconds, words) => {
  expect(validityText(seconds)).toBe(words);
});

test('links are queries, whatever the evidence calls its principals', () => {
  const { row } = packetEntry('jwt');
  const named = {
    ...row,
    findings: [
      { id: 'bola-enumeration:1', title: '', severity: 'high', family: 'incident' },
      { id: 'jwt-lifetime:2', title: '', severity: 'high', family: 'posture' },
    ],
  } as const;
  expect(incidentCallsOf(named)).toBe('credential:jwt-1 and (finding:bola-enumeration:1)');
  const query = otherCallsOf(named, 'human:a" or status > 0 (');
  expect(query).toContain(' and not finding:bola-enumeration:1');
  for (const text of [incidentCallsOf(named), incidentCallsOf(row), query]) expect(parseQuery(text).ok).toBe(true);
});
