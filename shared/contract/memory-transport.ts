import type { Transport } from './wire.ts';

/** Two ends of one pipe inside a process, for tests and the command line; what one sends the other hears, later. */
export function memoryTransports(): readonly [Transport, Transport] {
  const texts: [((text: string) => void)[], ((text: string) => void)[]] = [[], []];
  const closes: [((why: string) => void)[], ((why: string) => void)[]] = [[], []];
  const waiting: [string[], string[]] = [[], []];
  let open = true;
  const end = (me: 0 | 1): Transport => {
    const other = me === 0 ? 1 : 0;
    return {
      send(text) {
        if (!open) return;
        void Promise.resolve().then(() => {
          if (texts[other].length === 0) waiting[other].push(text);
          else for (const listener of texts[other]) listener(text);
        });
      },
      onText(listener) {
        texts[me].push(listener);
        for (const text of waiting[me].splice(0)) listener(text);
      },
      onClose(listener) {
        closes[me].push(listener);
      },
      close() {
        if (!open) return;
        open = false;
        for (const listener of [...closes[0], ...closes[1]]) listener('the pipe was closed');
      },
    };
  };
  return [end(0), end(1)];
}
