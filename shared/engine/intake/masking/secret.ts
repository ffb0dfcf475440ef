import type { FieldPrior } from '../personal/data-names.ts';
import type { SecretType } from './token.ts';
import type { SeenCredential } from './masked-call.ts';
import type { NameHint } from './secret-names.ts';

/** A secret in the hands of intake. `text` is the clear text and never leaves it. */
export interface Secret {
  readonly text: string;
  readonly type: SecretType;
  /** What stands in its place. */
  readonly token: string;
  readonly credential: SeenCredential;
  /** Documentation's example, public by design, or a key whose own checksum is wrong: masked, but nowhere an exposure. */
  readonly example: boolean;
}

/** A name as it may be kept, and what it held. */
export interface SafeName {
  /** Its masks say only the type of what they hide: names stand in places and labels, which exports show as they are. */
  readonly masked: string;
  readonly secrets: readonly Secret[];
  /** The secret that the name is, whole. */
  readonly whole: Secret | undefined;
}

/** Knows the secrets of one import by their text, so that one seen a million times is hashed once. */
export interface Vault {
  secret(text: string, type: SecretType, label?: string): Secret;
  /** Fingerprint of a text that is no secret, with the key of the case. */
  fingerprint(text: string): string;
  /** A pattern for the text in whatever escapes a writer used. Shape: global; set `lastIndex` before `exec`. */
  anySpelling(text: string): RegExp;
  /** A name of the evidence (header, parameter, key, column) with the secrets that stand in it masked, remembered by name. */
  inName(name: string): SafeName;
  /** What a name promises about its value, remembered by name. */
  hint(name: string): NameHint | undefined;
  /** What a field's pointer or a parameter's name promises about its values, remembered by it. */
  prior(field: string): FieldPrior;
}
