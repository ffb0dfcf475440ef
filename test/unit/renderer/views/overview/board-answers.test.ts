import { expect, test } from 'vitest';
import { pivotDurations } from '#renderer/views/overview/board-answers.ts';

const figures = (pivot: Parameters<typeof pivotDurations>[0], incidents?: string): readonly string[] =>
  pivotDurations(pivot, incidents).map(
    ({ question, figure, to }) => `${question}: ${figure}${to === undefined ? '' : ` → ${to.view ?? ''}`}`,
  );

test('what the evidence cannot say is not known, and leads nowhere', () => {
  expect(figures({ stillValid: { of: 0, usable: 0, withoutEnd: 0 } })).toEqual([
    'Exposure: not known',
    'Could be seen after: not known',
    'Finding to revocation: not known',
    'Still valid: no credential',
    'Time to the first chain: not known',
  ]);
});

test('durations lead to the calls or the plan that they are measured on', () => {
  expect(
    figures(
      {
        exposureSeconds: 90,
        discoveryLagSeconds: 0,
        discoveryLagFinding: 'bola-enumeration:1',
        residualValiditySeconds: 0,
        stillValid: { of: 2, usable: 0, withoutEnd: 0 },
      },
      'finding:a',
    ),
  ).toEqual([
    'Exposure: 1 m 30 s → calls',
    'Could be seen after: at once → findings',
    'Finding to revocation: not known',
    'Still valid: none → identities',
    'Time to the first chain: not known',
  ]);
});
