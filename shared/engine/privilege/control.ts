import type { PrincipalCalls } from './calls-of.ts';
import type { Phases } from './phases.ts';
import type { OperationNeed } from '../detectors/jwt/scopes.ts';

/** What a control would have done with a call; `unknown` where the evidence does not say enough to tell, so the call would have passed. */
export type Verdict = 'pass' | 'block' | 'unknown';

/** What a control may know of one principal. */
export interface ControlInput {
  readonly calls: PrincipalCalls;
  readonly phases: Phases;
  /** Endpoints that the learnt policy permits, by row id. */
  readonly permitted: ReadonlySet<number>;
  readonly needOf: (endpoint: number) => OperationNeed | undefined;
  /** When the credential was issued, as its token says; else when it was first used, which is never earlier. None for keys, passwords and certificates. Units: µs. */
  readonly issuedAt: (credential: number) => { readonly time: number; readonly stated: boolean } | undefined;
  /** True for a token that says for whom it is, or could: a readable JWT. */
  readonly isToken: (credential: number) => boolean;
}

/** A control set to one principal. Asked call by call, in order of time. */
export interface PreparedControl {
  /** What it is with its number: `token lifetime 15 min`. */
  readonly title: string;
  /** What is taken for granted, so that the numbers can be read: one sentence. */
  readonly assumes: string;
  readonly judge: (index: number) => Verdict;
}

/** Something that could have been in force. A new one is one file and one line in the registry. */
export interface Control {
  readonly id: string;
  /** Sets it by what was learnt; `undefined` where it has nothing to go by. */
  readonly prepare: (input: ControlInput) => PreparedControl | undefined;
}
