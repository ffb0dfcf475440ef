import { expect, test } from 'vitest';
import { toKpis } from '#renderer/views/overview/kpis.ts';
import { overview } from '#test/support/fake-case.ts';

test('every share stands with its base', () => {
  const lines = toKpis(overview).map(({ label, figure, base }) =>
    `${label}: ${figure.value} ${figure.unit}; ${base}`.replaceAll('\u2009', ' '),
  );
  expect(lines).toEqual([
    'In proven chains: 97.1 %; 17 907 of 18 442 calls',
    'Write calls: 1.2 %; 221 of 18 442 calls',
    'Failed calls: 3.5 %; 640 of 18 442 calls',
    'Data out: 321 MB; bytes in responses, as recorded',
    'Credentials: 14 ; told apart by fingerprint',
    'Coverage gaps: 2 ; questions without an answer',
  ]);
});

test('a share below a tenth of a percent keeps its sign', () => {
  const write = toKpis({ ...overview, writeCalls: 1 })[1];
  expect(write?.figure).toEqual({ value: '< 0.1', unit: '%' });
});

test('before the analysis the gaps are not known, which is not the same as none', () => {
  const gaps = toKpis({ ...overview, info: { ...overview.info, analyzed: false }, notEvaluable: [] }).at(-1);
  expect(gaps).toMatchObject({ figure: { value: '–' }, base: 'known after the analysis' });
});
