import type { Progress } from '#shared/contract/methods.ts';
import { printable } from './terminal.ts';

/** Shortest time between two drawings of a bar. Units: ms. */
const REDRAW = 100;
const WIDTH = 24;

/** Where progress goes: a bar that redraws itself on a terminal, a line for each tenth elsewhere, nothing when quiet. */
export function progressTo(stream: NodeJS.WriteStream, quiet: boolean): { report(progress: Progress): void; done(): void } {
  if (quiet) return { report: () => undefined, done: () => undefined };
  let lastDrawn = 0;
  let lastTenth = -1;
  let lastStep = '';
  let drawn = false;
  const amount = (progress: Progress): string =>
    progress.unit !== 'bytes'
      ? ''
      : `${(progress.done / 1e6).toFixed(1)}${progress.total === undefined ? '' : ` of ${(progress.total / 1e6).toFixed(1)}`} MB`;
  return {
    report(progress) {
      const share = progress.total === undefined || progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
      if (stream.isTTY) {
        const now = performance.now();
        if (now - lastDrawn < REDRAW) return;
        lastDrawn = now;
        drawn = true;
        const filled = Math.round(share * WIDTH);
        const room = Math.max(10, (stream.columns || 80) - WIDTH - 34);
        stream.write(
          `\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${amount(progress)}  ${printable(progress.step).slice(0, room)}`,
        );
        return;
      }
      const tenth = Math.floor(share * 10);
      const phase = progress.unit === 'bytes' ? 'reading' : progress.step;
      if (phase === lastStep && tenth <= lastTenth) return;
      lastStep = phase;
      lastTenth = tenth;
      stream.write(`${phase} ${String(tenth * 10)} % ${amount(progress)}\n`);
    },
    done() {
      if (drawn) stream.write('\r\u001b[K');
    },
  };
}
