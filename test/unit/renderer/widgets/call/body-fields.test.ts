import { expect, test } from 'vitest';
import { listBodyFields, listParameters, MOST_FIELDS } from '#renderer/widgets/call/body-fields.ts';

test('scalars come with their path, and with the path of any item', () => {
  expect(listBodyFields('{"user":{"id":42},"items":[{"price":1.50},{"price":2}],"ok":true,"none":null}')).toEqual([
    { path: 'user.id', anyPath: 'user.id', value: '42' },
    { path: 'items.0.price', anyPath: 'items.price', value: '1.50' },
    { path: 'items.1.price', anyPath: 'items.price', value: '2' },
    { path: 'ok', anyPath: 'ok', value: 'true' },
    { path: 'none', anyPath: 'none', value: 'null' },
  ]);
});

test('a name with a dot in it is listed, but no condition can name it', () => {
  expect(listBodyFields('{"a.b":1,"a":{"b":2}}')).toEqual([
    { path: 'a.b', anyPath: undefined, value: '1' },
    { path: 'a.b', anyPath: 'a.b', value: '2' },
  ]);
});

test('a long number keeps all its digits', () => {
  expect(listBodyFields('{"id":12345678901234567890}')?.[0]?.value).toBe('12345678901234567890');
});

test('what is not JSON, or was cut, has no fields', () => {
  expect(listBodyFields('name=x&y=1')).toBeUndefined();
  expect(listBodyFields('{"a":')).toBeUndefined();
  expect(listBodyFields(`${'['.repeat(40_000)}${']'.repeat(40_000)}`) ?? []).toEqual([]);
});

test('a long list ends', () => {
  expect(listBodyFields(JSON.stringify(Array.from({ length: 9000 }, (_, index) => index)))).toHaveLength(MOST_FIELDS);
});

test('parameters keep their order, their encoding and their doubles', () => {
  expect(listParameters('a=1&b&a=2%20x&=z&')).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: '' },
    { name: 'a', value: '2%20x' },
    { name: '', value: 'z' },
  ]);
});
