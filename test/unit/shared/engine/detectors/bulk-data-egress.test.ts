import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['bulk-data-egress'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

const hoursOf = (who: string): string =>
  lines(60, (index) => `${clock(index * 3_600)} ${who} GET api.acme.test/v1/customers 200 s=2 answer=${String(4_000 + (index % 7) * 100)}`);

test('an hour with five thousand times the usual bytes is a mass of data', async () => {
  const mass = lines(20, (index) => `${clock(150_000 + index)} agent:bot GET api.acme.test/v1/customers 200 s=2 answer=1000000`);
  const { findings } = await detect(`${hoursOf('agent:bot')}\n${mass}`);
  expect(findings).toMatchObject([{ severity: 'medium', observed: { calls: 21 } }]);
});

test('a service that does so makes a report, and small hours are none', async () => {
  const mass = lines(20, (index) => `${clock(150_000 + index)} service:report GET api.acme.test/v1/customers 200 s=2 answer=1000000`);
  expect((await detect(`${hoursOf('service:report')}\n${mass}`)).findings).toEqual([]);
  expect((await detect(hoursOf('agent:bot'))).findings).toEqual([]);
});

test('without sizes nothing is measured', async () => {
  const { notEvaluable } = await detect('00:01 agent:bot GET api.acme.test/v1/customers 200');
  expect(notEvaluable).toMatchObject([{ reason: 'no source says how long answers were' }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 answer=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'bulk-data-egress', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});

test('a stranger who fetches what as many others ask for without a credential downloads', async () => {
  const visitors = (count: number): string =>
    lines(
      60,
      (index) =>
        `${clock(index * 3_600)} human:v${String(index % count)} GET www.acme.test/files/app.tar 200 tpl=/files/{file} answer=1000`,
    );
  const fetched = `${clock(150_000)} human:mirror GET www.acme.test/files/app.tar 200 tpl=/files/{file} answer=60000000`;
  const asStrangers = (text: string): Promise<Detected> =>
    detectWith(['bulk-data-egress'], text, {}, ({ db }) => {
      db.exec('UPDATE principal SET weak = 1');
    });
  expect((await asStrangers(`${visitors(6)}\n${fetched}`)).findings).toEqual([]);
  expect((await asStrangers(`${visitors(1)}\n${fetched}`)).findings).toHaveLength(1);
});

test('files that name nobody are a note, unless they are so many times more than ever', async () => {
  const files = (bytes: number): string =>
    `${hoursOf('agent:bot').replaceAll('s=2', 's=0')}\n${lines(20, (index) => `${clock(150_000 + index)} agent:bot GET api.acme.test/v1/customers 200 s=0 answer=${String(bytes)}`)}`;
  expect((await detect(files(10_000_000))).findings).toMatchObject([{ severity: 'medium' }]);
  expect((await detect(files(1_000_000))).findings).toMatchObject([{ severity: 'low' }]);
});

test('agents that are given short answers by models and long ones by stores do not excuse one that is given thousands of times the most of any', async () => {
  // Ten agents, half of them with hours of 400 B and half with hours of 60 kB: the spread of both together would excuse anything.
  const kind = Array.from({ length: 10 }, (_, agent) => lines(40, (index) => `${clock(index * 3_600 + agent)} agent:a${String(agent)} GET ${agent % 2 === 0 ? 'model.acme.test/chat' : 'files.acme.test/docs'} 200 s=0 ip=10.0.0.${String(agent)} answer=${agent % 2 === 0 ? '400' : String(60_000 + index * 100)}`)).join('\n');
  const mass = lines(20, (index) => `${clock(150_000 + index)} agent:a3 GET files.acme.test/docs 200 s=0 ip=203.0.113.9 answer=20000000`);
  const { findings } = await detect(`${kind}\n${mass}`);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      observed: { bytesTaken: 400_000_000, takenFrom: ['GET files.acme.test/docs: 400.0 MB in 20 answers'] },
      exhibits: [{ kind: 'ledger', rows: [{ cells: ['a3', '203.0.113.0/24', 'GET files.acme.test/docs', '20', '400.0 MB'] }] }, { kind: 'curve' }],
    },
  ]);
  expect((await detect(kind)).findings).toEqual([]);
}); // prettier-ignore
