import { expect, test } from 'vitest';
import type { BaselineFile } from '#shared/model/baseline-file.ts';
import { keepImported } from '#shared/engine/passes/baseline/chosen.ts';
import { detect } from '#test/support/detect.ts';

const day = (number: number, networks: readonly number[]): string =>
  networks
    .map(
      (net, at) =>
        `${String(number)}+00:${String(at).padStart(2, '0')}:00 service:sync GET api.acme.test/v1/a 200 cred=api-key-1 ip=10.0.${String(net)}.7 ua=axios/1.6`,
    )
    .join('\n');
const text = (...days: readonly (readonly number[])[]): string => days.map((networks, at) => day(at, networks)).join('\n');
const asKey = (made: { readonly db: { exec: (sql: string) => void } }): void => {
  made.db.exec("UPDATE credential SET kind = 'api-key'");
}; // prettier-ignore
const run = (given: string): ReturnType<typeof detect> => detect(['api-key-many-networks'], given, {}, asKey);

test('a key that comes from many networks at once, after days of one, is found', async () => {
  const { findings } = await run(text([1], [1], [1, 2, 3, 4, 5, 6, 7, 8]));
  expect(findings).toMatchObject([{ severity: 'medium', family: 'incident', observed: { networks: 8, day: '2026-10-03' } }]);
  expect(findings[0]).toMatchObject({
    detectedAt: '2026-10-03T00:05:00.000000Z',
    window: ['2026-10-03T00:01:00.000000Z', '2026-10-03T00:07:00.050000Z'],
  });
});

test('three new networks after stable days are found, too', async () => {
  expect((await run(text([1], [1], [1], [1, 2, 3, 4]))).findings).toMatchObject([{ observed: { newNetworks: ['10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24'] } }]);
}); // prettier-ignore

test('every call from a new network is evidence, not the first of each', async () => {
  const again = '3+01:00:00 service:sync GET api.acme.test/v1/b 200 cred=api-key-1 ip=10.0.4.7 ua=axios/1.6';
  const { findings } = await run(`${text([1], [1], [1], [1, 2, 3, 4])}\n${again}`);
  expect(findings[0]).toMatchObject({ detectedAt: '2026-10-04T00:03:00.000000Z', calls: ['kong#5', 'kong#6', 'kong#7', 'kong#8'] });
});

test('a move between few networks, and a key that is public from its first day, are none', async () => {
  expect((await run(text([1], [1, 2], [2, 3]))).findings).toEqual([]);
  const many = [1, 2, 3, 4, 5, 6, 7, 8];
  expect((await run(text(many, many, [...many, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]))).findings).toEqual([]);
});

test('one day, or calls without addresses, say nothing', async () => {
  expect((await run(text([1, 2, 3]))).notEvaluable).toHaveLength(1);
  expect((await detect(['api-key-many-networks'], '00:00 service:sync GET api.acme.test/a 200')).notEvaluable).toHaveLength(1);
});

/** A baseline of another case that knows the caller from these networks. */
const baselineFrom = (...networks: readonly string[]): BaselineFile => ({
  schema: 'spoor-baseline/3',
  sha256: 'a'.repeat(64),
  content: {
    from: '2026-09-01T00:00:00.000000Z', to: '2026-09-03T00:00:00.000000Z', kinds: [], endpoints: [], pairs: [],
    principals: [{
      key: 'p-sync', kind: 'service', calls: 90, objects: 0, bytes: 0, contexts: 1, statuses: { '2xx': 90 }, rates: new Array<number>(24).fill(2),
      places: networks.map((network) => ({ network, program: 'axios' })),
    }],
  },
}); // prettier-ignore

test('by an imported baseline one day is enough, and the places that it knows are not new', async () => {
  const judge = (file: BaselineFile): ReturnType<typeof detect> =>
    detect(['api-key-many-networks'], text([1, 2, 3, 4]), {}, (made) => {
      asKey(made);
      keepImported(made.db, file);
    });
  expect((await judge(baselineFrom('10.0.1.0/24'))).findings).toMatchObject([
    {
      title: 'api-key-1 of sync came from 4 networks on one day: 3 networks that its imported baseline does not know',
      observed: { newNetworks: ['10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24'] },
    },
  ]);
  expect((await judge(baselineFrom('10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'))).findings).toEqual([]);
});
