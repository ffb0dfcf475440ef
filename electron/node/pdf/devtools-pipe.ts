import { StringDecoder } from 'node:string_decoder';
import type { Readable, Writable } from 'node:stream';
import { isJsonObject, type JsonObject } from '#shared/lib/json.ts';

/** A browser's DevTools over two pipes: no port that another program of this machine could connect to. */
export interface DevtoolsPipe {
  /** Sends a command and gives its result. Errors: Error with the browser's words, or that the browser went away. */
  send(method: string, params?: JsonObject, sessionId?: string): Promise<JsonObject>;
  /** Settles with the first event of the session from now on that `accept` takes; it sees each one, in order, as it arrives. */
  until(sessionId: string, accept: (event: string, params: JsonObject) => boolean): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: JsonObject) => void;
  readonly reject: (reason: Error) => void;
}

interface Watcher {
  readonly sessionId: string;
  readonly accept: (event: string, params: JsonObject) => boolean;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** Ends a message in Chromium's pipe protocol (`--remote-debugging-pipe`). */
const END = '\0';

/** A member that the protocol says is a text; the empty text where it is not. */
export const textOf = (message: JsonObject, name: string): string => (typeof message[name] === 'string' ? message[name] : '');

/** Speaks Chromium's pipe protocol: JSON messages, each ended by a zero byte. */
export function openDevtoolsPipe(toBrowser: Writable, fromBrowser: Readable): DevtoolsPipe {
  const replies = new Map<number, Waiting>();
  const watchers = new Set<Watcher>();
  let lastId = 0;
  let gone: Error | undefined;
  let parts: string[] = [];
  // Messages carry the PDF; a piece may end inside a character.
  const decoder = new StringDecoder('utf8');

  const end = (why: string): void => {
    gone ??= new Error(why);
    const all = [...replies.values(), ...watchers];
    replies.clear();
    watchers.clear();
    for (const waiting of all) waiting.reject(gone);
  };
  const receive = (text: string): void => {
    const message: unknown = JSON.parse(text);
    if (!isJsonObject(message)) return;
    const result = isJsonObject(message['result']) ? message['result'] : {};
    if (typeof message['id'] === 'number') {
      const waiting = replies.get(message['id']);
      replies.delete(message['id']);
      const error = message['error'];
      if (isJsonObject(error)) waiting?.reject(new Error(`the browser answered: ${textOf(error, 'message')}`));
      else waiting?.resolve(result);
      return;
    }
    const params = isJsonObject(message['params']) ? message['params'] : {};
    for (const watcher of watchers) {
      if (watcher.sessionId !== message['sessionId'] || !watcher.accept(textOf(message, 'method'), params)) continue;
      watchers.delete(watcher);
      watcher.resolve();
    }
  };
  fromBrowser.on('data', (bytes: Buffer) => {
    const pieces = decoder.write(bytes).split(END);
    for (const [index, piece] of pieces.entries()) {
      parts.push(piece);
      if (index === pieces.length - 1) break;
      const whole = parts.join('');
      parts = [];
      receive(whole);
    }
  });
  fromBrowser.on('close', () => {
    end('the browser ended');
  });
  for (const stream of [toBrowser, fromBrowser]) {
    stream.on('error', (error: Error) => {
      end(error.message);
    });
  }
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) {
          reject(gone);
          return;
        }
        lastId += 1;
        replies.set(lastId, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id: lastId, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}${END}`);
      }),
    until: (sessionId, accept) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) {
          reject(gone);
          return;
        }
        watchers.add({ sessionId, accept, resolve, reject });
      }),
  };
}
