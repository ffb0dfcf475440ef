import type { Page } from '@playwright/test';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import { isJsonObject } from '#shared/lib/json.ts';

/** What becomes of the answers to some methods, so that a state which is hard to reach in earnest can be looked at. */
export interface WireRule {
  readonly methods: RegExp;
  readonly what:
    /** The answer does not come before `release`; progress may. */
    | { readonly kind: 'hold'; readonly progress?: readonly Progress[] }
    | { readonly kind: 'fail'; readonly code: ErrorCode; readonly message: string }
    /** The engine is not asked. */
    | { readonly kind: 'answer'; readonly result: unknown }
    /** The engine is not asked; the result depends on the question. */
    | { readonly kind: 'make'; readonly make: (params: unknown) => unknown }
    /** The engine's answer with some keys replaced. */
    | { readonly kind: 'change'; readonly keys: Readonly<Record<string, unknown>> };
}

/** A page's connection to the engine with something in between. */
export interface WireTap {
  /** The rules from the next question on; the first that fits a method holds. Connections are let through again. */
  readonly set: (rules: readonly WireRule[]) => void;
  /** The same, and what was held goes on to the engine, under these rules. */
  readonly release: (rules: readonly WireRule[]) => void;
  /** Ends the connection as a server that goes away does, and lets none through. */
  readonly cut: () => Promise<void>;
}

const parsed = (text: string | Buffer): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(text.toString());
  return isJsonObject(value) ? value : {};
};

/** Puts a tap on the connections that `page` will open. */
export async function tapWire(page: Page): Promise<WireTap> {
  let rules: readonly WireRule[] = [];
  let cut: () => Promise<void> = () => Promise.resolve();
  let isCut = false;
  let held: (() => void)[] = [];
  await page.routeWebSocket(/\/socket$/, (socket) => {
    if (isCut) {
      void socket.close({ code: 1001 });
      return;
    }
    const server = socket.connectToServer();
    const changes = new Map<unknown, Readonly<Record<string, unknown>>>();
    cut = () => socket.close({ code: 1001, reason: 'the local server has ended' });
    const ask = (message: string | Buffer): void => {
      const { t, id, method, params } = parsed(message);
      const what = t === 'call' && typeof method === 'string' ? rules.find((rule) => rule.methods.test(method))?.what : undefined;
      if (what?.kind === 'change') changes.set(id, what.keys);
      if (what === undefined || what.kind === 'change') server.send(message);
      else if (what.kind === 'answer') socket.send(JSON.stringify({ t: 'ok', id, result: what.result }));
      else if (what.kind === 'make') socket.send(JSON.stringify({ t: 'ok', id, result: what.make(params) }));
      else if (what.kind === 'fail')
        socket.send(JSON.stringify({ t: 'fail', id, error: { code: what.code, message: what.message, details: {} } }));
      else {
        held.push(() => {
          ask(message);
        });
        for (const progress of what.progress ?? []) socket.send(JSON.stringify({ t: 'progress', id, progress }));
      }
    };
    socket.onMessage(ask);
    server.onMessage((message) => {
      const down = parsed(message);
      const keys = changes.get(down['id']);
      const isChanged = down['t'] === 'ok' && keys !== undefined && isJsonObject(down['result']);
      socket.send(isChanged ? JSON.stringify({ ...down, result: { ...(down['result'] as object), ...keys } }) : message);
    });
  });
  const set: WireTap['set'] = (next) => {
    rules = next;
    isCut = false;
    held = [];
  };
  return {
    set,
    release: (next) => {
      const waiting = held;
      set(next);
      for (const go of waiting) go();
    },
    cut: () => {
      isCut = true;
      return cut();
    },
  };
}
