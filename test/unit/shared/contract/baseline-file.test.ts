import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { parseBaseline } from '#shared/contract/baseline-file.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';

const hash = (text: string): string => nodeCrypto.sha256Hex(text);
const content = {
  from: '2026-10-01T00:00:00.000000Z',
  to: '2026-10-03T00:00:00.000000Z',
  kinds: [],
  principals: [],
  endpoints: [],
  pairs: [{ principal: 'p-a', endpoint: 'GET api.test/x', calls: 3 }],
};
const file = { schema: 'spoor-baseline/1', sha256: hash(canonicalJson(content)), content };

test('a file that nobody changed is read', () => {
  expect(parseBaseline(JSON.stringify(file), hash)).toEqual(file);
});

test('a changed number, a foreign document and a broken one are told apart', () => {
  const changed = JSON.stringify({ ...file, content: { ...content, pairs: [{ ...content.pairs[0], calls: 4 }] } });
  expect(parseBaseline(changed, hash)).toContain('it was changed');
  expect(parseBaseline('{"schema":"other"}', hash)).toContain('schema');
  expect(parseBaseline('{', hash)).toContain('no JSON');
});

const signed = (schema: string, more: object): string => {
  const whole = { ...content, ...more };
  return JSON.stringify({ schema, sha256: hash(canonicalJson(whole)), content: whole });
};

test('a version that this program does not know is refused by its name', () => {
  expect(parseBaseline(signed('spoor-baseline/9', {}), hash)).toBe(
    'it is of the version spoor-baseline/9; this program reads spoor-baseline/1, spoor-baseline/2, spoor-baseline/3',
  );
});

test('an order of endpoints is read, one that points nowhere is not', () => {
  const order = (step: number): object => ({ order: { operations: ['GET a'], kinds: [{ kind: 'agent', sessions: [[0, step]] }] } });
  expect(parseBaseline(signed('spoor-baseline/2', { title: 'T', ...order(0) }), hash)).toMatchObject({ schema: 'spoor-baseline/2' });
  expect(parseBaseline(signed('spoor-baseline/2', order(1)), hash)).toContain('none of its endpoints');
});

test('calls and hours that are no whole numbers are refused', () => {
  for (const odd of [{ calls: 1.5 }, { calls: 1e300 }, { calls: 3, hours: 0.5 }])
    expect(parseBaseline(signed('spoor-baseline/2', { pairs: [{ ...content.pairs[0], ...odd }] }), hash)).toContain('pairs');
});
