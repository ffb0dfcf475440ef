import { expect, test } from 'vitest';

import { accuracyOf, addScores, f1Of, scoreTemplates, type Grouped } from '#test/bench/truth-openapi/score.ts';

/** `truth > found`, a line each; `-` for noise. */
const rows = (text: string): readonly Grouped[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [truth = '', found = ''] = line.trim().split(' > ');
      return { truth: truth === '-' ? undefined : truth, found };
    });

test('a group is right when it is exactly the requests of a template, whatever it is called', () => {
  const score = scoreTemplates(
    rows(`
    GET /a/{} > GET /a/{}
    GET /a/{} > GET /a/{}
    GET /b > GET /{}
    GET /c/{} > GET /c/1
    GET /c/{} > GET /c/2`),
  );
  expect([score.right, score.requests, score.exact, score.templates, score.foundTemplates]).toEqual([3, 5, 1, 3, 4]);
  expect([score.overSplit, score.overSplitRequests, score.overMerged]).toEqual([1, 2, 0]);
  expect(accuracyOf(score)).toBeCloseTo(0.6);
  expect(f1Of(score)).toBeCloseTo(2 / 7);
  expect([score.parameterRight, score.parameterRequests]).toEqual([2, 4]);
});

test('a merged group is wrong for both templates; noise counts for nobody', () => {
  const score = scoreTemplates(
    rows(`
    GET /u/me > GET /u/{}
    GET /u/{} > GET /u/{}
    - > GET /u/{}
    - > GET /wp`),
  );
  expect([score.right, score.requests, score.overMerged, score.overMergedRequests, score.foundTemplates]).toEqual([0, 2, 1, 2, 1]);
  expect([score.beside, score.besideKept]).toEqual([1, 0]);
});

test('a word beside a parameter is kept when most of its requests have it', () => {
  const score = scoreTemplates(
    rows(`
    GET /u/me/x > GET /u/me/x
    DELETE /u/{} > DELETE /u/{}`),
  );
  expect([score.beside, score.besideKept]).toEqual([1, 1]);
});

test('sums weigh an API by its requests', () => {
  const right = scoreTemplates(rows('GET /a > GET /a\nGET /a > GET /a\nGET /a > GET /a'));
  const wrong = scoreTemplates(rows('GET /a > GET /x\nGET /b > GET /x'));
  expect(accuracyOf(addScores([right, wrong]))).toBeCloseTo(0.6);
});
