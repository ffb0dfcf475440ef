import { expect, test } from 'vitest';
import { keptAnswers } from '#shared/engine/handlers/kept-answers.ts';
import { bumpReview, bumpRevision } from '#shared/engine/store/meta.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

test('an answer is kept until the case or the analyst’s word changes', () => {
  const { db } = caseFromText('00:00 agent:bot GET api.acme.test/orders 200 cred=key-1');
  const { principals, plan } = keptAnswers(db);
  const [before, planned] = [principals(), plan()];
  expect(before.map(({ label }) => label)).toEqual(['bot']);
  expect(principals()).toBe(before);
  db.exec("UPDATE principal SET label = 'renamed'");
  bumpRevision(db);
  expect(principals().map(({ label }) => label)).toEqual(['renamed']);
  expect(plan()).not.toBe(planned);
  const renamed = principals();
  bumpReview(db);
  expect(principals()).not.toBe(renamed);
});
