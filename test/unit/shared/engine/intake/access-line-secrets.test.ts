import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { MaskedCall } from '#shared/engine/intake/masked-call.ts';

/** A line of an access log that asks for the target and came from a page with the same one. */
function maskLine(target: string): MaskedCall {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const referer = `https://shop.test${target}`;
  return createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall({
    timeKind: 'end',
    zoneKnown: true,
    method: 'GET',
    path,
    query: at < 0 ? undefined : target.slice(at + 1),
    status: 200,
    referer,
    rawText: `192.0.2.1 - - [02/May/2024:17:42:15 +0000] "GET ${target} HTTP/1.1" 200 12 "${referer}" "curl/8.1"`,
  });
}

const HEX = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
// Made up, in halves so that no scanner takes this file for a leak.
const BOT = '123456789:' + 'AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const HOOK = 'XXXXXXXXXXXX' + 'abcdefghijkl';

test.each([
  ['/login?user=a&pw=Sommer2025!', 'Sommer2025'],
  ['/login?pw=P%40ssIIS2025xyz', 'ssIIS2025'],
  ['/login?pw=ab1x', 'ab1x'],
  ['/login?pw=a%21b1', 'a%21b1'],
  ['/login?a=1&password=x7q', 'x7q'],
  ['/a?sig=ab1x&b=1', 'ab1x'],
  ['/a?signature=ab1xy', 'ab1xy'],
  ['/a?sig=12345&b=1', '12345'],
  ['/a?u=%2Flogin%3Fpw%3Dab1%2521c', 'ab1%2521c'],
  ['/a?u=%2Fcb%3Fa%3D1%26password%3Dq7x9', 'q7x9'],
  ['/a?kennwort=Gehe1m&b=1', 'Gehe1m'],
  ['/a?passwort=Gehe1m', 'Gehe1m'],
  ['/a?geheimnis=Gehe1m', 'Gehe1m'],
  ['/a?PHPSESSID=kq81mzpa', 'kq81mzpa'],
  ['/a?sid=kq81mz', 'kq81mz'],
  ['/h?data=%7B%22password%22%3A%22Gehe1m!x%22%7D', 'Gehe1m'],
  ['/h?data=%7B%22a%22%3A%5B%7B%22pw%22%3A%22q1%21z%22%7D%5D%7D&b=1', 'q1%21z'],
  ['/h?data=%257B%2522password%2522%253A%2522Gehe1mXy%2522%257D', 'Gehe1mXy'],
  ['/h?data={"password":"Gehe1mXy"}', 'Gehe1mXy'],
  ['/x;jsessionid=0A1B2C3D4E5F60718293A4B5C6D7E8F9', '0A1B2C3D4E5F6071'],
  ['/x;v=1;sid=kq81mz/y?a=1', 'kq81mz'],
  [`/p/reset/${HEX}`, HEX],
  [`/p/verify-email/${HEX}?a=1`, HEX],
  [`/reset/password/${HEX}`, HEX],
  [`/tg/bot${BOT}/sendMessage`, BOT],
  [`/tg/${BOT}/sendMessage`, BOT],
  [`/hooks/services/T00000000/B00000000/${HOOK}`, HOOK],
])('%s shows no secret in path, query, referer and raw text', (target, secret) => {
  const { call, detail } = maskLine(target);
  for (const [place, text] of Object.entries({ path: call.path, query: call.query, referer: call.referer, raw: detail.raw }))
    expect.soft(text ?? '', place).not.toContain(secret);
  expect(detail.raw).toMatch(/" 200 12 "https:\/\/shop\.test.*" "curl\/8\.1"$/);
});

test.each([
  '/p/reset/how-to-choose-a-better-password',
  '/services/Terms/Basics/everything-we-offer-you',
  '/x;v=1;lang=en/y?a=1',
  '/h?filter=%7B%22page%22%3A2%7D',
  '/verify/step-two?a=1',
])('%s stays as it is', (target) => {
  expect(maskLine(target).detail.raw).toContain(`"GET ${target} HTTP/1.1"`);
  expect(maskLine(target).call.referer).toBe(`https://shop.test${target}`);
});

test('what stands around a token in a path is kept', () => {
  expect(maskLine(`/p/reset/${HEX}`).call.path).toMatch(/^\/p\/reset\/‹one-time fp:[0-9a-f]{12}›$/);
  expect(maskLine(`/hooks/services/T00000000/B00000000/${HOOK}`).call.path).toMatch(/^\/hooks\/services\/T00000000\/B00000000\/‹api-key/);
});
