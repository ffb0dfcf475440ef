import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['ssrf-pattern', 'token-replay-context'], text);

/** Half past ten: a dispatcher is led to its metadata service, which hands out a token. */
const LED = `
  10:30:00.0  service:partner  POST  api.acme.test/v2/webhooks/wh_71/test  200  in=kong tpl=/v2/webhooks/{id}/test ip=45.148.120.73 dur=900 trace=t1 span=a1
  10:30:00.1  -  GET  hooks.partner.test/r  302  in=otel trace=t1 span=b1 parent=a1 dur=100 location=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token
  10:30:00.3  -  GET  metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token  200  in=otel trace=t1 span=c1 parent=a1 dur=50`;

const read = (at: string, who: string, object: string, from: string, program: string): string =>
  `${at}  service:${who}  CALL  storage.googleapis.com/storage.objects.get/${object}  -  in=cloudtrail tpl=/storage.objects.get/{resource} said=given ip=${from} ua=${program}`;

/** Its own work, every ten minutes of the day. */
const home = (who: string): string =>
  Array.from({ length: 60 }, (_, at) => read(`${String(8 + Math.floor(at / 6)).padStart(2, '0')}:${String((at % 6) * 10).padStart(2, '0')}:00`, who, `own-${String(at)}`, '34.140.12.9', 'go-client')).join('\n'); // prettier-ignore

const loot = (who: string, from: string, program: string): string =>
  ['C-1/id.jpg', 'C-1/bill.pdf', 'C-2/id.jpg'].map((object, at) => read(`11:0${String(at)}:07`, who, encodeURIComponent(object), from, program)).join('\n'); // prettier-ignore

test('what the thief did with the identity is one finding with how it was taken, with what left', async () => {
  const { findings } = await run(`${LED}\n${home('dispatcher@acme')}\n${loot('dispatcher@acme', '45.148.120.73', 'python')}`);
  const [theft, ...others] = findings;
  expect(theft).toMatchObject({
    detector: 'ssrf-pattern',
    severity: 'critical',
    principals: ['p-dispatcher@acme', 'p-partner'],
    observed: { usedElsewhere: 3, callersOwnAddress: ['45.148.120.73'], objectsTaken: 3, objectsTakenFrom: ['3 objects: storage.objects.get/{2}/{2}'] },
    rootCause: { kind: 'stolen' },
  });
  expect(theft?.calls).toHaveLength(6);
  expect(others).toEqual([]);
}); // prettier-ignore

test.each([
  ['the same program in a new region', loot('dispatcher@acme', '35.200.1.7', 'go-client')],
  ['another identity elsewhere', `${home('backup@acme')}\n${loot('backup@acme', '194.87.216.150', 'python')}`],
])('%s is not the token’s use', async (_, text) => {
  const { findings } = await run(`${LED}\n${home('dispatcher@acme')}\n${text}`);
  expect(findings.find(({ detector }) => detector === 'ssrf-pattern')?.observed['usedElsewhere']).toBeUndefined();
});

test('where no audit log shows the identity, the finding is of the token alone', async () => {
  expect((await run(LED)).findings).toMatchObject([{ severity: 'critical', observed: { handedOut: 1 } }]);
});
