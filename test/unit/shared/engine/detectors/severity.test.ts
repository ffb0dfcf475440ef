import { expect, test } from 'vitest';
import { settleSeverity } from '#shared/engine/detectors/severity.ts';

test('steps add to the base and are printed as arithmetic', () => {
  expect(
    settleSeverity({
      base: 'medium',
      steps: [
        { by: 1, why: 'five answers' },
        { by: 1, why: 'card data' },
      ],
    }),
  ).toEqual({ severity: 'critical', why: 'medium + 1 (five answers) + 1 (card data) = critical' });
});

test('a step down is printed with a minus, and nothing falls below info', () => {
  expect(settleSeverity({ base: 'info', steps: [{ by: -1, why: 'refused' }] })).toEqual({
    severity: 'info',
    why: 'info − 1 (refused) = info',
  });
});

test('a step that weighs nothing is told without a number', () => {
  const told = { by: 0, why: 'the incident of its theft weighs it' };
  expect(settleSeverity({ base: 'medium', steps: [told] }).why).toBe('medium, as this rule begins; the incident of its theft weighs it');
  expect(settleSeverity({ base: 'medium', steps: [{ by: 1, why: 'card data' }, told] })).toEqual({
    severity: 'high',
    why: 'medium + 1 (card data) = high; the incident of its theft weighs it',
  });
});

test('a cap is stated only where it bites', () => {
  const cap = { at: 'medium', why: 'no baseline' } as const;
  expect(settleSeverity({ base: 'high', steps: [], cap }).why).toBe('high, capped at medium (no baseline) = medium');
  expect(settleSeverity({ base: 'low', steps: [], cap }).why).toBe('low, as this rule begins; nothing adds to it or takes from it');
});
