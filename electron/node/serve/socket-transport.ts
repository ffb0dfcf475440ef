import type { WebSocket } from 'ws';
import type { Transport } from '#shared/contract/wire.ts';

/** A transport over one WebSocket; text messages only. */
export function socketTransport(socket: WebSocket): Transport {
  return {
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onText(listener) {
      socket.on('message', (data, isBinary) => {
        if (!isBinary) listener((data as Buffer).toString('utf8'));
      });
    },
    onClose(listener) {
      socket.on('close', () => {
        listener('the connection to the page ended');
      });
    },
    close() {
      socket.close();
    },
  };
}
