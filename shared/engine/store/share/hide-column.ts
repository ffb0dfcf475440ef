import type { CryptoPort } from '../../ports.ts';
import { withoutFingerprints } from '../../intake/masking/token.ts';
import type { ColumnRule } from './column-rules.ts';

/** What takes names out of texts: a pseudonymiser of a profile. */
export interface Hider {
  readonly text: (value: string) => string;
  readonly json: <T>(value: T) => T;
  readonly path: (value: string) => string;
}

/** Claims that say which rights a token gave; every other may hold what a person is called. Source: RFC 7519, 8693, 9068. */
const SHARED_CLAIMS: readonly string[] = ['iss', 'sub', 'aud', 'azp', 'client_id', 'scope', 'scp', 'roles', 'act', 'iat', 'nbf', 'exp'];

const KEY_OF_CREDENTIAL = /"credential":"([0-9a-f]{64})"/g;

/** Makes what each rule does to a text that is there. */
export function columnHider(hide: Hider, crypto: Pick<CryptoPort, 'sha256Hex'>): (rule: ColumnRule, value: string) => string | null {
  const networks = new Map<string, string>();
  const json = (value: string): string => (value === '' ? '' : JSON.stringify(hide.json<unknown>(JSON.parse(value))));
  const claims = (value: string): string => {
    const all: unknown = value === '' ? {} : JSON.parse(value);
    if (typeof all !== 'object' || all === null) return '{}';
    return JSON.stringify(hide.json(Object.fromEntries(Object.entries(all).filter(([name]) => SHARED_CLAIMS.includes(name)))));
  };
  const network = (value: string): string => {
    const known = networks.get(value) ?? `network-${String(networks.size + 1).padStart(2, '0')}`;
    networks.set(value, known);
    return known;
  };
  const rules: Readonly<Record<ColumnRule, (value: string) => string | null>> = {
    same: (value) => value,
    text: hide.text,
    path: hide.path,
    json,
    claims,
    effect: (value) => json(value).replace(KEY_OF_CREDENTIAL, (_all, key: string) => `"credential":"${crypto.sha256Hex(key)}"`),
    network,
    hash: (value) => crypto.sha256Hex(value),
    none: () => null,
    blank: () => '',
    empty: () => '{}',
  };
  return (rule, value) => rules[rule](rule === 'hash' ? value : withoutFingerprints(value));
}
