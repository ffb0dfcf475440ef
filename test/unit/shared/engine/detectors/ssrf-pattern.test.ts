import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['ssrf-pattern'];

test('a metadata address that was answered is high, critical once the server called it', async () => {
  const line = '00:01 agent:bot GET api.acme.test/preview?url=http%3A%2F%2F169.254.169.254%2Flatest%2Fmeta-data%2F 200';
  expect((await detect(only, line)).findings).toMatchObject([{ severity: 'high', observed: { kinds: ['metadata service'], answered: 1 } }]);
  const { findings } = await detect(only, `${line}\n00:02 service:fetcher GET 169.254.169.254/latest/meta-data/ 200 in=envoy`);
  expect(findings).toMatchObject([{ severity: 'critical', confidence: 'observed', calls: ['kong#1', 'envoy#1'] }]);
});

test('the server’s own call is found behind a clock that runs ahead, once ids have shown by how much', async () => {
  const times = [1, 2, 3, 4].map((minute) => `0${String(minute)}`);
  const run = times.map(
    (minute, at) => `
    ${minute}:01.0  agent:bot        POST  tools.test/run  -    in=otel span=s${String(at)} dur=200 id=r${String(at)} <= $.url=http://169.254.169.254/latest/${String(at)}
    ${minute}:48.1  service:fetcher  GET   169.254.169.254/latest/${String(at)}  200  in=envoy dur=90 id=r${String(at)}`,
  );
  const { findings } = await detect(only, run.join(''));
  expect(findings).toMatchObject([{ observed: { requests: 4, fetchedByServer: 4 } }]);
  const apart = run.join('').replaceAll(/in=envoy dur=90 id=r\d/g, 'in=envoy dur=90');
  expect((await detect(only, apart)).findings).toMatchObject([{ observed: { requests: 4, fetchedByServer: 0 } }]);
});

test('a refused attempt is low, and one in a body is seen', async () => {
  const { findings } = await detect(only, '00:01 human:mal POST api.acme.test/hooks 400 in=har.har', {
    requests: { 'har.har#1': '{"callback":"http://127.0.0.1:9200/_cat"}' },
  });
  expect(findings).toMatchObject([{ severity: 'low', exhibits: [{ kind: 'ledger', rows: [{ tone: 'refused' }] }] }]);
  expect(JSON.stringify(findings[0]?.exhibits)).toContain('hxxp://127[.]0[.]0[.]1:9200');
});

test.each([
  ['a public address', '00:01 agent:bot GET api.acme.test/preview?url=https%3A%2F%2Fcdn.example.com%2Fa.png 200'],
  [
    'an inner address that three principals name',
    ['a', 'b', 'c'].map((who) => `00:01 service:${who} GET api.acme.test/sync?url=http%3A%2F%2F10.0.0.5%2Fx 200`).join('\n'),
  ],
])('%s is none', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without queries and bodies it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 agent:bot GET api.acme.test/preview 200');
  expect(notEvaluable).toEqual([{ detector: 'ssrf-pattern', reason: 'neither query strings nor bodies of requests in the evidence' }]);
});

test('a call without a status is unknown, not refused: it is told so, and what its answer holds counts', async () => {
  const line = '00:01 agent:bot POST api.acme.test/tools/fetch - in=har.har';
  const sent = { 'har.har#1': '{"url":"http://169.254.169.254/latest/meta-data/iam/security-credentials/web"}' };
  const { findings } = await detect(only, line, { requests: sent });
  expect(findings).toMatchObject([{ severity: 'medium', observed: { answered: 0, withoutRecordedAnswer: 1 } }]);
  expect(findings[0]?.title).toMatch(/in 1 request, 1 without a recorded answer$/);
  expect(findings[0]?.exhibits).toMatchObject([{ rows: [{ tone: 'grave', cells: { 3: 'without a recorded answer' } }] }]);
  const refused = await detect(only, line.replace(' - ', ' 403 '), { requests: sent });
  expect(refused.findings).toMatchObject([{ severity: 'low', title: expect.stringMatching(/all refused$/) as string }]);
});
