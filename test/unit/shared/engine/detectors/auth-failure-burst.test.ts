import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['auth-failure-burst'], text);
const at = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
const attempt = (minutes: number, ip: string, status: number, user = 'ann'): string =>
  `${at(minutes)} - POST api.acme.test/login ${String(status)} ip=${ip} <= $.username=user-${user}-0001`;
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');

test('one address that tries many users and gets in is high, and says that it is stuffing', async () => {
  const { findings } = await run(`${times(12, (index) => attempt(0, '192.0.2.1', 401, String(index)))}\n${attempt(1, '192.0.2.1', 200)}`);
  expect(findings).toMatchObject([
    { severity: 'high', observed: { address: '192.0.2.1', refused: 12, accepted: 1, form: 'stuffing', users: 12 } },
  ]);
  expect(findings[0]?.calls).toHaveLength(13);
});

test('without a success it is medium, and one user tried often is brute force', async () => {
  const { findings } = await run(times(12, () => attempt(0, '192.0.2.1', 401)));
  expect(findings).toMatchObject([{ severity: 'medium', observed: { form: 'brute force', users: 1 } }]);
});

test('many addresses that never get in are a wave, though each tries little', async () => {
  const quiet = times(24, (hour) => attempt(hour * 60, '203.0.113.9', 200));
  const wave = times(18, (index) => attempt(12 * 60 + index * 10, `198.51.100.${String(index)}`, 401));
  const { findings } = await run(`${quiet}\n${wave}`);
  expect(findings).toMatchObject([
    { severity: 'medium', observed: { addresses: 18, refused: 18, hours: 3 }, expected: { addressesAnHour: 0 } },
  ]);
});

test('people who mistype and get in afterwards are no wave', async () => {
  const morning = times(
    40,
    (index) =>
      `${attempt(9 * 60 + index, `198.51.100.${String(index)}`, 401)}\n${attempt(9 * 60 + index + 1, `198.51.100.${String(index)}`, 200)}`,
  );
  expect((await run(`${times(24, (hour) => attempt(hour * 60, '203.0.113.9', 200))}\n${morning}`)).findings).toEqual([]);
});

test('many people behind one proxy mostly get in', async () => {
  expect((await run(times(40, (index) => attempt(Math.floor(index / 8), '192.0.2.1', index % 3 === 0 ? 401 : 200)))).findings).toEqual([]);
});

test('without a login nothing can be said', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 401')).notEvaluable).toHaveLength(1);
});

test('what was done with a credential that the log-in gave is part of it; what a neighbour of the address does is not', async () => {
  const entered = `${at(1)} human:bob GET api.acme.test/me 200 ip=192.0.2.1 cred=token-7
    ${at(31)} human:bob GET api.acme.test/cards 200 ip=192.0.2.1 cred=token-7`;
  const neighbour = `00:00:00 human:eve GET api.acme.test/me 200 ip=192.0.2.1 cred=token-1
    ${at(2)} human:eve GET api.acme.test/me 200 ip=192.0.2.1 cred=token-1`;
  const later = `${at(90)} human:joe GET api.acme.test/me 200 ip=192.0.2.1 cred=token-9`;
  const tries = `${times(12, (index) => attempt(0, '192.0.2.1', 401, String(index)))}\n${attempt(0, '192.0.2.1', 200)}`;
  const { findings } = await run([neighbour, tries, entered, later].join('\n'));
  expect(findings).toMatchObject([{ severity: 'high', credentials: ['token-7'] }]);
  expect(findings[0]?.principals).toContain('p-bob');
  expect(findings[0]?.principals).not.toContain('p-eve');
  expect(findings[0]?.calls).toHaveLength(15);
});

test('an address of a wave that got in after long pauses belongs to it; one that mistyped and got in at once does not', async () => {
  const quiet = times(24, (hour) => attempt(hour * 60, '203.0.113.9', 200));
  const wave = times(18, (index) => attempt(12 * 60 + index * 10, `198.51.100.${String(index)}`, 401));
  const lucky = [0, 50, 100, 150]
    .map((minute, index) => attempt(12 * 60 + 5 + minute, '198.51.100.77', index === 2 ? 200 : 401))
    .join('\n');
  const clumsy = [0, 1, 2].map((minute) => attempt(12 * 60 + 33 + minute, '198.51.100.88', minute === 2 ? 200 : 401)).join('\n');
  const { findings } = await run([quiet, wave, lucky, clumsy].join('\n'));
  expect(findings).toMatchObject([{ severity: 'high', observed: { addresses: 19, refused: 21, accepted: 1 } }]);
});

test('nine posts to a page that shows its form again, within a second, are passwords being tried', async () => {
  const page = (status: number, index = 0): string =>
    `00:00.${String(index)} - POST blog.acme.test/wp-login.php ${String(status)} ip=192.0.2.7`;
  const { findings } = await run(times(9, (index) => page(200, index)));
  expect(findings).toMatchObject([{ severity: 'low', observed: { refused: 9, accepted: 0 } }]);
  expect(findings[0]?.calls).toHaveLength(9);
  expect((await run(`${times(9, (index) => page(200, index))}\n${page(302, 9)}`)).findings).toMatchObject([{ severity: 'high' }]);
});

test('names that are refused with 401 are tries at any path; those that ask for the challenge are not', async () => {
  const text = times(6, () => '00:01 - POST api.acme.test/client 401 ip=192.0.2.8');
  const named = await detect(['auth-failure-burst'], text, {}, ({ db }) => {
    db.exec("INSERT INTO term (value) VALUES ('test'); UPDATE call SET consumer_id = (SELECT id FROM term WHERE value = 'test')");
  });
  expect(named.findings).toMatchObject([{ severity: 'low', observed: { refused: 6, users: 1 } }]);
  expect((await run(text)).notEvaluable).toHaveLength(1);
});

test('of the networks of a wave those from which nothing else comes are named first, and the one of a hundred others last', async () => {
  const quiet = times(24, (hour) => attempt(hour * 60, '203.0.113.9', 200));
  const wave = times(18, (index) => attempt(12 * 60 + index * 10, `198.51.100.${String(index)}`, 401).replace(' - ', ` human:n${String(index).padStart(2, '0')} `)); // prettier-ignore
  const more = times(2, (index) => attempt(13 * 60 + index * 50, '198.51.100.0', 401).replace(' - ', ' human:n00 '));
  const { findings } = await detect(['auth-failure-burst'], `${quiet}\n${wave}\n${more}`, {}, ({ db }) => {
    db.exec("UPDATE principal SET weak = 1, calls = iif(key = 'p-n00', 900, 1)");
  });
  expect(findings[0]?.principals).toHaveLength(18);
  expect([findings[0]?.principals[0], findings[0]?.principals.at(-1)]).toEqual(['p-n01', 'p-n00']);
});
