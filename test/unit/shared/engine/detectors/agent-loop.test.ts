import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['agent-loop'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

/** Reads a ticket and answers it, every quarter of an hour, from the second day on. */
const circle = (times: number): string =>
  lines(
    times,
    (index) => `${clock(90_000 + index * 900)} agent:bot GET api.acme.test/v1/tickets/81 200
    ${clock(90_010 + index * 900)} agent:bot POST api.acme.test/v1/tickets/81/replies 201`,
  );
const before = lines(40, (index) => `${clock(index * 2_000)} agent:bot GET api.acme.test/v1/tickets/${String(index)} 200`);

test('the same answer to the same ticket twenty-five times is a loop that changes things', async () => {
  const { findings } = await detect(`${before}\n${circle(25)}`);
  expect(findings).toMatchObject([{ severity: 'high', observed: { repeats: 25, requestsInCircle: 2, repeatedWrites: 25 } }]);
  expect(findings[0]?.calls).toHaveLength(50);
});

test('a model that is asked at each step, and a list that is read by the hour, hide no circle and are none of its turns', async () => {
  const model = lines(120, (index) => `${clock(90_005 + index * 180)} agent:bot POST model.test/v1/chat/completions 200`);
  const list = lines(40, (index) => `${clock(60_000 + index * 2_400)} agent:bot GET api.acme.test/v1/tickets 200`);
  const { findings } = await detect(`${before}\n${circle(25)}\n${model}\n${list}`);
  expect(findings).toMatchObject([{ observed: { repeats: 25, requestsInCircle: 2 } }]);
  expect((await detect(`${before}\n${model}\n${list}`)).findings).toEqual([]);
});

test('an agent that reads one thing again and again without pause is in a loop', async () => {
  const reads = lines(120, (index) => `${clock(90_000 + index * 2)} agent:bot GET api.acme.test/v1/orders/7 200`);
  expect((await detect(`${before}\n${reads}`)).findings).toMatchObject([{ severity: 'medium', observed: { repeats: 120 } }]);
});

test('asking for a state every second, a hundred times, is no polling any more', async () => {
  const polls = lines(120, (index) => `${clock(90_000 + index)} agent:bot GET api.acme.test/v1/exports/77/status 200`);
  expect((await detect(`${before}\n${polls}`)).findings).toMatchObject([{ severity: 'medium', observed: { repeats: 120 } }]);
});

test('polling the state of a job, and nineteen turns, are no loop', async () => {
  const polls = lines(120, (index) => `${clock(90_000 + index * 2)} agent:bot GET api.acme.test/v1/exports/7/status 200`);
  expect((await detect(`${before}\n${polls}`)).findings).toEqual([]);
  expect((await detect(`${before}\n${circle(19)}`)).findings).toEqual([]);
});

test('a circle whose POST only reads, as gRPC and JSON-RPC send it, changes nothing', async () => {
  const asked = circle(25).replaceAll(/v1\/tickets\/81\/replies 201/g, 'shop.Tickets/GetReplies 200');
  expect((await detect(`${before}\n${asked}`)).findings).toEqual([]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'agent-loop', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
