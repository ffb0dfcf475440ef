import { expect, test } from 'vitest';
import { readSwitches } from '#shared/engine/detectors/credentials/switches.ts';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const at = (seconds: number): string =>
  `${String(Math.floor(seconds / 86_400))}+${[(seconds / 3600) % 24, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')}`;

test('a busy key is looked at from its first use in a second network on', async () => {
  const usual = 60;
  const lines = Array.from({ length: usual }, (_, use) => `${at(use)} service:sync GET api.test/o 200 cred=key1 ip=192.0.2.10 ua=sync/1`);
  for (let use = 0; use < 8; use += 1)
    lines.push(
      `${at(usual + use * 20)} service:sync GET api.test/o 200 cred=key1 ${use % 2 === 0 ? 'ip=198.51.100.7 ua=curl/8' : 'ip=192.0.2.10 ua=sync/1'}`,
    );
  const made = caseFromText(lines.join('\n'));
  await credentialsPass.run(made.context);
  const [found, ...others] = await readSwitches(made.db, () => Promise.resolve(), { uses: 20, before: 5 });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ owner: '192.0.2.0/24', other: '198.51.100.0/24', rounds: 4, before: usual, ownerAgents: ['sync/1'] });
});

test('a monitor that asks from three places by the clock is in nobody else’s hands, whichever pair of its places is looked at', async () => {
  const places = ['198.51.100.7', '192.0.2.9', '203.0.113.5'];
  const asking = (path: (use: number) => string): string =>
    Array.from({ length: 30 }, (_, use) => `${at(use * 120)} service:probe GET api.test/${path(use)} 200 cred=key1 ip=${places[use % 3] ?? ''} ua=Synthetics`).join('\n');
  const pairs = async (text: string): Promise<number> => {
    const made = caseFromText(text);
    await credentialsPass.run(made.context);
    return (await readSwitches(made.db, () => Promise.resolve())).length;
  };
  expect(await pairs(asking(() => 'health'))).toBe(0);
  expect(await pairs(asking((use) => (use % 5 === 0 ? 'orders' : 'health')))).toBe(2);
}); // prettier-ignore
