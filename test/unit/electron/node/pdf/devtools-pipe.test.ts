import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openDevtoolsPipe } from '#electron/node/pdf/devtools-pipe.ts';

function pipe(): { readonly devtools: ReturnType<typeof openDevtoolsPipe>; readonly sent: () => string; readonly browser: PassThrough } {
  const toBrowser = new PassThrough();
  const browser = new PassThrough();
  return { devtools: openDevtoolsPipe(toBrowser, browser), sent: () => String(toBrowser.read() ?? ''), browser };
}

test('a reply that comes in pieces, cut inside a character, settles its command', async () => {
  const { devtools, sent, browser } = pipe();
  const answer = devtools.send('Some.method', { a: 1 }, 's1');
  expect(sent()).toBe('{"id":1,"method":"Some.method","params":{"a":1},"sessionId":"s1"}\0');
  const bytes = Buffer.from('{"id":1,"result":{"text":"é"}}\0{"method":"Other"', 'utf8');
  const cut = bytes.indexOf(0xc3) + 1;
  browser.write(bytes.subarray(0, cut));
  browser.write(bytes.subarray(cut));
  expect(await answer).toEqual({ text: 'é' });
});

test('an error of the browser rejects with its words', async () => {
  const { devtools, browser } = pipe();
  const answer = devtools.send('Some.method');
  browser.write('{"id":1,"error":{"message":"no such method"}}\0');
  await expect(answer).rejects.toThrow('no such method');
});

test('a watcher sees the events of its session in order and ends at the one it takes', async () => {
  const { devtools, browser } = pipe();
  const seen: string[] = [];
  const taken = devtools.until('s1', (event, params) => {
    seen.push(`${event} ${JSON.stringify(params['at'])}`);
    return event === 'Page.loadEventFired';
  });
  const message = (session: string, method: string, at: number): string =>
    `${JSON.stringify({ method, sessionId: session, params: { at } })}\0`;
  browser.write(
    message('s2', 'Page.loadEventFired', 1) +
      message('s1', 'Page.frameNavigated', 2) +
      message('s1', 'Page.loadEventFired', 3) +
      message('s1', 'Page.loadEventFired', 4),
  );
  await taken;
  expect(seen).toEqual(['Page.frameNavigated 2', 'Page.loadEventFired 3']);
});

test('a browser that ends rejects what waits and what comes after', async () => {
  const { devtools, browser } = pipe();
  const waiting = devtools.send('Some.method');
  browser.destroy();
  await expect(waiting).rejects.toThrow('the browser ended');
  await expect(devtools.send('Some.method')).rejects.toThrow('the browser ended');
});
