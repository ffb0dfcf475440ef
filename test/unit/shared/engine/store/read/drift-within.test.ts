import { expect, test } from 'vitest';
import { baselinePass } from '#shared/engine/passes/baseline.ts';
import { driftWithin } from '#shared/engine/store/read/drift-within.ts';
import { caseFromText, type TextCase } from '#test/support/calls-from-text.ts';

const hourly = (from: number, to: number, call: string, times = 2): string =>
  Array.from({ length: to - from }, (_, hour) =>
    Array.from({ length: times }, (__, at) => `${String(from + hour)}:${String(10 + at)}:00 ${call} 200`).join('\n'),
  ).join('\n');

const learn = async (text: string): Promise<TextCase> => {
  const made = caseFromText(text);
  await baselinePass.run(made.context);
  return made;
};

test('a host, an endpoint and a caller that come, a program that stays away, and a pair of known ones are told', async () => {
  const { db } = await learn(
    [
      hourly(0, 20, 'service:sync GET api.acme.test/orders'),
      hourly(0, 16, 'service:export GET api.acme.test/orders'),
      hourly(0, 16, 'service:export GET api.acme.test/cards'),
      hourly(16, 20, 'service:sync GET api.acme.test/cards'),
      hourly(16, 20, 'agent:helper POST files.example/batches'),
    ].join('\n'),
  );
  const told = driftWithin(db)?.map(({ what, change, host, principal, endpoint }) =>
    [change, what, host, principal, endpoint].filter((word) => word !== undefined).join(' '),
  );
  expect(told).toEqual([
    'new host files.example',
    'gone principal p-export',
    'new principal p-helper',
    'new endpoint POST files.example/batches',
    'new pair p-sync GET api.acme.test/cards',
  ]);
});

test('a rate is counted in the time that each side really has: the same work in a short rest is no drift, thrice as much is', async () => {
  const steady = hourly(0, 40, 'service:sync GET api.acme.test/orders', 4);
  expect(driftWithin((await learn(steady)).db)).toEqual([]);
  const more = `${hourly(0, 32, 'service:sync GET api.acme.test/orders', 4)}\n${hourly(32, 40, 'service:sync GET api.acme.test/orders', 12)}`;
  expect(driftWithin((await learn(more)).db)?.map(({ what, change }) => `${change} ${what}`)).toEqual([
    'more host',
    'more principal',
    'more endpoint',
  ]);
});

test('people and strangers that come say nothing; evidence without a usual time has no drift', async () => {
  const text = `${hourly(0, 20, 'service:sync GET api.acme.test/orders')}\n18:40:00 human:ann GET api.acme.test/orders 200\n18:41:00 service:crawler GET api.acme.test/orders 200`;
  const made = caseFromText(text);
  made.db.exec("UPDATE principal SET weak = 1 WHERE label = 'crawler'");
  await baselinePass.run(made.context);
  expect(driftWithin(made.db)).toEqual([]);
  expect(driftWithin((await learn(hourly(0, 3, 'service:sync GET api.acme.test/orders'))).db)).toBeUndefined();
});

test('another sighting of a call and a call without a time count on neither side', async () => {
  const steady = hourly(0, 40, 'service:sync GET api.acme.test/orders', 4);
  const untimed = Array.from({ length: 200 }, () => '- service:sync GET api.acme.test/orders 200').join('\n');
  const again = hourly(32, 40, 'service:sync GET api.acme.test/orders', 20);
  const made = caseFromText(`${steady}\n${untimed}\n${again.replaceAll(' 200', ' 200 in=envoy')}`);
  made.db.exec(
    "UPDATE call_fact SET same_as = 1 WHERE call_id IN (SELECT c.id FROM call c JOIN source s ON s.id = c.source_id WHERE s.name LIKE 'envoy%')",
  );
  made.db.exec('UPDATE principal SET calls = (SELECT count(*) FROM call_fact f WHERE f.principal_id = principal.id)');
  made.db.exec('UPDATE endpoint SET calls = (SELECT count(*) FROM call_fact f WHERE f.endpoint_id = endpoint.id)');
  await baselinePass.run(made.context);
  expect(driftWithin(made.db)).toEqual([]);
});
