import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['recon-fanout'];
const HOPED = [
  '.env',
  '.git/config',
  'actuator/env',
  'wp-login.php',
  'phpinfo.php',
  'swagger.json',
  'server-status',
  'id_rsa',
  'console',
  'backup.zip',
];
const probes = (status = 404): string =>
  HOPED.map((path, index) => `00:0${String(index)} unknown:scan GET api.acme.test/${path} ${String(status)} tpl=/x`).join('\n');

test('a scanner that gets nowhere is a note', async () => {
  const { findings } = await detect(only, probes());
  expect(findings).toMatchObject([{ severity: 'info', observed: { outOfScannersLists: 10, refused: 10 } }]);
  expect(findings[0]?.calls).toHaveLength(10);
});

test('one that finds a door is more, with the time it took and a strip up to the door', async () => {
  const { findings } = await detect(only, `${probes()}\n02:00 unknown:scan GET api.acme.test/debug 200 s=2`);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      observed: { secondsToFirstSuccess: 120, firstSuccess: 'GET api.acme.test/debug' },
      exhibits: [{ kind: 'strip' }],
    },
  ]);
  const [strip] = findings[0]?.exhibits ?? [];
  expect(strip?.kind === 'strip' ? strip.marks.at(-1) : undefined).toMatchObject({ tone: 'grave', lane: 1 });
});

test('twenty endpoints that do not exist are probing without any list', async () => {
  const names = 'alpha beta gamma delta omega kappa sigma theta lambda rho tau phi chi psi iota zeta epsilon upsilon omicron xi'.split(' ');
  const text = names.map((name, index) => `00:${String(10 + index)} human:mal GET api.acme.test/${name} 404`).join('\n');
  expect((await detect(only, text)).findings).toMatchObject([{ observed: { doors: 20, outOfScannersLists: 0 } }]);
});

test.each([
  ['a walk through ids is one door', (index: number) => `api.acme.test/orders/${String(index)} 404`],
  ['discovery as clients do it is none', (index: number) => `api.acme.test/.well-known/thing-${String.fromCharCode(97 + index)} 404`],
  ['paths that answer are known', (index: number) => `api.acme.test/${String.fromCharCode(97 + index)}ble 200`],
])('%s', async (_, line) => {
  const text = Array.from({ length: 25 }, (__, index) => `00:${String(10 + index)} human:mal GET ${line(index)}`).join('\n');
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without a status nothing can be told', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal GET api.acme.test/a -');
  expect(notEvaluable).toEqual([{ detector: 'recon-fanout', reason: 'no call has a status: what was refused cannot be told' }]);
});
