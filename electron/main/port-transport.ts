import type { Transport } from '#shared/contract/wire.ts';
import type { MessagePortMain } from 'electron';

/** A transport over main's end of a channel to one page; text messages only. */
export function portTransport(port: MessagePortMain): Transport {
  let open = true;
  port.on('close', () => {
    open = false;
  });
  return {
    send(text) {
      if (open) port.postMessage(text);
    },
    onText(listener) {
      port.on('message', (event) => {
        if (typeof event.data === 'string') listener(event.data);
      });
      port.start();
    },
    onClose(listener) {
      port.on('close', () => {
        listener('the window closed');
      });
    },
    close() {
      port.close();
    },
  };
}
