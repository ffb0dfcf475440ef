import { expect, test } from 'vitest';
import { gcpAudit } from '#shared/engine/importers/formats/gcp-audit.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

const entries = (): Uint8Array => fixture('gcp-audit/entries.jsonl');

test('service and method with the resource for host and path, who called with which key, and no status of HTTP', async () => {
  const [call] = await readCalls(gcpAudit, entries());
  expect(call).toMatchObject({
    timeText: '2026-11-17T13:54:00.123456789Z',
    host: 'storage.googleapis.com',
    path: '/storage.objects.get/projects%2F_%2Fbuckets%2Finvoices%2Fobjects%2F2026%2F11%2Fa.pdf',
    isOperation: true,
    clientIp: '203.0.113.7',
    userAgent: 'gcloud/502.0.0',
    consumer: 'bot@acme-test.iam.gserviceaccount.com',
    credentialId: '//iam.googleapis.com/projects/acme-test/serviceAccounts/bot@acme-test.iam.gserviceaccount.com/keys/0f1e2d3c',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  });
  expect([call?.method, call?.status]).toEqual([undefined, undefined]);
});

test('an outcome is the code of gRPC, or what was granted where there is none', async () => {
  const calls = await readCalls(gcpAudit, entries());
  expect(calls.map(({ service, outcome }) => [service, outcome])).toEqual([
    ['storage', 'given'],
    ['iam', 'denied'],
    ['compute', 'given'],
    ['secretmanager', 'denied'],
    ['bigquery', 'failed'],
  ]);
});

test('a caller within the network is no address, and is kept by its word', async () => {
  const call = (await readCalls(gcpAudit, entries()))[3];
  expect([call?.clientIp, extrasOf(call)['callerIp']]).toEqual([undefined, 'private']);
});

test('the end of a long-running operation is no second call', async () => {
  expect(await readIssues(gcpAudit, entries())).toEqual([
    '4: NOT_HTTP the end of a long-running operation; the entry of its start is the call',
  ]);
});

test('an entry about an HTTP request is left to the format of those', () => {
  expect(recognize(fixture('gcp-load-balancer/entries.jsonl'), 'x').importer?.id).toBe('gcp-load-balancer');
});

test('a service account without a key is the identity that acted; a person and an agent of Google’s own are none', async () => {
  const entry = (principalEmail: string): string =>
    JSON.stringify({ protoPayload: { authenticationInfo: { principalEmail }, serviceName: 'storage.googleapis.com', methodName: 'storage.objects.get' }, timestamp: '2026-11-17T13:54:00Z' }); // prettier-ignore
  const accounts = ['bot@acme.iam.gserviceaccount.com', '71-compute@developer.gserviceaccount.com', 'ann@acme.test', 'service-71@gcp-sa-pubsub.iam.gserviceaccount.com'];
  const calls = await readCalls(gcpAudit, new TextEncoder().encode(accounts.map(entry).join('\n')));
  expect(calls.map(({ programIdentity }) => programIdentity)).toEqual([...accounts.slice(0, 2), undefined, undefined]);
  expect((await readCalls(gcpAudit, entries())).map(({ programIdentity }) => programIdentity)[0]).toBeUndefined();
}); // prettier-ignore
