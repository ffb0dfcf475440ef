import { expect, test } from 'vitest';
import { causeRows } from '#shared/engine/report/sections/finding-cause.ts';

test('the root cause stands with what decided it, and with what else speaks', () => {
  const [row] = causeRows({
    rootCause: {
      kind: 'misled',
      why: 'It read a text.',
      signs: [
        { cause: 'misled', speaks: 'for', strength: 'proof', text: 'it read a text', finding: 'a' },
        { cause: 'over-privileged', speaks: 'for', strength: 'strong', text: 'doors were open', finding: 'b' },
      ],
    },
  });
  expect(row?.name).toBe('Root cause');
  const text = JSON.stringify(row?.value);
  expect(text).toContain('Misled');
  expect(text).toContain('Beside it: for over-privileged, strong: doors were open.');
  expect(text).not.toContain('for misled');
});

test('a finding whose story has none has no row', () => {
  expect(causeRows({})).toEqual([]);
});
