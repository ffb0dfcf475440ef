import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const many = (path: string, more = ''): string => Array.from({ length: 20 }, (_, index) => `00:${String(index).padStart(2, '0')} human:ann GET api.acme.test${path} 200 cred=key-1 auth=yes ${more}`).join('\n'); // prettier-ignore
const run = (text: string, contracts?: Parameters<typeof detect>[2]): Promise<Detected> =>
  detect(['unauthenticated-success'], text, contracts);

test('personal data answered without a credential is critical', async () => {
  const { findings } = await run(`${many('/patients', 's=3')}\n01:00 human:eve GET api.acme.test/patients 200 s=3`);
  expect(findings).toMatchObject([
    { severity: 'critical', confidence: 'inferred', calls: ['kong#21'], observed: { acceptedWithout: 1, acceptedWith: 20 } },
  ]);
});

test('strangers refused elsewhere prove that the endpoint is protected', async () => {
  const { findings } = await run(
    `${many('/orders')}\n01:00 human:eve GET api.acme.test/orders 401\n02:00 human:eve GET api.acme.test/orders 200`,
  );
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'observed', calls: ['kong#22'] }]);
});

test('what anyone may read is no finding', async () => {
  expect((await run(`${many('/catalog')}\n01:00 human:eve GET api.acme.test/catalog 200`)).findings).toEqual([]);
});

test('a login is made to be called without one', async () => {
  const text = Array.from({ length: 20 }, (_, index) => `00:${String(index).padStart(2, '0')} human:ann POST api.acme.test/login 200 cred=key-1 auth=yes s=3`).join('\n'); // prettier-ignore
  expect((await run(`${text}\n01:00 human:eve POST api.acme.test/login 200 s=3`)).findings).toEqual([]);
});

test('a source that never shows credentials says nothing', async () => {
  expect((await run(`${many('/patients', 's=3')}\n01:00 human:eve GET api.acme.test/patients 200 s=3 in=nginx`)).findings).toEqual([]);
  expect((await run('00:00 human:eve GET api.acme.test/patients 200 s=3')).notEvaluable).toHaveLength(1);
});
