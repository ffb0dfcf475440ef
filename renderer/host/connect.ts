import { AppError } from '#shared/contract/errors.ts';
import type { Transport } from '#shared/contract/wire.ts';
import { findBridge } from './bridge.ts';
import { findToken } from './token.ts';
import { portTransport, webSocketTransport } from './transports.ts';

/** Waits before the tries that follow a lost connection; the last one repeats. Units: ms. */
const RETRY_AFTER = [250, 500, 1000, 2000, 4000] as const;

/** The local server's close code for a token that is not its own: a new try would end the same. */
const REFUSED = 4401;

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
          if (event.code === REFUSED)
            listener({
              kind: 'lost',
              why: 'The local server does not know this page. Open the link that it printed last',
              retrying: false,
            });
          else again(event.reason === '' ? 'the local server closed the connection' : event.reason);
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
      resolve({ transport: webSocketTransport(socket), socket });
    };
    socket.onerror = () => {
      reject(new AppError('disconnected', 'the local server does not answer'));
    };
  });
}
