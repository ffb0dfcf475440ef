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
      title:
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
