import { expect, test } from 'vitest';

import { falseFigures, incidentFigures } from '#test/bench/truth/detect-figures.ts';

test('rank and lag are the middle of the incidents that were found', () => {
  const figures = incidentFigures([
    { recalled: true, rank: 1, minutes: 10 },
    { recalled: true, rank: 4, minutes: undefined },
    { recalled: true, rank: 2, minutes: 30 },
    { recalled: false, rank: 9, minutes: 900 },
  ]);
  expect(figures).toMatchObject([
    { id: 'detect.rank', value: 2 },
    { id: 'detect.minutes', value: 20, unit: 'minutes' },
  ]);
});

test('where nothing was found there is no rank and no lag', () => {
  expect(incidentFigures([{ recalled: false, rank: undefined, minutes: undefined }])).toEqual([]);
});

test('false findings are counted by detector for each million calls', () => {
  const alarm = (detector: string) => ({ detector, title: '', trap: undefined });
  expect(falseFigures([alarm('slow'), alarm('burst'), alarm('slow')], 500_000)).toMatchObject([
    { id: 'detect.false.burst', value: 2 },
    { id: 'detect.false.slow', value: 4 },
  ]);
});
