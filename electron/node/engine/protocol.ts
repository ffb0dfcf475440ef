import type { WireError } from '#shared/contract/wire.ts';
import type { CaseKey } from '../encryption/case-key.ts';

/** Which of the two engine processes of a case: the only writer, or a reader. */
export type EngineRole = 'work' | 'query';

/** What may be done to the passphrase of a case. */
export type PassphraseDeed = 'set' | 'change' | 'remove';

/** What the supervisor says to an engine process. A connection is one client's pipe, by number. */
export type ToEngine =
  | {
      readonly k: 'open';
      readonly role: EngineRole;
      readonly casePath: string;
      readonly create: boolean;
      readonly title: string;
      readonly version: string;
      /** Of an encrypted case, or one that becomes so. It goes this way and no other: arguments and the environment are read by others. */
      readonly key?: CaseKey | undefined;
    }
  | { readonly k: 'connect'; readonly connection: number }
  | { readonly k: 'text'; readonly connection: number; readonly text: string }
  | { readonly k: 'close'; readonly connection: number }
  /** Replace a case that nobody has open by one under another key; `undefined` is plain. Not together with `open`. */
  | {
      readonly k: 'rewrite';
      readonly casePath: string;
      readonly deed: PassphraseDeed;
      readonly from: CaseKey | undefined;
      readonly to: CaseKey | undefined;
      readonly version: string;
    }
  /** Close the case cleanly and exit. */
  | { readonly k: 'end' };

/** What an engine process says to the supervisor. */
export type FromEngine =
  | { readonly k: 'opened' }
  | { readonly k: 'rewritten' }
  | { readonly k: 'failed'; readonly error: WireError }
  | { readonly k: 'text'; readonly connection: number; readonly text: string }
  | { readonly k: 'bug'; readonly message: string };

/** An engine process as its supervisor holds it; a child process or a utility process. */
export interface EngineProcess {
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Heard once, whatever ended it; at once when it has ended already. */
  onExit(listener: (why: string) => void): void;
  kill(): void;
}

export type SpawnEngine = (role: EngineRole) => EngineProcess;
