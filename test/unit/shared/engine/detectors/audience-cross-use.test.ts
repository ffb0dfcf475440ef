import { expect, test } from 'vitest';
import { setGiven } from '#shared/engine/passes/baseline/chosen.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const tokens = {
  'jwt-1': { claims: { iss: 'i', sub: 'ann', aud: 'orders' } },
  'jwt-2': { claims: { iss: 'i', sub: 'bob', aud: 'billing' } },
  'jwt-4': { claims: { iss: 'i', sub: 'dan', aud: 'https://tools.acme.test' } },
  'jwt-5': { claims: { iss: 'i', sub: 'eve', aud: 'orders' } },
  'jwt-6': { claims: { iss: 'i', sub: 'fay', aud: 'orders' } },
  'jwt-3': { claims: { iss: 'i', sub: 'cid', aud: ['orders', 'billing'] } },
};
const run = (text: string): Promise<Detected> => detect(['audience-cross-use'], text, { tokens });
const many = (host: string, token: string, count = 25): string => Array.from({ length: count }, (_, index) => `00:${String(index).padStart(2, '0')} human:ann GET ${host}/things 200 cred=${token}`).join('\n'); // prettier-ignore
const usual = `${many('orders.acme.test', 'jwt-1')}\n${many('billing.acme.test', 'jwt-2')}`;

test('a token for orders that billing accepts is a finding', async () => {
  const { findings } = await run(`${usual}\n01:00:00 human:ann GET billing.acme.test/things 200 cred=jwt-1`);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      credentials: ['jwt-1'],
      calls: ['kong#51'],
      observed: { host: 'billing.acme.test', audience: 'orders' },
      expected: { audience: 'billing' },
    },
  ]);
});

test('what three callers do from the first hours on is how the service is run: a weakness, no event', async () => {
  const habit = ['ann jwt-1', 'eve jwt-5', 'fay jwt-6'].map((who, at) => {
    const [name = '', token = ''] = who.split(' ');
    return `00:4${String(at)}:00 human:${name} GET billing.acme.test/things 200 cred=${token}`;
  });
  const judge = (until: number): Promise<Detected> =>
    detect(['audience-cross-use'], [usual, ...habit].join('\n'), { tokens }, ({ db }) => {
      setGiven(db, { until: TEXT_START + until });
    });
  expect((await judge(3_600_000_000)).findings).toMatchObject([{ severity: 'low', expected: { principalsWhoUsuallyDoIt: 3 } }]);
  expect((await judge(1_800_000_000)).findings).toMatchObject([{ severity: 'medium', expected: { principalsWhoUsuallyDoIt: 0 } }]);
});

test('refused, named among several audiences, or at a host that is not known yet: none', async () => {
  expect((await run(`${usual}\n01:00:00 human:ann GET billing.acme.test/things 403 cred=jwt-1`)).findings).toEqual([]);
  expect((await run(`${usual}\n01:00:00 human:cid GET billing.acme.test/things 200 cred=jwt-3`)).findings).toEqual([]);
  expect((await run(`${usual}\n01:00:00 human:ann GET new.acme.test/things 200 cred=jwt-1`)).findings).toEqual([]);
});

test('one audience for several hosts is how it is meant', async () => {
  expect((await run(`${many('orders.acme.test', 'jwt-1')}\n${many('tools.acme.test', 'jwt-1')}`)).findings).toEqual([]);
});

test('an audience that names a domain stands for the hosts below it', async () => {
  const below = `${many('tracker.tools.acme.test', 'jwt-2')}\n${many('deploy.tools.acme.test', 'jwt-4')}`;
  expect((await run(`${below}\n01:00:00 human:dan GET tracker.tools.acme.test/things 200 cred=jwt-4`)).findings).toEqual([]);
});

test('without audiences it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 cred=key-1')).notEvaluable).toHaveLength(1);
});

test('few in what is usual, yet as often as later: the service is run so; what hardly began there is an event', async () => {
  const crossing = (minute: number, who: string, token: string): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:30 human:${who} GET billing.acme.test/things 200 cred=${token}`;
  const early = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => crossing(30 + index, 'ann', 'jwt-1'));
  const later = ['eve jwt-5', 'fay jwt-6'].flatMap((each, at) => Array.from({ length: 3 }, (_, index) => crossing(70 + at * 20 + index, ...(each.split(' ') as [string, string]))));
  const judge = (...lines: readonly string[]): Promise<Detected> =>
    detect(['audience-cross-use'], [usual, ...lines].join('\n'), { tokens }, ({ db }) => {
      setGiven(db, { until: TEXT_START + 3_600_000_000 });
    });
  expect((await judge(...early(6), ...later)).findings).toMatchObject([{ severity: 'low', expected: { principalsWhoUsuallyDoIt: 1 } }]);
  expect((await judge(...early(2), ...later)).findings).toMatchObject([{ severity: 'medium' }]);
}); // prettier-ignore
