import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['secret-exposure'], text);

test('a key in the query that later authenticates somebody’s call is critical, with both in the evidence', async () => {
  const { findings } = await run(`
    00:00  human:ann  GET  api.acme.test/track  200  ip=192.0.2.1 shows=query:api-key:key-1
    09:00  agent:eve  GET  api.acme.test/orders 200  ip=198.51.100.9 cred=key-1`);
  expect(findings).toMatchObject([
    {
      severity: 'critical',
      family: 'posture',
      summary:
        '1 API key stood in the query of GET api.acme.test/track (key) in 1 call; afterwards it was used as a credential 1 time by eve',
      calls: ['kong#1', 'kong#2'],
      observed: { laterUses: 1, laterUsesFromNewContexts: 1, usedBy: ['eve'] },
    },
  ]);
});

test('a secret that nobody used afterwards is medium', async () => {
  expect(
    (await run('00:00 human:ann GET api.acme.test/track 200 shows=response:private-key:key-1')).findings.map((finding) => finding.severity),
  ).toEqual(['medium']);
});

test('many secrets through one leaky place are one finding', async () => {
  const { findings } = await run(`
    00:00  human:ann  GET  api.acme.test/track  200  shows=query:api-key:key-1
    00:01  human:bob  GET  api.acme.test/track  200  shows=query:api-key:key-2`);
  expect(findings).toMatchObject([{ observed: { secrets: 2, callsThatShowIt: 2 } }]);
});

test('a use before the exposure is the owner’s', async () => {
  const { findings } = await run(`
    00:00  service:sync  GET  api.acme.test/orders 200  ip=192.0.2.1 cred=key-1
    09:00  human:ann     GET  api.acme.test/track  200  ip=192.0.2.1 shows=query:api-key:key-1`);
  expect(findings).toMatchObject([{ severity: 'medium', observed: { laterUses: 0 } }]);
});

test('a token that a token endpoint issues stands where it belongs', async () => {
  expect((await run('00:00 human:ann POST id.acme.test/token 200 shows=response:issued-token:jwt-1')).findings).toEqual([]);
});

test('calls without secrets are no finding; no calls at all cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/track 200')).findings).toEqual([]);
  expect((await run('')).notEvaluable).toEqual([{ detector: 'secret-exposure', reason: 'no calls in the evidence' }]);
});

const owner = Array.from({ length: 24 }, (_, at) => `0${String(at % 10)}:${at < 10 ? '00' : at < 20 ? '20' : '40'} service:sync GET api.acme.test/orders 200 ip=192.0.2.1 cred=key-1`).join('\n'); // prettier-ignore
const shown = '10:00 human:ann GET api.acme.test/track 500 ip=198.51.100.7 shows=response:api-key:key-1';

test('a key that was shown and then comes from where its owner never was, while the owner goes on, is an incident', async () => {
  const { findings } = await run(`${owner}\n${shown}
    11:00 service:sync GET api.acme.test/orders/1 200 ip=203.0.113.5 cred=key-1
    12:00 service:sync GET api.acme.test/orders/2 200 ip=203.0.113.5 cred=key-1
    13:00 service:sync GET api.acme.test/orders   200 ip=192.0.2.1 cred=key-1`);
  expect(findings.map(({ family, severity }) => [family, severity])).toEqual([
    ['incident', 'critical'],
    // Its use is the incident's; the place is a weakness.
    ['posture', 'medium'],
  ]);
  const incident = findings.find(({ family }) => family === 'incident');
  expect(incident).toMatchObject({ calls: ['kong#25', 'kong#26', 'kong#27'], expected: { usesBefore: 24 } });
});

test('an owner who moved to another network, and goes on from there alone, is no incident', async () => {
  const { findings } = await run(`${owner}\n${shown}
    11:00 service:sync GET api.acme.test/orders/1 200 ip=203.0.113.5 cred=key-1
    12:00 service:sync GET api.acme.test/orders/2 200 ip=203.0.113.5 cred=key-1`);
  expect(findings.map(({ family }) => family)).toEqual(['posture']);
});

test('a key that was shown in two places and then taken is one incident', async () => {
  const { findings } = await run(`${owner}\n${shown}
    10:30 human:ann GET api.acme.test/other 500 ip=198.51.100.7 shows=response:api-key:key-1
    11:00 service:sync GET api.acme.test/orders/1 200 ip=203.0.113.5 cred=key-1
    13:00 service:sync GET api.acme.test/orders   200 ip=192.0.2.1 cred=key-1`);
  expect(findings.filter(({ family }) => family === 'incident')).toMatchObject([{ observed: { shownIn: 2, usesElsewhere: 1 } }]);
});

test('a token in the address of another site’s page is that site’s; in one of ours, or once used here, it counts', async () => {
  const call = (referer: string): string =>
    `00:00 human:ann GET api.acme.test/track 200 referer=${referer} shows=request-header:session-token:key-1:referer`;
  expect((await run(call('https://forum.example/t?sid=1'))).findings).toEqual([]);
  expect((await run(call('https://www.acme.test/t?sid=1'))).findings).toHaveLength(1);
  expect(
    (await run(`${call('https://forum.example/t?sid=1')}\n09:00 agent:eve GET api.acme.test/orders 200 cred=key-1`)).findings,
  ).toHaveLength(1);
});

test('in the owner’s own network the address tells, unless its owner has many there', async () => {
  const beside = (before: string): Promise<Detected> => run(`${before}\n${shown}
    11:00 service:sync GET api.acme.test/orders/1 200 ip=192.0.2.77 cred=key-1
    13:00 service:sync GET api.acme.test/orders   200 ip=192.0.2.1 cred=key-1`);
  const incidents = async (before: string): Promise<readonly unknown[]> => (await beside(before)).findings.filter(({ family }) => family === 'incident');
  expect(await incidents(owner)).toMatchObject([{ observed: { usesElsewhere: 1, networks: ['192.0.2.77'] } }]);
  let use = 0;
  expect(await incidents(owner.replaceAll('192.0.2.1', () => `192.0.2.${String((use += 1) % 5)}`))).toEqual([]);
}); // prettier-ignore

test('a key whose places were hardly known is taken where another finding says so, and what went out stands there', async () => {
  const both = (text: string): Promise<Detected> => detect(['secret-exposure', 'token-replay-context', 'destructive-burst'], text, {}, ({ db }) => {
      db.exec(`UPDATE endpoint SET flags = '["destroys"]' WHERE method = 'DELETE'`);
    });
  const tool = 'ua=sdk-js/3 ip=192.0.2.1 cred=key-1';
  const thief = Array.from(
    { length: 8 },
    (_, index) => `01:00:${String(10 + index)} agent:tools GET files.acme.test/docs/${String(index)} 200 answer=2000000 ua=curl/8 ip=203.0.113.5 cred=key-1
    01:00:${String(30 + index)} agent:tools DELETE files.acme.test/docs/${String(index)} 204 ua=curl/8 ip=203.0.113.5 cred=key-1`,
  );
  const text = `00:10:00 agent:tools GET files.acme.test/docs/1 200 answer=900 ${tool}
    00:30:00 agent:bot GET meta.acme.test/role 200 shows=response:api-key:key-1
    00:30:05 agent:bot POST model.acme.test/chat 200 shows=request:api-key:key-1
    ${thief.join('\n')}
    01:00:20 agent:tools GET files.acme.test/docs/2 200 answer=900 ${tool}
    01:02:00 agent:tools GET files.acme.test/docs/1 200 answer=900 ${tool}`;
  const { findings } = await both(text);
  expect(findings.map(({ detector, family, severity }) => `${detector} ${family} ${severity}`)).toEqual([
    'secret-exposure incident critical',
    'destructive-burst incident high',
    'secret-exposure posture medium',
    'secret-exposure posture medium',
  ]);
  expect(findings[0]).toMatchObject({
    summary: expect.stringContaining('; 16.0 MB left that way') as string,
    observed: { bytesTaken: 16_000_000, takenFrom: ['GET files.acme.test/docs/{id}: 16.0 MB in 8 answers'] },
  });
  // Without the thief nothing tells of a theft: where it stood says by itself that it was used.
  const own = await both(text.replaceAll('ua=curl/8 ip=203.0.113.5', tool));
  expect(own.findings.map(({ detector, family, severity }) => `${detector} ${family} ${severity}`)).toContain('secret-exposure posture critical');
  expect(own.findings.filter(({ detector, family }) => detector === 'secret-exposure' && family === 'incident')).toEqual([]);
}); // prettier-ignore

test('the half of a key that only says which one it is, as a cloud’s answers hold it, is no secret', async () => {
  const { findings } = await run(`
    00:00  service:app  POST  sts.acme.test/AssumeRole  200  shows=response:api-key:key-1:$.credentials.accessKeyId
    09:00  service:app  GET   api.acme.test/orders 200  ip=198.51.100.9 cred=key-1`);
  expect(findings).toEqual([]);
});
