import type { PublicKey } from './key-set.ts';

/** A key of a token issuer with the name of the key set that holds it. */
export interface IssuerKey extends PublicKey {
  readonly file: string;
}
