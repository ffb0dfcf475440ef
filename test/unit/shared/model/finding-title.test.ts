import { describe, expect, test } from 'vitest';
import { MAX_TITLE, settleTitle } from '#shared/model/finding-title.ts';
import { fc } from '#test/support/property.ts';

test('a sentence that is short enough is its own title', () => {
  expect(settleTitle('mal deleted 12 objects in 4 minutes', 'mal deleted objects')).toEqual({
    title: 'mal deleted 12 objects in 4 minutes',
  });
});

describe('what is too long', () => {
  test.each([
    [
      'hosts of endpoints go first',
      'POST api.acme-outfitters.test/v1/orders/{id}/reprice is in no description, yet answered 25 calls of 4 principals',
      'POST /v1/orders/{id}/reprice is in no description, yet answered 25 calls of 4 principals',
    ],
    [
      'then clauses, as many as fit',
      'svc went through 36 different {id} of GET api.acme.test/v1/customers/{id} in 21 seconds, where others open 1 in ten minutes; all were answered',
      'svc went through 36 different {id} of GET /v1/customers/{id} in 21 seconds, where others open 1 in ten minutes',
    ],
    [
      'a list is not cut between its names',
      'Somebody tried the keys of ann, bob, eve, fay, gil, hal, ivy, jon, kim, lea, max, ned, oda, pia, quy, ria: all of them were refused',
      'Somebody tried the keys of ann, bob, eve, fay, gil, hal, ivy, jon, kim, lea, max, ned, oda, pia, quy, ria',
    ],
    [
      'a bracket is not cut open',
      'cut (edge-0.log, with 3 files, all of which continue it, and which are named by day) is silent for 2 hours 23 minutes from noon on',
      'cut (edge-0.log, with 3 files, all of which continue it, and which are named by day) is silent',
    ],
  ])('%s', (_what, sentence, title) => {
    const settled = settleTitle(sentence);
    expect(settled.summary).toBe(sentence);
    expect(settled.title.startsWith(title)).toBe(true);
    expect(settled.title.length).toBeLessThanOrEqual(MAX_TITLE);
  });

  test('what the detector says itself stands, where a cut would lose the point', () => {
    const sentence = `4 static credentials of ${'a-long-name '.repeat(9)}were in use, without being replaced`;
    expect(settleTitle(sentence, '4 static credentials were never replaced')).toEqual({
      title: '4 static credentials were never replaced',
      summary: sentence,
    });
  });

  test('one clause without an end is cut between words, and says so', () => {
    const { title } = settleTitle('word '.repeat(40).trim());
    expect(title).toMatch(/word …$/);
    expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
  });
});

test('no text makes a title that is too long or empty', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 400 }),
      fc.option(fc.string({ minLength: 1, maxLength: 400 }), { nil: undefined }),
      (sentence, claim) => {
        const { title } = settleTitle(sentence, claim);
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
      },
    ),
  );
});
