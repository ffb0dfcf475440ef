import { expect, test } from 'vitest';
import type { TextOptions } from '#test/support/calls-from-text.ts';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string, options?: TextOptions): Promise<Detected> => detectWith(['bola-enumeration'], text, options);

const clock = (second: number): string => `${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
const walk = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const others = walk(
  40,
  (index) =>
    `0+0${String(1 + (index % 8))}:00:${String(10 + index)} human:user-${String(index)} GET api.acme.test/v1/customers/${String(70_000 + index * 37)} 200 s=2`,
);

test('forty consecutive ids in as many seconds are an enumeration, high once objects were handed out', async () => {
  const { findings } = await detect(
    `${walk(40, (index) => `${clock(index)} agent:bot GET api.acme.test/v1/customers/${String(10_400 + index)} ${index % 10 === 9 ? '404' : '200'} s=2`)}\n${others}`,
  );
  expect(findings).toMatchObject([
    {
      severity: 'high',
      principals: ['p-bot'],
      endpoints: ['GET api.acme.test/v1/customers/{id}'],
      observed: { distinctIds: 40, consecutiveShare: 1, refusedOrMissingShare: 0.1, successes: 36, firstId: 10_400, lastId: 10_439 },
      severityWhy: 'medium + 1 (36 calls were answered with the object) = high',
    },
  ]);
  expect(findings[0]?.calls).toHaveLength(40);
});

test('the same on the most sensitive class of data is critical', async () => {
  const { findings } = await detect(
    walk(40, (index) => `${clock(index)} agent:bot GET api.acme.test/v1/cards/${String(10_400 + index)} 200 s=3`),
  );
  expect(findings.map((finding) => finding.severity)).toEqual(['critical']);
});

test('when every attempt fails it is no more than low', async () => {
  const { findings } = await detect(
    walk(40, (index) => `${clock(index)} agent:bot GET api.acme.test/v1/customers/${String(10_400 + index)} 403 s=2`),
  );
  expect(findings.map((finding) => finding.severity)).toEqual(['low']);
});

test('nineteen ids are a busy minute, not a walk', async () => {
  const { findings } = await detect(
    `${walk(19, (index) => `${clock(index)} agent:bot GET api.acme.test/v1/customers/${String(10_400 + index)} 200 s=2`)}\n${others}`,
  );
  expect(findings).toEqual([]);
});

test('many scattered ids that a list had given are work', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `ord_${(index * 7_919_317 + 123_456_789).toString(36)}x${String(index * 31)}`);
  const list = `00:00 service:sync GET api.acme.test/v1/orders 200 => ${ids.map((id, index) => `$.items[${String(index)}].id=${id}`).join(' ')}`;
  const { findings } = await detect(
    `${list}\n${ids.map((id, index) => `${clock(index + 2)} service:sync GET api.acme.test/v1/orders/${id} 200 tpl=/v1/orders/{id} s=2`).join('\n')}`,
  );
  expect(findings).toEqual([]);
});

test('the same scattered ids without a list before them came from elsewhere', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `ord_${(index * 7_919_317 + 123_456_789).toString(36)}x${String(index * 31)}`);
  const { findings } = await detect(
    `00:00 service:sync GET api.acme.test/v1/orders 200 => $.total=a-value-of-some-length-1\n${ids.map((id, index) => `${clock(index + 2)} service:sync GET api.acme.test/v1/orders/${id} 200 tpl=/v1/orders/{id} s=2`).join('\n')}`,
  );
  expect(findings).toMatchObject([{ confidence: 'observed', observed: { neverListedShare: 1 } }]);
});

test('a job that does it every night is work', async () => {
  const nights = [0, 1, 2, 3]
    .map((night) =>
      walk(
        40,
        (index) =>
          `${String(night)}+02:00:${String(index).padStart(2, '0')} service:export GET api.acme.test/v1/customers/${String(10_400 + index)} 200 s=2`,
      ),
    )
    .join('\n');
  expect((await detect(nights)).findings).toEqual([]);
});

test('a page counter in the path is no id', async () => {
  const { findings } = await detect(
    walk(40, (index) => `${clock(index)} agent:bot GET api.acme.test/v1/list/${String(1 + index)} 200 tpl=/v1/list/{page} s=2`),
  );
  expect(findings).toEqual([]);
});

test('a scanner that guesses at paths which do not exist is no walk through objects', async () => {
  const { findings } = await detect(
    walk(40, (index) => `${clock(index)} agent:scanner GET api.acme.test/${String(10_400 + index)} 404 s=2`),
  );
  expect(findings).toEqual([]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    walk(40, (index) => `${clock(index)} - GET api.acme.test/v1/customers/${String(10_400 + index)} 200`),
  );
  expect(notEvaluable).toEqual([
    { detector: 'bola-enumeration', reason: 'no call names its principal: no consumer, credential or client address in the evidence' },
  ]);
});

test('one walk through the same objects by several endpoints is one finding with all its calls', async () => {
  const { findings } = await detect(
    walk(30, (index) => {
      const id = String(10_400 + index);
      return `${clock(index * 2)} agent:bot GET api.acme.test/v1/customers/${id} 200 s=2 tpl=/v1/customers/{id}
        ${clock(index * 2 + 1)} agent:bot GET api.acme.test/v1/customers/${id}/notes 200 s=2 tpl=/v1/customers/{id}/notes`;
    }),
  );
  expect(findings).toHaveLength(1);
  expect(findings[0]?.calls).toHaveLength(60);
  expect(findings[0]?.endpoints).toHaveLength(2);
  expect(findings[0]?.summary).toContain('and through 1 more endpoint of the same objects');
});

/** Customers who open their own account now and then over three days. */
const owners = walk(
  240,
  (index) =>
    `${String(Math.floor(index / 80))}+${String(8 + (Math.floor(index / 10) % 8)).padStart(2, '0')}:${String((index % 10) * 5).padStart(2, '0')}:00 human:user-${String(index % 40)} GET api.acme.test/v1/accounts/${String(70_000 + (index % 40) * 37)} 200 s=2`,
);
const quiet = (fails: number): string =>
  walk(30, (index) => {
    const minutes = 1_500 + index * 40;
    return `${String(Math.floor(minutes / 1440))}+${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00 human:mallory GET api.acme.test/v1/accounts/${String(70_000 + index * 37)} ${index < fails ? '404' : '200'} s=2`;
  });

test('a customer who opens the accounts of others one by one over a day is found by what it comes to', async () => {
  const { findings } = await detect(`${owners}\n${quiet(2)}`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-mallory'], observed: { distinctIds: 30 } }]);
  expect(findings[0]?.calls).toHaveLength(30);
});

/** Ten visits of three accounts each, two of all refused. */
const visits = (line: (minute: string, at: number) => string): string =>
  walk(30, (index) => {
    const minutes = 1_500 + Math.floor(index / 3) * 120 + (index % 3) * 5 + 5;
    return line(
      `${String(Math.floor(minutes / 1440))}+${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
      index,
    );
  });
const visited = visits(
  (minute, at) => `${minute}:00 human:mallory GET api.acme.test/v1/accounts/${String(70_000 + at * 37)} ${at < 2 ? '404' : '200'} s=2`,
);

test('who asks for the list before each visit works with what the list gives', async () => {
  const lists = visits((minute, at) =>
    at % 3 === 0 ? `${minute.replace(/05$/, '01')}:00 human:mallory GET api.acme.test/v1/accounts 200` : '',
  ).replaceAll(/\n+/g, '\n');
  expect((await detect(`${owners}\n${visited}`)).findings).toMatchObject([{ principals: ['p-mallory'], observed: { distinctIds: 30 } }]);
  expect((await detect(`${owners}\n${visited}\n${lists}`)).findings).toEqual([]);
});

test('an employee who does so among other work is at work', async () => {
  const work = walk(
    40,
    (index) =>
      `1+${String(8 + Math.floor(index / 5)).padStart(2, '0')}:${String((index % 5) * 10 + 3)}:00 human:mallory GET api.acme.test/v1/tickets 200`,
  );
  expect((await detect(`${owners}\n${quiet(2)}\n${work}`)).findings).toEqual([]);
});

const hour = (index: number): string => `${String(Math.floor(index / 24))}+${String(index % 24).padStart(2, '0')}`;
const daily = Array.from({ length: 30 }, (_, index) => `${hour(index)}:05:00 agent:helper GET api.acme.test/orders/ord-a1 200`);
const strangers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${hour(index * 9)}:06:00 agent:helper GET api.acme.test/orders/ord-x${String(index)} 200`);

test('a program that always asks for the same object and three times for another is told, with those three', async () => {
  const { findings } = await detect([...daily, ...strangers(3)].join('\n'));
  expect(findings).toMatchObject([{ severity: 'medium', calls: ['kong#31', 'kong#32', 'kong#33'], observed: { otherObjects: 3 } }]);
});

test('two others may be its own new ones; nor is a program told that works with whatever comes, nor a person', async () => {
  expect((await detect([...daily, ...strangers(2)].join('\n'))).findings).toEqual([]);
  const busy = Array.from(
    { length: 30 },
    (_, index) => `${hour(index)}:06:00 agent:helper GET api.acme.test/orders/ord-y${String(index)} 200`,
  );
  expect((await detect([...daily, ...busy].join('\n'))).findings).toEqual([]);
  expect((await detect([...daily, ...strangers(3)].join('\n').replaceAll('agent:helper', 'human:ann'))).findings).toEqual([]);
});

test('the half of a walk that lies after midnight is no habit of its principal', async () => {
  const walked = walk(
    60,
    (index) =>
      `${index < 30 ? `1+23:57:${String(10 + index)}` : `2+00:00:${String(10 + index - 30)}`} human:mal GET api.acme.test/v1/customers/${String(10_400 + index)} 200 s=2`,
  );
  expect((await detect(`${walked}\n${others}`)).findings).toMatchObject([{ expected: { callersOwnMost: 0 } }]);
});

/** Runs of a program four hours apart, as the ids that each asks for; one that begins with `list` asks for the list first. */
const runs = (...asked: readonly string[]): string =>
  asked
    .flatMap((ids, run) =>
      ids.split(' ').map((id, at) => {
        const clock = `${String(Math.floor(run / 6))}+${String((run % 6) * 4).padStart(2, '0')}:05:0${String(at)}`;
        return `${clock} agent:books GET api.acme.test/${id === 'list' ? 'me/bills' : `bills/b-${id}`} 200`;
      }),
    )
    .join('\n');
const LISTED = ['list a1 b1', 'list a1', 'list a1 c1', 'list b1', 'list a1 b1 c1', 'list b1', 'list a1'];

test('three runs without the list, each with an object of its own and one that no list gave it, are told', async () => {
  const { findings } = await detect(runs(...LISTED, 'a1 x1 b1', 'a1 y1 b1', 'a1 z1 b1'));
  expect(findings).toMatchObject([
    { severity: 'medium', observed: { otherObjects: 3, calls: 3 }, expected: { runsWithItsList: 7, runs: 10 } },
  ]);
});

test('new objects that the list had, those that a message sends it to, and two only are its work', async () => {
  expect((await detect(runs(...LISTED, 'list a1 x1 b1', 'list a1 y1 b1', 'list a1 z1 b1'))).findings).toEqual([]);
  expect((await detect(runs(...LISTED, 'x1', 'y1', 'z1'))).findings).toEqual([]);
  expect((await detect(runs(...LISTED, ...LISTED, 'a1 x1 b1', 'a1 y1 b1'))).findings).toEqual([]);
});

test('a program that seldom asks for its list comes by its objects in another way', async () => {
  const other = Array.from({ length: 9 }, () => 'a1 b1');
  expect((await detect(runs(...LISTED, ...other, 'a1 x1 b1', 'a1 y1 b1', 'a1 z1 b1'))).findings).toEqual([]);
});

/** Bills of a dozen people, one each, and sixty in ten minutes by an agent, four of which are theirs; `shared` lets everybody open everything. */
const bills = (who: string, shared = false): string =>
  [
    ...Array.from({ length: 12 }, (_, at) => `${hour(at)}:05:00 human:p${String(at)} GET api.acme.test/bills/b-${String(at)}q 200`),
    ...(shared ? Array.from({ length: 12 }, (_, at) => `${hour(at)}:15:00 human:p${String((at + 1) % 12)} GET api.acme.test/bills/b-${String(at)}q 200`) : []),
    ...Array.from({ length: 60 }, (_, at) => `1+15:0${String(Math.floor(at / 10))}:${String((at % 10) * 5).padStart(2, '0')} ${who} GET api.acme.test/bills/b-${String(at < 4 ? at : at * 7919)}q 200`),
  ].join('\n'); // prettier-ignore

test('many objects at once of a collection of private ones are told where several are those of others', async () => {
  expect((await detect(bills('agent:books'))).findings).toMatchObject([
    { observed: { distinctIds: 60, objectsOfOthers: 4, ownersReached: 4 }, expected: { objectsWithOneUser: '12 of 12' } },
  ]);
});

test('where objects are shared, and for a service that works on everybody’s, they are not', async () => {
  expect((await detect(bills('agent:books', true))).findings).toEqual([]);
  expect((await detect(bills('service:books'))).findings).toEqual([]);
});

/** Five nights in which an account counts up, a call every four minutes, a sixth of the ids not there; partners with twenty of their own by day. */
const partners = walk(600, (index) => {
  const day = Math.floor(index / 100);
  const [hour, minute] = [8 + Math.floor((index % 100) / 12), (index % 12) * 5];
  return `${String(day)}+${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:30 service:partner-${String(index % 10)} GET api.acme.test/v2/invoices/${String(50_000 + (index % 10) * 400 + (Math.floor(index / 10) % 20) * 7)} 200 s=2`;
});
const nights = (who: string, from: number, step: (index: number) => number, misses = true): string =>
  walk(250, (index) => {
    const minutes = (index % 50) * 4;
    return `${String(1 + Math.floor(index / 50))}+${String(1 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:07 service:${who} GET api.acme.test/v2/invoices/${String(from + step(index))} ${misses && index % 6 === 5 ? '404' : '200'} s=2`;
  });

test('accounts of programs that count up night after night are one walk, however many objects others have', async () => {
  const two = `${nights('a', 60_000, (index) => index)}\n${nights('b', 61_000, (index) => index)}`;
  const { findings } = await detect(`${partners}\n${two}`);
  expect(findings).toMatchObject([
    {
      severity: 'critical',
      principals: ['p-a', 'p-b'],
      observed: { distinctIds: 500, distinctIdsOfEach: [250, 250], objectsComeBackTo: [0, 0], shareOfCallersCalls: [1, 1] },
    },
  ]);
  expect(findings[0]?.benignTested[0]?.result).toBe(
    'not supported: 100 % and more of the calls of each go here, and each comes back to none',
  );
});

test('a partner that asks for as many of its own, or without a miss, does not count up', async () => {
  expect((await detect(`${partners}\n${nights('a', 60_000, (index) => (index * 7_919) % 3_001)}`)).findings).toEqual([]);
  expect((await detect(`${partners}\n${nights('a', 60_000, (index) => index, false)}`)).findings).toEqual([]);
});

test('a job that asks for as many pages of the list as its objects need works with them; one page does not excuse a walk', async () => {
  const job = (pages: number, bytes: number): string =>
    `${walk(pages, (page) => `2+03:00:${String(page).padStart(2, '0')} service:billing GET api.acme.test/v2/invoices 200 answer=${String(bytes)}`)}\n${walk(
      60,
      (index) =>
        `2+03:01:${String(index).padStart(2, '0')} service:billing GET api.acme.test/v2/invoices/${String(50_000 + index)}/pdf 200 s=2`,
    )}`;
  expect((await detect(`${partners}\n${job(6, 20_000)}`)).findings).toEqual([]);
  expect((await detect(`${partners}\n${job(1, 400)}`)).findings).toMatchObject([{ principals: ['p-billing'] }]);
});

test('a long job that works through page after page of its list is held against all of its pages, not against the first of them', async () => {
  const job = Array.from({ length: 2_600 }, (_, second) => {
    const time = `2+03:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
    const page = second % 100 === 0 ? [`${time} service:billing GET api.acme.test/v2/invoices 200 answer=2000`] : [];
    return [...page, `${time}.5 service:billing GET api.acme.test/v2/invoices/${String(50_000 + second)}/pdf 200 s=2`].join('\n');
  }).join('\n');
  expect((await detect(job)).findings).toEqual([]);
});

test('objects that one other principal had just changed were handed over, and going through them is low', async () => {
  const read = walk(30, (index) => `2+10:00:${String(10 + index)} agent:new GET api.acme.test/v1/jobs/${String(10_400 + index)} 200`);
  const given = (count: number): string =>
    walk(count, (index) => `2+09:20:${String(10 + index)} human:clerk PUT api.acme.test/v1/jobs/${String(10_400 + index)}/holder 200`);
  const found = async (count: number) =>
    (await detect(`${read}\n${given(count)}\n${others}`)).findings.filter(({ principals }) => principals.includes('p-new'));
  expect(await found(30)).toMatchObject([{ severity: 'low', severityWhy: expect.stringContaining('clerk changed 100 %') as string }]);
  expect(await found(10)).toMatchObject([{ severity: 'high' }]);
});

test.each([
  ['in another collection with the same numbers', 30, 30, '09:20', 'carts'],
  ['after the walk came to them', 30, 30, '10:00', 'jobs'],
  ['among a hundred others', 30, 100, '09:20', 'jobs'],
])('objects were not handed over where they were changed %s', async (_, read, changed, at, collection) => {
  const second = (index: number): string => String(at === '10:00' ? 11 + (index % 30) : index % 60).padStart(2, '0');
  const text = `${walk(read, (index) => `2+10:00:${String(10 + index)} agent:new GET api.acme.test/v1/jobs/${String(10_400 + index)} 200`)}
    ${walk(changed, (index) => `2+${at}:${second(index)} human:clerk PUT api.acme.test/v1/${collection}/${String(10_400 + index)}/holder 200`)}
    ${others}`;
  const found = (await detect(text)).findings.filter(({ principals }) => principals.includes('p-new'));
  expect(found).toMatchObject([{ severity: 'high', severityWhy: expect.not.stringContaining('hands work over') as string }]);
});

/** A service at its usual work from inside, then a run over everything; `run` is what differs of that. */
const migration = (run: string, status = '200'): string =>
  `${walk(30, (index) => `0+0${String(1 + (index % 9))}:10:00 service:ledger GET api.acme.test/v1/changes 200 cred=key-1 ip=192.0.2.7 ua=ledger-sync/2`)}
   ${walk(60, (index) => `0+12:00:${String(index).padStart(2, '0')} service:ledger GET api.acme.test/v1/customers/${String(20_000 + index)} ${index % 6 === 5 ? status : '200'} s=2 ${run}`)}\n${others}`; // prettier-ignore

test('a service that reads everything at one pace, as it is known and refused nothing, is a planned run and low', async () => {
  const { findings } = await detect(migration('cred=key-1 ip=192.0.2.7 ua=ledger-sync/2'));
  expect(findings).toMatchObject([{ severity: 'low', confidence: 'suspected', principals: ['p-ledger'] }]);
  expect(findings[0]?.benignTested.map(({ result }) => result).join()).toContain('likely: nothing was refused, it went on at one pace');
});

test.each([
  ['another network', 'cred=key-1 ip=185.109.216.4 ua=ledger-sync/2', '200'],
  ['a new credential', 'cred=key-2 ip=192.0.2.7 ua=ledger-sync/2', '200'],
  ['another program', 'cred=key-1 ip=192.0.2.7 ua=curl/8', '200'],
  ['refusals', 'cred=key-1 ip=192.0.2.7 ua=ledger-sync/2', '403'],
])('with %s it is no planned run', async (_, run, status) => {
  expect((await detect(migration(run, status))).findings).toMatchObject([{ severity: 'high' }]);
});

test('a service that is new in the evidence reads by its right from inside, not from anywhere else', async () => {
  const fresh = (ip: string): string => migration(`cred=key-1 ip=${ip} ua=ledger-sync/2`).replaceAll(/^.*\/v1\/changes.*$/gm, '');
  expect((await detect(fresh('10.4.0.9'))).findings).toMatchObject([{ severity: 'low' }]);
  expect((await detect(fresh('185.109.216.4'))).findings).toMatchObject([{ severity: 'high' }]);
});
