import { expect, test } from 'vitest';
import { detectors } from '#shared/engine/detectors/index.ts';
import { listDetectors } from '#shared/engine/store/read/findings/detector-rows.ts';
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

test('one name with every ending is as many doors, one ending with every number is one', async () => {
  const endings = 'php asp bak cfg jsp old orig save sh sql tar tmp txt xml yml zip env log dat cgi'.split(' ');
  const text = (pathOf: (at: number) => string): string =>
    endings.map((_, at) => `00:${String(10 + at)} unknown:scan GET api.acme.test/${pathOf(at)} 404 tpl=/{id}`).join('\n');
  expect(
    (
      await detect(
        only,
        text((at) => `x594Voi.${endings[at] ?? ''}`),
      )
    ).findings,
  ).toMatchObject([{ observed: { doors: 20 } }]);
  expect(
    (
      await detect(
        only,
        text((at) => `page-${String(at)}.html`),
      )
    ).findings,
  ).toEqual([]);
});

test('guesses that are a burst as well are told as what they were, and both questions are answered', async () => {
  const usual = Array.from({ length: 240 }, (_, at) => `${String(Math.floor(at / 100))}+${String(Math.floor(at / 10) % 10).padStart(2, '0')}:0${String(at % 10)}:00 human:user-${String(at % 40)} GET api.acme.test/v1/items 200`); // prettier-ignore
  const guesses = Array.from({ length: 70 }, (_, at) => `01:00:0${String(at % 10)} unknown:scan GET api.acme.test/${'abcdefghij'[at % 10] ?? ''}${'klmnopq'[Math.floor(at / 10)] ?? ''}.php 404 tpl=/{file}`); // prettier-ignore
  const { db, findings } = await detect(['recon-fanout', 'rate-burst'], [...usual, ...guesses].join('\n'));
  expect(findings).toMatchObject([{ detector: 'recon-fanout', severity: 'low', observed: { doors: 70 } }]);
  const rows = listDetectors(db, detectors).filter(({ id }) => only.includes(id) || id === 'rate-burst');
  expect(rows.map((row) => row.findings)).toEqual([[findings[0]?.id], [findings[0]?.id]]);
});

test('strangers who go through a scanner’s list in vain are one note, with what they asked for', async () => {
  const scan = (who: string): string => ['phpmyadmin2017/index.php', 'administrator/db/index.php', '+cscoe+/'].map((path, index) => `00:0${String(index)} unknown:${who} GET acme.test/${path} 404`).join('\n');
  const stranger = ({ db }: { readonly db: { exec(text: string): void } }): void => db.exec("UPDATE principal SET weak = 1 WHERE label LIKE 'net%'");
  const { findings } = await detect(only, `${scan('net-1')}\n${scan('net-2')}`, {}, stranger);
  expect(findings).toMatchObject([
    { family: 'posture', severity: 'info', summary: expect.stringContaining('administration of a database and the log-in of a VPN gateway') as string, observed: { refused: 6, strangers: 2 } },
  ]);
  expect((await detect(only, '00:01 unknown:net-1 GET acme.test/.env 404\n00:02 unknown:net-1 GET acme.test/wp-login.php 404', {}, stranger)).findings).toEqual([]);
  expect((await detect(only, scan('named'))).findings).toEqual([]);
}); // prettier-ignore

test('a page that every unknown path gets alike is no door that opened', async () => {
  const soft = ['.git/HEAD', 'web.config', 'dump.sql', 'id_dsa'].map(
    (path, at) => `01:0${String(at)} unknown:scan GET api.acme.test/${path} 200 answer=1482 tpl=/x s=2`,
  );
  const observed = async (answers: readonly string[]) => (await detect(only, [probes(), ...answers].join('\n'))).findings[0]?.observed;
  expect(await observed(soft.slice(0, 1))).toHaveProperty('firstSuccess');
  expect(await observed(soft)).not.toHaveProperty('firstSuccess');
});
