import { describe, expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['business-flow-skip'];
const at = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
/** Claims that are approved by one and paid by another, ten minutes apart. */
const usual = (count: number, step = 'approve', from = 0): string =>
  Array.from({ length: count }, (_, index) => {
    const id = String(1000 + from + index);
    const start = 60 + (from + index) * 10;
    return `${at(start)} human:boss POST api.acme.test/claims/${id}/${step} 200\n${at(start + 5)} service:pay POST api.acme.test/claims/${id}/payments 200`;
  }).join('\n');

test('a payment without the approval that all others have is high, with the missing step', async () => {
  const { findings } = await detect(only, `${usual(110)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 200`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-mal'], calls: ['kong#221'], observed: { objects: 1 } }]);
  expect(findings[0]?.exhibits).toMatchObject([{ kind: 'steps', steps: [{ state: 'missing' }, { state: 'crossed' }] }]);
});

test.each([
  ['too few objects to know', `${usual(20)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 200`],
  ['a second rightful way', `${usual(60)}\n${usual(50, 'auto-accept', 60)}`],
  ['a refused payment', `${usual(110)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 409`],
  ['one whose approval may lie before the evidence', `${usual(110)}\n${at(0)} human:old POST api.acme.test/claims/9999/payments 200`],
])('%s is none', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without steps that name an object it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal POST api.acme.test/payments 200');
  expect(notEvaluable).toMatchObject([{ detector: 'business-flow-skip' }]);
});

describe('a reference that goes with one object', () => {
  /** Sixty tickets for a company each, two calls under each. */
  const desk = Array.from({ length: 60 }, (_, index) =>
    [0, 1].map((call) => `${at(60 + index * 10 + call)} human:desk-${String(index % 4)} GET api.acme.test/companies/c-${String(300 + index)}/people/${String(call)}?ticket=${String(48_000 + index)} 200 s=2`).join('\n'),
  ).join('\n'); // prettier-ignore
  const under = (ticket: number, companies: readonly number[], status = 200): string =>
    companies.flatMap((company, index) => [0, 1, 2].map((person) => `${at(900 + index * 10 + person)} human:mal GET api.acme.test/companies/c-${String(company)}/people/${String(person)}?ticket=${String(ticket)} ${String(status)} s=2`)).join('\n'); // prettier-ignore

  test('is told when it is given for others, with all calls under it and what it was for', async () => {
    const { findings } = await detect(only, `${desk}\n${under(48_007, [801, 802, 803])}`);
    expect(findings).toMatchObject([
      {
        severity: 'high',
        principals: ['p-mal'],
        observed: { parameter: 'ticket', others: 3, calls: 9 },
      },
    ]);
    expect(findings[0]?.title).toContain('gave one ticket in 9 calls to 3 objects of /companies/{} that it had not been given for first');
    // A value of a query is withheld in redacted reports: it stands in the exhibit alone.
    expect(JSON.stringify({ ...findings[0], exhibits: [] })).not.toContain('48007');
    expect(findings[0]?.exhibits?.[0]?.title).toBe('What ticket 48007 was for, and what it was given for');
    expect(findings[0]?.exhibits?.[0]).toMatchObject({ steps: [{ state: 'done' }, { state: 'crossed' }, {}, {}, {}, {}, {}] });
  });

  test.each([
    ['a slip of the pen, one other company', under(48_007, [801, 801])],
    ['refused calls', under(48_007, [801, 802, 803], 403)],
    ['a new ticket for several', under(48_900, [801])],
    ['a page, which goes with everything', Array.from({ length: 300 }, (_, index) => `${at(700 + index)} human:all GET api.acme.test/companies/c-${String(300 + (index % 60))}/people/1?ticket=${String(index % 9)} 200 s=2`).join('\n')],
  ])('%s is none', async (_, text) => {
    expect((await detect(only, `${desk}\n${text}`)).findings).toEqual([]);
  }); // prettier-ignore
});
