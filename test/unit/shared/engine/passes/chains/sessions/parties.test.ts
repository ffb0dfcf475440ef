import { expect, test } from 'vitest';

import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const OWNER = 'ip=192.0.2.9 ua=portal/2.1';
const THIEF = 'ip=185.199.233.77 ua=python-requests/2.32';

/** Titles of chains with the number of their calls. */
async function chainsIn(text: string): Promise<readonly string[]> {
  const made = caseFromText(text);
  await chainsPass.run(made.context);
  return made.db
    .prepare('SELECT title, calls FROM chain ORDER BY id')
    .all<{ title: string; calls: number }>()
    .map(({ title, calls }) => `${String(calls)} ${title.replace(/: (?:GET|POST).*/, '')}`);
}

const inTurns = (other: string): string => `
  00:00.0  service:partner  GET  api.acme.test/invoices    200  ${OWNER}
  00:05.0  service:partner  GET  api.acme.test/invoices/7  200  ${other}
  00:10.0  service:partner  GET  api.acme.test/invoices    200  ${OWNER}
  00:15.0  service:partner  GET  api.acme.test/invoices/8  200  ${other}
  00:20.0  service:partner  GET  api.acme.test/invoices    200  ${OWNER}`;

test('two clients that share neither network nor program and use one credential in turns are two sessions, and the chain says so', async () => {
  const [first, second, ...more] = await chainsIn(inTurns(THIEF).replaceAll(/$/gm, ' cred=key').trim());
  expect(more).toEqual([]);
  expect(first).toMatch(/^3 partner.* by portal \(credential also used elsewhere\)$/);
  expect(second).toMatch(/^2 partner.* by python-requests \(credential also used elsewhere\)$/);
});

test('where no credential is known to be the same, none is said to be', async () => {
  const titles = await chainsIn(inTurns(THIEF));
  expect(titles.map((title) => title.replace(/^\d+ \S+ /, ''))).toEqual([
    'by portal (also at work elsewhere by another program)',
    'by python-requests (also at work elsewhere by another program)',
  ]);
});

test('the same program elsewhere, and another program at the same place, are one client', async () => {
  expect(await chainsIn(inTurns('ip=185.199.233.77 ua=portal/2.2'))).toHaveLength(1);
  expect(await chainsIn(inTurns('ip=192.0.2.40 ua=curl/8'))).toHaveLength(1);
});

test('a key that stands in a web page is used by many, and their chains say nothing of it', async () => {
  const found = await chainsIn(
    Array.from({ length: 24 }, (_, place) =>
      [0, 1].map(
        (step) =>
          `00:${String(2 * place + step).padStart(2, '0')}.0  service:widget  GET  api.acme.test/track  200  ip=198.${String(place)}.4.7 ua=page${String(place)}/1 cred=page`,
      ),
    )
      .flat()
      .join('\n'),
  );
  expect(found).toHaveLength(24);
  expect(found.join()).not.toContain('elsewhere');
});

test('who goes on elsewhere with the same credential is another client, in turns or not', async () => {
  const found = await chainsIn(`
    00:00.0  service:partner  GET  api.acme.test/invoices    200  ${OWNER} cred=key
    00:05.0  service:partner  GET  api.acme.test/invoices    200  ${OWNER} cred=key
    00:10.0  service:partner  GET  api.acme.test/invoices/7  200  ${THIEF} cred=key
    00:15.0  service:partner  GET  api.acme.test/invoices/8  200  ${THIEF} cred=key`);
  expect(found).toHaveLength(2);
});

test('machines inside are one network, whatever their programs', async () => {
  const found = await chainsIn(inTurns(THIEF).replaceAll('192.0.2.9', '10.0.1.9').replaceAll('185.199.233.77', '10.9.1.9'));
  expect(found).toHaveLength(1);
});
