import type { SecretType } from './token.ts';

/** A secret that only the name beside it gave away, to be looked for where it stands without a name. In clear: it lives as long as its import and is stored nowhere. */
export interface LoneSecret {
  readonly text: string;
  readonly type: SecretType;
  /** What stands in its place. */
  readonly token: string;
  /** By what it is known among the values of calls. */
  readonly print: number;
}
