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
