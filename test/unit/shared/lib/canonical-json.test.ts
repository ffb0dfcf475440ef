import { expect, test } from 'vitest';
import { canonicalJson } from '#shared/lib/canonical-json.ts';

test('keys are sorted by code unit at every depth, integer-like ones too', () => {
  expect(canonicalJson({ b: 1, a: { 20: 1, 3: 2, '-': 0 } })).toBe('{"a":{"-":0,"20":1,"3":2},"b":1}');
});

test('undefined members are left out and arrays keep their order', () => {
  expect(canonicalJson({ a: undefined, b: [3, 1, null] })).toBe('{"b":[3,1,null]}');
});

test('the example of RFC 8785 prints as the standard prints it', () => {
  const source = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
    "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
  const canonical = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
  expect(canonicalJson(JSON.parse(source))).toBe(canonical);
});

test('a key named __proto__ is data', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"a":1}'))).toBe('{"__proto__":{"x":1},"a":1}');
});

test('what is no JSON value is a bug', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow('no JSON number');
  expect(() => canonicalJson([() => 1])).toThrow('no JSON value');
});
