import type { FileRef } from '#shared/contract/table.ts';

/** What the preload script of the desktop shell exposes; absent in a plain browser. */
export interface Bridge {
  /** Grants the engine access to dropped files and folders; the page learns names and tokens, never paths. */
  grantFiles(files: readonly File[]): Promise<readonly FileRef[]>;
}

declare global {
  interface Window {
    readonly spoor?: Bridge;
  }
}

/** The desktop shell's bridge, or `undefined` in a browser. */
export const findBridge = (): Bridge | undefined => window.spoor;
