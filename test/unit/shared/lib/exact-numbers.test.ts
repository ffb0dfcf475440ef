import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { quoteLongNumbers } from '#shared/lib/exact-numbers.ts';

test('a whole number that no double holds becomes a text, digit by digit', () => {
  expect(quoteLongNumbers('{"id":9007199254740993}')).toEqual({ text: '{"id":"9007199254740993"}', odd: '9007199254740993' });
  expect(quoteLongNumbers('[-9007199254740993, 1]').text).toBe('["-9007199254740993", 1]');
  expect(quoteLongNumbers(`[${'9'.repeat(400)}]`).text).toBe(`["${'9'.repeat(400)}"]`);
});

test.each([
  '{"id":9007199254740992}',
  '[0.30000000000000004]',
  '[12345678901234567890e3]',
  '[1e-1234567890123456]',
  '["9007199254740993"]',
  String.raw`["\\", "a\"9007199254740993"]`,
  '{"9007199254740993":1}',
])('%s stays as it is', (text) => {
  expect(quoteLongNumbers(text)).toEqual({ text, odd: undefined });
});

test('nanoseconds under the name of a time keep their digits and are nothing odd; an id of as many digits is', () => {
  for (const key of ['EdgeStartTimestamp', 'time', '@timestamp', 'startTimeUnixNano', 'ts', 'received_at', 'createdAt', 'eventtime'])
    expect(quoteLongNumbers(`{"${key}" : 1763387640123456789}`), key).toEqual({
      text: `{"${key}" : "1763387640123456789"}`,
      odd: undefined,
    });
  for (const key of ['id', 'update_id', 'flow_id', 'format', 'sometimes', 'paths'])
    expect(quoteLongNumbers(`{"${key}":1763387640123456789}`).odd, key).toBe('1763387640123456789');
});

test('what is valid stays valid, and says the same but for those numbers', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), (value, long) => {
      const text = JSON.stringify([value]).replace(/^\[/, `[${String(long)}1,`);
      const [first, second] = JSON.parse(quoteLongNumbers(text).text) as [unknown, unknown];
      expect(String(first)).toBe(
        BigInt(Number(`${String(long)}1`)) === BigInt(`${String(long)}1`) ? String(Number(`${String(long)}1`)) : `${String(long)}1`,
      );
      expect(second).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
