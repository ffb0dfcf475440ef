import { AppError } from '../../contract/errors.ts';

/** Holds an import between two batches, and knows whether there is one to hold. */
export interface PauseGate {
  /** What is held or let go on; without a running import nothing is. */
  set(paused: boolean): { readonly importing: boolean; readonly paused: boolean };
  /** An import begins or ends; neither begins nor stays held. */
  setImporting(importing: boolean): void;
  /** Resolves at once unless held, else when let go on; `onHeld` hears of both. Errors: AppError `cancelled`. */
  pass(signal: AbortSignal, onHeld: (held: boolean) => void): Promise<void>;
}

/** A gate for the one import that a case can run at a time. */
export function createPauseGate(): PauseGate {
  let importing = false;
  let open: (() => void) | undefined;
  let held: Promise<void> | undefined;
  const release = (): void => {
    open?.();
    open = undefined;
    held = undefined;
  };
  const isHeld = (): boolean => held !== undefined;
  return {
    set(paused) {
      if (!paused || !importing) release();
      else
        held ??= new Promise<void>((resolve) => {
          open = resolve;
        });
      return { importing, paused: isHeld() };
    },
    setImporting(now) {
      importing = now;
      release();
    },
    async pass(signal, onHeld) {
      if (!isHeld()) return;
      onHeld(true);
      const aborted = new Promise<void>((resolve) => {
        const stop = (): void => {
          resolve();
        };
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      // Held again before this one could go on: it waits for the new hold, too.
      while (isHeld() && !signal.aborted) await Promise.race([held, aborted]);
      if (signal.aborted) throw signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'cancelled on request');
      onHeld(false);
    },
  };
}
