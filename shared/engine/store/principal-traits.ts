import type { NameGiver } from '../../model/name-giver.ts';
import type { PrincipalKind } from '../../contract/report-json.ts';

/** One sign of what a principal is, with the rung that it stands on. */
export interface TraitSign {
  readonly rung: number;
  readonly kind: PrincipalKind;
  readonly says: string;
  /** Calls that show it. */
  readonly calls: number;
}

/** An address check of calls that name an agent: how many came from the ranges that its vendor published. */
export interface RangeCheck {
  readonly agent: string;
  readonly list: string;
  readonly date: string;
  readonly inside: number;
  readonly outside: number;
}

/** What became of the HTTP message signatures that were looked at, by outcome in words. */
export interface SignatureCheck {
  readonly verified: number;
  readonly failed: number;
  readonly unchecked: number;
  readonly why: Readonly<Record<string, number>>;
  /** Row ids of calls whose signature failed, the first some hundred. */
  readonly failedCalls: readonly number[];
}

/** What the principals pass keeps of a principal beside its columns; JSON in `principal.traits`. */
export interface PrincipalTraits {
  /** Who gave it its name, where no credential shows it. */
  readonly namedBy?: NameGiver;
  /** All signs that were found, the one that decided first. */
  readonly signs?: readonly TraitSign[];
  /** Signs that contradict each other, in sentences. */
  readonly conflicts?: readonly string[];
  /** Why several callers may stand behind it. */
  readonly shared?: string;
  /** Identities that were taken for one, each with the reason. */
  readonly joined?: readonly {
    readonly identity: string;
    readonly label: string;
    readonly why: string;
    readonly by: 'evidence' | 'analyst';
  }[];
  readonly ranges?: readonly RangeCheck[];
  readonly signatures?: SignatureCheck;
  /** From the list of principals in the case. */
  readonly owner?: string;
  /** Addresses and networks that it calls from. */
  readonly addresses?: readonly string[];
  readonly status?: 'active' | 'disabled' | 'revoked';
  readonly list?: string;
  /** Scopes that it grants. */
  readonly grants?: readonly string[];
}

/** Reads the column; written by the principals pass and nothing else. */
export const readTraits = (text: string): PrincipalTraits => JSON.parse(text) as PrincipalTraits;
