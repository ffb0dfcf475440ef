import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['bola-ownership-mismatch'];
const PEOPLE = Array.from({ length: 8 }, (_, index) => `cus-${String(700 + index)}`);
const tokens = {
  ...Object.fromEntries(PEOPLE.map((sub) => [sub, { claims: { sub, client_id: 'web', scope: 'me.read' } }])),
  staff: { claims: { sub: 'emp-1', client_id: 'desk', scope: 'customers.read' } },
  helper: { claims: { sub: 'cus-701', client_id: 'web', scope: 'me.read', act: { sub: 'bot' } } },
};
const own = PEOPLE.flatMap((sub, who) => Array.from({ length: 9 }, (_, index) => `0${String(index)}:${String(10 + who)} human:${sub} GET api.acme.test/customers/${sub} 200 cred=${sub} s=2`)).join('\n'); // prettier-ignore
const ask = (who: string, cred: string, status = 200): string => [1, 2].map((each) => `20:0${String(each)} ${who} GET api.acme.test/customers/cus-70${String(each + 3)} ${String(status)} cred=${cred} s=2`).join('\n'); // prettier-ignore

test('a customer who asks for others is high, with claim and parameter side by side', async () => {
  const { findings } = await detect(only, `${own}\n${ask('human:cus-700', 'cus-700')}`, { tokens });
  expect(findings).toMatchObject([{ severity: 'high', observed: { othersReached: 2, claimOfCaller: 'cus-700' } }]);
  expect(findings[0]?.exhibits).toMatchObject([
    { kind: 'ledger', rows: [{ cells: [expect.any(String), 'sub cus-700', '{id} at 2 cus-704', '200'] }, {}] },
  ]);
});

test.each([
  ['an employee with scopes of his own', ask('human:emp-1', 'staff')],
  ['one for whom somebody acts with consent', ask('human:cus-701', 'helper')],
  ['refused attempts', ask('human:cus-700', 'cus-700', 403)],
  ['nobody', ''],
])('%s is none', async (_, text) => {
  expect((await detect(only, `${own}\n${text}`, { tokens })).findings).toEqual([]);
});

test('without readable tokens it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, own.replaceAll(/cred=\S+/g, ''));
  expect(notEvaluable).toEqual([
    { detector: 'bola-ownership-mismatch', reason: 'no readable token in the evidence: who a principal is must stand in its claims' },
  ]);
});

test('partners with a program each show the rule together; a program that mostly does not keep to it has another task', async () => {
  const companies = Array.from({ length: 8 }, (_, index) => `c-${String(20 + index)}`);
  const held = { ...Object.fromEntries(companies.map((company, at) => [company, { claims: { sub: `partner-${String(at)}`, client_id: `program-${String(at)}`, company } }])), close: { claims: { sub: 'close', client_id: 'close', company: 'c-20' } } };
  const kept = companies.flatMap((company, who) => Array.from({ length: 9 }, (_, index) => `0${String(index)}:${String(10 + who)} service:partner-${String(who)} GET api.acme.test/companies/${company} 200 cred=${company} s=2`)).join('\n');
  const others = (who: string, cred: string, hour: number): string => companies.slice(1, 5).map((company, at) => `${String(hour)}:0${String(at)} service:${who} GET api.acme.test/companies/${company} 200 cred=${cred} s=2`).join('\n');
  const { findings } = await detect(only, `${kept}\n${others('partner-0', 'c-20', 20)}`, { tokens: held });
  expect(findings).toMatchObject([{ principals: ['p-partner-0'], observed: { othersReached: 4, claimOfCaller: 'c-20' } }]);
  expect((await detect(only, `${kept}\n${others('close', 'close', 21)}`, { tokens: held })).findings).toEqual([]);
}); // prettier-ignore
