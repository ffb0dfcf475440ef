import { AppError } from '#shared/contract/errors.ts';
import type { Transport } from '#shared/contract/wire.ts';
import { findBridge } from './bridge.ts';
import { findToken, keepToken } from './token.ts';
import { portTransport, webSocketTransport } from './transports.ts';

/** Waits before the tries that follow a lost connection; the last one repeats. Units: ms. */
const RETRY_AFTER = [250, 500, 1000, 2000, 4000] as const;

/** The local server's close code for a token that is not its own: a new try would end the same. */
const REFUSED = 4401;

const UNKNOWN_PAGE =
  'The local server does not know this page: its link was used before, or the server was started anew. Open the link that it printed last';

/** The session that the server's first text names. */
function sessionOf(data: unknown): string {
  const first: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
  if (typeof first === 'object' && first !== null && 'session' in first && typeof first.session === 'string') return first.session;
  throw new AppError('protocol', 'the local server did not open a session');
}

/** What happens to this window's connection, in order. */
export type ConnectionEvent =
  | { readonly kind: 'connected'; readonly transport: Transport }
  | { readonly kind: 'lost'; readonly why: string; readonly retrying: boolean };

/**
 * Connects to the engine for as long as the page lives: the desktop shell's port if there is a bridge, else a WebSocket
 * to where the page came from; after a loss it tries again.
 */
export function stayConnected(listener: (event: ConnectionEvent) => void): void {
  if (findBridge() === undefined) stayConnectedByWebSocket(listener);
  else takePorts(listener);
}

/** The shell posts one port when the page is ready and a new one after each restart of the engine. */
function takePorts(listener: (event: ConnectionEvent) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    // Only the preload script shares this window; a frame's message has another source.
    if (event.source !== window || port === undefined) return;
    const transport = portTransport(port);
    transport.onClose((why) => {
      listener({ kind: 'lost', why, retrying: true });
    });
    listener({ kind: 'connected', transport });
  });
}

function stayConnectedByWebSocket(listener: (event: ConnectionEvent) => void): void {
  let tries = 0;
  const again = (why: string): void => {
    const wait = RETRY_AFTER[Math.min(tries, RETRY_AFTER.length - 1)] ?? 4000;
    tries += 1;
    listener({ kind: 'lost', why, retrying: true });
    window.setTimeout(open, wait);
  };
  const open = (): void => {
    openWebSocket().then(
      ({ transport, socket }) => {
        tries = 0;
        socket.addEventListener('close', (event) => {
          again(event.reason === '' ? 'the local server closed the connection' : event.reason);
        });
        listener({ kind: 'connected', transport });
      },
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'unavailable') listener({ kind: 'lost', why: error.message, retrying: false });
        else again(error instanceof Error ? error.message : String(error));
      },
    );
  };
  open();
}

function openWebSocket(): Promise<{ readonly transport: Transport; readonly socket: WebSocket }> {
  const token = findToken();
  if (token === undefined) {
    return Promise.reject(
      new AppError('unavailable', 'This page has no token. Open the whole link that "spoor serve" printed, with its #token part.'),
    );
  }
  return new Promise((resolve, reject) => {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${window.location.host}/socket`);
    socket.onopen = () => {
      socket.send(JSON.stringify({ token }));
    };
    // The link's token works once: the first answer is this tab's own session, which a reload shows instead.
    socket.onmessage = (event: MessageEvent<unknown>) => {
      keepToken(sessionOf(event.data));
      resolve({ transport: webSocketTransport(socket), socket });
    };
    socket.onclose = (event) => {
      reject(
        event.code === REFUSED
          ? new AppError('unavailable', UNKNOWN_PAGE)
          : new AppError('disconnected', 'the local server closed the connection'),
      );
    };
    socket.onerror = () => {
      reject(new AppError('disconnected', 'the local server does not answer'));
    };
  });
}
