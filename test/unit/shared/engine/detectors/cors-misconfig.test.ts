import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['cors-misconfig'];
const answer = (origin: string, allowed: string, credentials = 'true'): { request: string[]; response: string[] } => ({
  request: [`Origin: ${origin}`],
  response: [`Access-Control-Allow-Origin: ${allowed}`, `Access-Control-Allow-Credentials: ${credentials}`],
});
const run = (first: ReturnType<typeof answer>, second: ReturnType<typeof answer>): Promise<Detected> =>
  detect(only, '00:01 human:ann GET api.acme.test/me 200 in=har.har\n00:02 human:ann GET api.acme.test/me 200 in=har.har', {
    headers: { 'har.har#1': first, 'har.har#2': second },
  });

test('two foreign origins that are echoed with credentials are a finding', async () => {
  const { findings } = await run(answer('https://a.evil', 'https://a.evil'), answer('https://b.example', 'https://b.example'));
  expect(findings).toMatchObject([{ severity: 'medium', observed: { fault: 'any-origin', answers: 2, withoutVaryOrigin: 2 } }]);
});

test('the null origin with credentials is a finding', async () => {
  const { findings } = await run(answer('null', 'null'), answer('https://www.acme.test', 'https://www.acme.test'));
  expect(findings).toMatchObject([{ observed: { fault: 'null-origin', answers: 1 } }]);
});

test.each([
  ['origins of the same site', answer('https://www.acme.test', 'https://www.acme.test'), answer('https://shop.acme.test', 'https://shop.acme.test')],
  ['one partner', answer('https://a.evil', 'https://a.evil'), answer('https://b.example', 'https://a.evil')],
  ['echoes without credentials', answer('https://a.evil', 'https://a.evil', 'false'), answer('https://b.example', 'https://b.example', 'false')],
])('%s are none', async (_, first, second) => {
  expect((await run(first, second)).findings).toEqual([]);
}); // prettier-ignore

test('without headers it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/me 200');
  expect(notEvaluable).toEqual([{ detector: 'cors-misconfig', reason: 'no source keeps the headers of answers' }]);
});
