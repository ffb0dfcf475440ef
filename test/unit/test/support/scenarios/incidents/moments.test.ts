import { expect, test } from 'vitest';

import { seededRandom } from '../../../../../support/large/random.ts';
import { HOUR_MS } from '../../../../../support/scenarios/core/calendar.ts';
import { apiKey, tokens, type Party } from '../../../../../support/scenarios/core/party.ts';
import { atHour, moments, steal, workingHours } from '../../../../../support/scenarios/incidents/moments.ts';

const at = (text: string): number => Date.parse(`2026-09-${text}Z`);
const spanOf = (start: string, end: string) => ({ start: at(start), end: at(end) });

test.each([
  ['the rest of a working day', '15T06:20', '15T23:50', '15T07:00', '15T16:00'],
  ['the next day after an evening', '15T20:30', '16T23:50', '16T07:00', '16T16:00'],
  ['Monday after a Saturday', '19T09:00', '21T23:50', '21T07:00', '21T16:00'],
  ['all of it when no day is left', '15T15:30', '15T23:50', '15T15:30', '15T23:50'],
])('the working hours of a span are %s', (_, start, end, from, to) => {
  expect(workingHours(spanOf(start, end))).toEqual(spanOf(from, to));
});

test('an hour of the day is the next one that leaves room, else the start', () => {
  expect(atHour(spanOf('15T20:00', '16T23:50'), 19, 4 * HOUR_MS)).toBe(at('16T19:00'));
  expect(atHour(spanOf('15T20:00', '16T21:00'), 19, 4 * HOUR_MS)).toBe(at('15T20:00'));
});

test('moments stand in order inside of the span', () => {
  const span = spanOf('15T07:00', '15T16:00');
  const found = moments(seededRandom('moments'), span, 30);
  expect(found).toEqual(found.toSorted((left, right) => left - right));
  expect(found.every((moment) => moment >= span.start && moment < span.end)).toBe(true);
});

const owner = (credentialAt: Party['credentialAt']): Party => ({
  id: 'anna',
  kind: 'human',
  ip: '10.8.0.20',
  userAgent: 'browser',
  headers: { referer: 'https://office.test/' },
  consumer: undefined,
  credentialAt,
  traced: 'call',
  recordedBy: 'anna.har',
});
const PLACE = { ip: '198.51.100.9', userAgent: 'script' };

test('a thief keeps the token of that moment, which holds long enough', () => {
  const grant = { issuer: 'https://id.test', audience: 'api', subject: 'anna', client: 'web', scopes: [], lifetime: HOUR_MS };
  const party = owner(tokens(seededRandom('token'), grant));
  for (let minute = 0; minute < 120; minute += 7) {
    const stolen = steal(party, PLACE, at('15T10:00') + minute * 60_000);
    expect(stolen.until - stolen.at).toBeGreaterThan(HOUR_MS / 4);
    expect(stolen.thief.credentialAt(stolen.until + HOUR_MS)?.id).toBe(party.credentialAt(stolen.at)?.id);
  }
});

test('a thief of a key is somewhere else and is not recorded', () => {
  const { thief } = steal(owner(apiKey(seededRandom('key'), 'web', [])), PLACE, at('15T10:00'));
  expect(thief).toMatchObject({ id: 'anna', ip: '198.51.100.9', userAgent: 'script', headers: {} });
  expect(thief.recordedBy).toBeUndefined();
});
