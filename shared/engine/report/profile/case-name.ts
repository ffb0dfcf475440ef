import type { PrincipalKind } from '../../../contract/report-json.ts';

/** One name of the case that must not leave it in a redacted export. */
export interface CaseName {
  readonly kind: PrincipalKind | 'host' | 'address' | 'network';
  readonly name: string;
  /** Other spellings of the same one: its id, names that were joined with it. */
  readonly aliases: readonly string[];
  /** Of an address, and of a network inside of another: the network around it, by its name. Their pseudonyms share its number. */
  readonly network?: string;
}

/** The word that a pseudonym begins with. */
export const PSEUDONYM_WORDS: Readonly<Record<CaseName['kind'], string>> = {
  human: 'user',
  service: 'service',
  agent: 'agent',
  unknown: 'principal',
  host: 'host',
  address: 'address',
  network: 'network',
};
