import { expect, test } from 'vitest';
import { callsAfter, callsBefore } from '#renderer/query/drift-calls.ts';

const until = '2026-09-17T02:00:00.332999Z';

test('a change within the case leads to the calls on either side of the end of the usual time', () => {
  const row = { what: 'host', host: 'files.test', change: 'more' } as const;
  expect(callsBefore(row, { until })).toBe(`host:files.test and time <= ${until}`);
  expect(callsAfter(row, { until })).toBe(`host:files.test and time > ${until}`);
});

test('what came has no calls before, what went none after', () => {
  expect(callsBefore({ what: 'host', host: 'a.test', change: 'new' }, { until })).toBeUndefined();
  expect(callsAfter({ what: 'host', host: 'a.test', change: 'gone' }, { until })).toBeUndefined();
});

test('against another case, whose calls are not here, a change leads to all calls of this one', () => {
  const row = { what: 'pair', principal: 'service:sync', endpoint: 'GET a.test/x', change: 'new' } as const;
  expect(callsBefore(row, { until: undefined })).toBeUndefined();
  expect(callsAfter(row, { until: undefined })).toBe('principal:service:sync and endpoint:"GET a.test/x"');
});
