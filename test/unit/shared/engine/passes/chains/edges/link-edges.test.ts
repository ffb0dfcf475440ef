import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText, edgeTexts } from '#test/support/calls-from-text.ts';

async function edges(text: string): Promise<readonly string[]> {
  const { db, context } = caseFromText(text);
  await chainsPass.run(context);
  return edgeTexts(db);
}

test('a redirect joins the answer and the call to its target', async () => {
  expect(
    await edges(`
      00:00.0  human:ann  GET  shop.test/old   302  in=har.har location=https://shop.test/new
      00:00.2  human:ann  GET  shop.test/new   200  in=har.har`),
  ).toEqual(['har.har#1 redirect har.har#2']);
});

test('each call to a page answers one redirect, the first after it by the same client', async () => {
  expect(
    await edges(`
      00:00.0  -  GET  shop.test/a      302  in=har.har ip=192.0.2.1 location=https://shop.test/login
      00:00.1  -  GET  shop.test/login  200  in=har.har ip=192.0.2.2
      00:00.2  -  GET  shop.test/b      302  in=har.har ip=192.0.2.1 location=https://shop.test/login
      00:00.3  -  GET  shop.test/login  200  in=har.har ip=192.0.2.1
      00:00.4  -  GET  shop.test/login  200  in=har.har ip=192.0.2.1
      00:05.0  -  GET  shop.test/c      302  in=har.har ip=192.0.2.1 location=https://shop.test/login
      01:20.0  -  GET  shop.test/login  200  in=har.har ip=192.0.2.1`),
  ).toEqual(['har.har#1 redirect har.har#4', 'har.har#3 redirect har.har#5']);
});

test('an initiator and a Referer join a page and what it loads', async () => {
  expect(
    await edges(`
      00:00.0  human:ann  GET  shop.test/cart       200  in=har.har
      00:00.5  human:ann  GET  shop.test/api/items  200  in=har.har initiator=https://shop.test/cart
      00:00.6  human:ann  GET  shop.test/api/price  200  in=har.har referer=https://shop.test/cart`),
  ).toEqual(['har.har#1 initiator har.har#2', 'har.har#1 initiator har.har#3']);
});

test('another client that loaded the page is not the one that sent the Referer', async () => {
  expect(
    await edges(`
      00:00.0  human:ann  GET  shop.test/cart       200  ip=192.0.2.1
      00:00.6  human:bob  GET  shop.test/api/price  200  ip=192.0.2.2 referer=https://shop.test/cart`),
  ).toEqual([]);
});
