import { expect, test } from 'vitest';
import { checkGiven, setGiven } from '#shared/engine/passes/baseline/chosen.ts';
import { readGiven } from '#shared/engine/store/read/baseline-choice.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const LOG = [1, 2, 3]
  .map((day) => `192.0.2.7 - - [1${String(day)}/Oct/2026:08:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"\n`)
  .join('');
const at = (text: string): number => Date.parse(text) * 1000;

test('a baseline’s end outside the evidence is refused, with the span of the evidence', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LOG);
  expect(() => {
    checkGiven(db, { until: at('2026-09-01T00:00:00Z') });
  }).toThrow('which goes from 2026-10-11T08:00:00.000000Z to 2026-10-13T08:00:00.000000Z');
  expect(() => {
    checkGiven(db, { incidentFrom: at('2026-10-14T00:00:00Z') });
  }).toThrow('the incident’s begin, 2026-10-14T00:00:00.000000Z, lies outside the evidence');
  checkGiven(db, { until: at('2026-10-12T00:00:00Z') });
});

test('without a call that has a time no moment can be given', () => {
  expect(() => {
    checkGiven(memoryCase(), { until: 1 });
  }).toThrow('no call of the evidence has a time');
});

test('what is said takes the place of what was said before, and nothing said changes nothing', () => {
  const db = memoryCase();
  setGiven(db, { until: 5 });
  setGiven(db, { incidentFrom: 7 });
  expect(readGiven(db)).toEqual({ until: undefined, incidentFrom: 7 });
  setGiven(db, {});
  expect(readGiven(db)).toEqual({ until: undefined, incidentFrom: 7 });
});
