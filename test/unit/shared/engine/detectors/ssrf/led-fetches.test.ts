import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['ssrf-pattern'];
const run = (text: string): Promise<Detected> => detect(only, text);

/** A partner presses "test" at `minute`; the dispatcher calls the partner's host, which sends it on to `target`. */
const steered = (minute: string, target: string, status: string, hook = 'hooks.partner.test/r'): string => `
  ${minute}:01.0  service:partner  POST  api.acme.test/v2/webhooks/wh_71/test  200  in=kong tpl=/v2/webhooks/{id}/test ip=45.148.120.73 dur=900 trace=t${minute} span=a${minute}
  ${minute}:01.1  -  GET  ${hook}  302  in=otel trace=t${minute} span=b${minute} parent=a${minute} dur=100 location=http://${target}
  ${minute}:01.3  -  GET  ${target}  ${status}  in=otel trace=t${minute} span=c${minute} parent=a${minute} dur=50`;

const TOKEN = 'metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';

test('a redirect of a strange host to a metadata service that answers is high; where the answer is a credential, critical', async () => {
  const reached = await run(steered('10', 'metadata.google.internal/computeMetadata/v1/instance/', '200'));
  expect(reached.findings).toMatchObject([
    { severity: 'high', confidence: 'observed', principals: ['p-partner'], observed: { answered: 1, handedOut: 0, redirectedBy: ['hooks.partner.test'] } },
  ]);
  const handed = await run(steered('10', TOKEN, '200'));
  expect(handed.findings).toMatchObject([{ severity: 'critical', observed: { handedOut: 1 }, calls: ['kong#1', 'otel#1', 'otel#2'] }]);
}); // prettier-ignore

test.each([
  ['AWS', '169.254.169.254/latest/meta-data/iam/security-credentials/web'],
  ['a task of ECS', '169.254.170.2/v2/credentials/5f1c'],
  ['Azure', '169.254.169.254/metadata/identity/oauth2/token'],
  ['Alibaba Cloud', '100.100.100.200/latest/meta-data/ram/security-credentials/web'],
])('credentials of %s are known by their path', async (_, target) => {
  expect((await run(steered('10', target, '200'))).findings).toMatchObject([{ severity: 'critical', observed: { handedOut: 1 } }]);
});

test('refused tries, and what else the caller did with the thing that steered, belong to it', async () => {
  const { findings } = await run(`
    05:00  service:partner  POST   api.acme.test/v2/webhooks         201  in=kong tpl=/v2/webhooks ip=45.148.120.73
    06:00  service:partner  PATCH  api.acme.test/v2/webhooks/wh_71   200  in=kong tpl=/v2/webhooks/{id} ip=45.148.120.73
    06:30  service:partner  PATCH  api.acme.test/v2/webhooks/wh_9    200  in=kong tpl=/v2/webhooks/{id} ip=45.148.120.73
    07:00  service:partner  POST   api.acme.test/v2/webhooks/wh_71/test  422  in=kong tpl=/v2/webhooks/{id}/test ip=45.148.120.73 dur=900 trace=t7 span=a7
    07:00.1  -  POST  169.254.169.254/computeMetadata/v1/  -  in=otel trace=t7 span=b7 parent=a7 dur=5 said=failed
    ${steered('10', TOKEN, '200')}
    20:00  service:partner  DELETE  api.acme.test/v2/webhooks/wh_71  204  in=kong tpl=/v2/webhooks/{id} ip=45.148.120.73`);
  expect(findings).toMatchObject([
    { observed: { fetches: 2, handedOut: 1 }, calls: ['kong#1', 'kong#2', 'kong#4', 'otel#1', 'kong#5', 'otel#2', 'otel#3', 'kong#6'] },
  ]);
});

test('refused under one name and answered under another is led, too; under the same name it is a program that tries again', async () => {
  const asked = (minute: string, host: string, answer: string): string => `
    ${minute}:00    service:partner  POST  api.acme.test/preview  200  in=kong dur=900 trace=t${minute} span=a${minute}
    ${minute}:00.1  -  GET  ${host}/latest/meta-data/iam/security-credentials/web  ${answer} in=otel trace=t${minute} span=b${minute} parent=a${minute} dur=5`;
  const round = asked('10', '169.254.169.254', '- said=failed') + asked('12', 'instance-data', '200');
  expect((await run(round)).findings).toMatchObject([{ severity: 'critical', observed: { fetches: 2, handedOut: 1 } }]);
  expect((await run(round.replace('instance-data', '169.254.169.254'))).findings).toEqual([]);
});

test('a blocked redirect is low', async () => {
  expect((await run(steered('10', TOKEN, '- said=failed'))).findings).toMatchObject([{ severity: 'low', observed: { answered: 0 } }]);
});

test.each([
  ['a redirect to another public host', steered('10', 'www.partner.test/in', '200')],
  [
    'a service’s own software, which asks its metadata service for a token while it serves',
    `10:00    service:partner  POST  api.acme.test/preview  200  in=kong dur=900 trace=t1 span=a1
     10:00.1  -  GET  ${TOKEN}  200  in=otel trace=t1 span=b1 parent=a1 dur=5`,
  ],
  ['a site of one’s own that sends on to a name inside', steered('10', 'wiki.corp/start', '200', 'sso.acme.test/login')],
  [
    'a person’s browser that is sent to its own machine, as sign-ins of programs do',
    `10:00    human:ann  GET  login.idp.test/authorize  302  in=har.har location=http://127.0.0.1:53111/callback
     10:00.4  human:ann  GET  127.0.0.1/callback        200  in=har.har`,
  ],
])('%s is none', async (_, text) => {
  expect((await run(`${text}\n 11:00 service:other GET api.acme.test/v2/shipments?page=1 200`)).findings).toEqual([]);
});
