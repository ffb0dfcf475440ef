import { expect, test } from 'vitest';
import { stamped } from '#shared/engine/importers/envelopes/stamped.ts';

test.each([
  ['2026-11-13T00:00:12.547Z {"requestId":"a"}', '{"requestId":"a"}', '2026-11-13T00:00:12.547Z'],
  ['2026-11-13T00:00:12.547Z 203.0.113.7 - - [13/Nov/2026:00:00:12 +0000] "GET /"', '203.0.113.7 - - [13/Nov/2026:00:00:12 +0000] "GET /"', '2026-11-13T00:00:12.547Z'],
])('%s gives its record and time', (text, record, time) => {
  expect(stamped.unwrap(text)).toEqual({ text: record, outer: { time } });
}); // prettier-ignore

test.each(['2026-11-13T00:00:12.547Z GET /a 200', '{"time":"2026-11-13T00:00:12.547Z"}', '13/Nov/2026 {"a":1}'])(
  '%s wears nothing',
  (text) => {
    expect(stamped.unwrap(text)).toBeUndefined();
  },
);
