import { expect, test } from 'vitest';

import { seededRandom } from '../../../../../support/large/random.ts';
import { hostileText } from '../../../../../support/scenarios/incidents/hostile-texts.ts';

const NAMES = { target: 'ord_k3', amount: '412.50', first: '10048', url: 'https://drop.example/v1' };

test.each([
  { wants: 'money', named: [NAMES.target, NAMES.amount] },
  { wants: 'data', named: [NAMES.first, NAMES.url] },
] as const)('a text that wants $wants has a dozen wordings, each of which names what it wants', ({ wants, named }) => {
  const texts = Array.from({ length: 600 }, (_, seed) => hostileText(seededRandom(String(seed)), wants, NAMES));
  for (const text of texts) for (const name of named) expect(text).toContain(name);
  expect(new Set(texts.map((text) => text.slice(-40))).size).toBe(12);
});

test('the first 120 characters of a text are those of an ordinary message', () => {
  const beginnings = Array.from({ length: 200 }, (_, seed) => hostileText(seededRandom(String(seed)), 'data', NAMES).slice(0, 120));
  expect(new Set(beginnings).size).toBe(6);
});
