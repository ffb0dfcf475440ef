import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { readKnownAs } from '#shared/engine/store/read/revocation/known-as.ts';
import { findCredentialRecord } from '#shared/engine/store/read/revocation/planned-credential.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const ports = nodePorts('test');

/** What a log says of the credentials in it, by their ids. */
async function knownIn(name: string, log: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const db: SqlDriver = memoryCase();
  await importText(db, name, log);
  await runAnalysis(db, ports, {}, { signal: new AbortController().signal, progress: () => undefined });
  const ids = db.prepare('SELECT credential_id AS id FROM credential_use ORDER BY key').all<{ id: number }>();
  return Object.fromEntries(
    ids.flatMap(({ id }) => {
      const record = findCredentialRecord(db, id);
      return record === undefined
        ? []
        : [[record.about.id, readKnownAs(db, ports.codec, record).map((each) => `${each.name} ${each.value} (${each.call})`)]];
    }),
  );
}

const kong = (headers: object): string =>
  `${JSON.stringify({
    request: { method: 'GET', uri: '/v1/orders', url: 'https://api.acme.test:443/v1/orders', size: 200, headers },
    response: { status: 200, size: 10, headers: {} },
    latencies: { request: 3, kong: 1, proxy: 2 },
    tries: [],
    client_ip: '192.0.2.9',
    started_at: 1789344660197,
    consumer: { id: '5767edd2-a593-4a80-af5c-57dd08ddc76c', username: 'northmarket' },
    authenticated_entity: { id: '757bfb0a-41b8-46e1-9f39-6ef62b62f7a2' },
  })}\n`;

test('a key that Kong shows is known by the ids of the credential and of its consumer', async () => {
  expect(await knownIn('kong.jsonl', kong({ 'x-api-key': 'aok_live_qti4bpa5ktxan3zd6xjipexzi4axfqd4' }))).toEqual({
    'api-key-1': [
      'consumer id 5767edd2-a593-4a80-af5c-57dd08ddc76c (kong.jsonl#1)',
      'credential id 757bfb0a-41b8-46e1-9f39-6ef62b62f7a2 (kong.jsonl#1)',
    ],
  });
});

test('an id that stands in place of its key is told once', async () => {
  expect(await knownIn('kong.jsonl', kong({}))).toEqual({
    'api-key-1': [
      'key id 757bfb0a-41b8-46e1-9f39-6ef62b62f7a2 (kong.jsonl#1)',
      'consumer id 5767edd2-a593-4a80-af5c-57dd08ddc76c (kong.jsonl#1)',
    ],
  });
});

const trail = (userIdentity: unknown): string =>
  `${JSON.stringify({
    eventVersion: '1.08',
    userIdentity,
    eventTime: '2026-10-01T12:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.9',
    userAgent: 'aws-cli/2',
    requestParameters: { bucketName: 'b', key: 'k' },
    eventID: '1',
  })}\n`;

test('an access key is known by its mask and the record that has it, and by whose sessions are to be ended', async () => {
  const role = 'arn:aws:iam::123456789012:role/tools';
  const known = await knownIn(
    'trail.jsonl',
    trail({ type: 'AssumedRole', accessKeyId: 'ASIAXJ4K7NRQ3T2PLMWE', sessionContext: { sessionIssuer: { arn: role } } }),
  );
  expect(known['api-key-1']?.[0]).toMatch(/^access key id ASI…MWE \(trail\.jsonl#1\)$/);
  expect(known['api-key-1']).toContain(`role or user ${role} (trail.jsonl#1)`);
});

test('what is no identity names nothing', async () => {
  expect(await knownIn('trail.jsonl', trail('{"accessKeyId": "cut'))).toEqual({});
});

test('fields by names that every object inherits are no ids', async () => {
  const line = { ...(JSON.parse(kong({})) as object), constructor: 'x', toString: 'y' };
  expect(await knownIn('kong.jsonl', `${JSON.stringify(line)}\n`)).toEqual(await knownIn('kong.jsonl', kong({})));
});
