import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { EngineEvent, Progress } from './methods.ts';

/** Rises when an envelope or a method changes its meaning; both ends must have the same. */
export const PROTOCOL = 1;

/** A pipe for texts, in order, both ways; all that differs between the hosts. */
export interface Transport {
  send(text: string): void;
  onText(listener: (text: string) => void): void;
  onClose(listener: (why: string) => void): void;
  close(): void;
}

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a client sends. Key order matters: a relay reads the first keys without parsing the rest. */
export type Up =
  | { readonly t: 'call'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly t: 'cancel'; readonly id: number };

/** What comes back. Key order as for `Up`. */
export type Down =
  | { readonly t: 'hello'; readonly protocol: number; readonly engine: string }
  | { readonly t: 'ok'; readonly id: number; readonly result: unknown }
  | { readonly t: 'fail'; readonly id: number; readonly error: WireError }
  | { readonly t: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly t: 'event'; readonly event: EngineEvent };
