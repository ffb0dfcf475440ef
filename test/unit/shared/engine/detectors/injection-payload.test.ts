import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['injection-payload'];
const usual = Array.from({ length: 30 }, (_, index) => `01:${String(10 + index)} human:u${String(index)} GET api.acme.test/search?q=shoe 200 dur=40`).join('\n'); // prettier-ignore

test('a payload without an effect is low, refused ones are less', async () => {
  const line = "00:01 human:mal GET api.acme.test/search?q=1'%20OR%20'1'='1";
  expect((await detect(only, `${line} 200 dur=40\n${usual}`)).findings).toMatchObject([{ severity: 'low', observed: { kinds: ['SQL'] } }]);
  expect((await detect(only, `${line} 403 dur=40\n${usual}`)).findings).toMatchObject([{ severity: 'info' }]);
});

test('one that makes the server fail or sleep is high', async () => {
  const { findings } = await detect(
    only,
    `00:01 human:mal GET api.acme.test/search?q=1'%20OR%20pg_sleep(5) 200 dur=5040\n00:09 human:mal GET api.acme.test/search?q=a'-- 500 dur=40\n${usual}`,
  );
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'observed', observed: { requests: 2, withEffect: 2 } }]);
  expect(findings[0]?.exhibits).toMatchObject([{ kind: 'ledger', rows: [{ tone: 'grave' }, { tone: 'grave' }] }]);
});

test('a text about such things is none, an encoded path is one', async () => {
  const body = { requests: { 'har.har#1': JSON.stringify({ message: 'never write UNION SELECT * into a query' }) } };
  expect((await detect(only, '00:01 human:amy POST api.acme.test/posts 201 in=har.har', body)).findings).toEqual([]);
  const { findings } = await detect(only, '00:01 human:mal GET api.acme.test/files/..%2f..%2f..%2fetc%2fpasswd 200 tpl=/files/{id}');
  expect(findings).toMatchObject([{ observed: { kinds: ['path traversal'], places: ['path'] } }]);
});

test('without paths it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal GET api.acme.test/a 200', {}, ({ db }) => {
    db.exec('UPDATE call SET path = NULL');
  });
  expect(notEvaluable).toMatchObject([{ detector: 'injection-payload' }]);
});
