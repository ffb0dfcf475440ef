import type { Transport } from '#shared/contract/wire.ts';

type TextListener = (text: string) => void;
type CloseListener = (why: string) => void;

/** Delivers what arrived before the first listener too, so that an early `hello` is not lost. */
function mailbox(): { readonly put: TextListener; readonly listen: (listener: TextListener) => void } {
  const listeners: TextListener[] = [];
  const waiting: string[] = [];
  return {
    put(text) {
      if (listeners.length === 0) waiting.push(text);
      else for (const listener of listeners) listener(text);
    },
    listen(listener) {
      listeners.push(listener);
      for (const text of waiting.splice(0)) listener(text);
    },
  };
}

/** The pipe over a MessagePort that the desktop shell handed to this page. */
export function portTransport(port: MessagePort): Transport {
  const texts = mailbox();
  const closes: CloseListener[] = [];
  port.onmessage = (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') texts.put(event.data);
  };
  port.addEventListener('close', () => {
    for (const listener of closes) listener('the engine closed the connection');
  });
  port.start();
  return {
    send: (text) => {
      port.postMessage(text);
    },
    onText: texts.listen,
    onClose: (listener) => {
      closes.push(listener);
    },
    close: () => {
      port.close();
    },
  };
}

/** The pipe over an open WebSocket; the token has been sent already. */
export function webSocketTransport(socket: WebSocket): Transport {
  const texts = mailbox();
  const closes: CloseListener[] = [];
  let why: string | undefined;
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') texts.put(event.data);
  };
  socket.onclose = (event) => {
    why = event.reason === '' ? 'the local server closed the connection' : event.reason;
    for (const listener of closes) listener(why);
  };
  return {
    send: (text) => {
      socket.send(text);
    },
    onText: texts.listen,
    onClose: (listener) => {
      if (why === undefined) closes.push(listener);
      else listener(why);
    },
    close: () => {
      socket.close();
    },
  };
}
