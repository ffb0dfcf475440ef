import { expect, test } from 'vitest';
import { visitFields } from '#shared/engine/passes/inventory/body-fields.ts';

const fields = (text: string, wanted = ''): readonly string[] => {
  const seen: string[] = [];
  visitFields(text, (beginning) => wanted.startsWith(beginning), (field, value) => { seen.push(`${field}=${value}`); }); // prettier-ignore
  return seen;
};

test('scalars of JSON and of forms come by their field', () => {
  expect(fields('{"a":[{"b":1},{"b":"x"}],"c":null}')).toEqual(['$.a[*].b=1', '$.a[*].b=x']);
  expect(fields('name=Kira&x-y=2&$z=3')).toEqual(['$.name=Kira', '$.x-y=2']);
  expect(fields('plain text')).toEqual([]);
});

test('JSON inside a string is followed only where something in it is wanted', () => {
  const text = JSON.stringify({ t: JSON.stringify({ mail: 'x' }) });
  expect(fields(text, '$.t|$.mail')).toContain('$.t|$.mail=x');
  expect(fields(text)).toHaveLength(1);
});
