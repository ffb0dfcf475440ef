import { isJsonObject, type JsonObject } from '../../../lib/json.ts';
import { claimText } from '../../../model/claims.ts';
import type { IamEntry } from '../../../model/knowledge/iam.ts';
import type { Named } from '../../store/read/knowledge.ts';
import type { Identity } from './identity.ts';

/** What the case's lists say of one principal, together; `file` is the first list that names it. */
export type Listed = Omit<Named<IamEntry>, 'aliases' | 'mails' | 'notAddresses'>;

/** What a principal was seen with beside its identity. */
export interface SeenNames {
  readonly consumers: ReadonlySet<string>;
  /** Masks, and ids that the gateway gave, of its keys and certificates. */
  readonly keyNames: ReadonlySet<string>;
}

type Entries = Map<string, Named<IamEntry>[]>;

/** Row numbers and other short numbers name nobody. */
const SAYS_NOTHING = /^(?:.{0,2}|\d{1,5})$/;

/** Masks of keys differ in what stands for the middle. Example: `Kd0***c9S`, `Kd0...c9S` and `Kd0…c9S` are one. */
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/\*+|\.{3,}|…/g, '…');

function add(index: Entries, name: string, entry: Named<IamEntry>): void {
  const known = index.get(plain(name));
  if (known === undefined) index.set(plain(name), [entry]);
  else known.push(entry);
}

/**
 * True when a token was given to the client itself, not to somebody who uses it: then the client's name stands for the caller.
 * Source: RFC 9068 section 2.2 (sub is the client), and what Auth0, Microsoft Entra and Keycloak write instead.
 */
function isOwnClient(claims: JsonObject, subject: string | undefined, client: string): boolean {
  return (
    client === subject ||
    `${client}@clients` === subject ||
    claimText(claims, 'idtyp') === 'app' ||
    claimText(claims, 'gty') === 'client-credentials' ||
    claimText(claims, 'preferred_username') === `service-account-${client}`
  );
}

/** Thumbprints of the key that a token is bound to. Source: RFC 7800, RFC 8705 section 3.1, RFC 9449 section 6.1. */
function boundKeys(claims: JsonObject): readonly string[] {
  const { cnf } = claims;
  return isJsonObject(cnf) ? ['jkt', 'x5t#S256', 'kid'].flatMap((name) => claimText(cnf, name) ?? []) : [];
}

/** A name with the kind of its holder in front, as gateways write subjects: `partner:acme-sync`. No URN or URL, which have more colons or slashes. */
const KINDED = /^(?:partner|client|app|application|service|svc|agent):([^:/\s]+)$/i;

/** Names of a caller, the surest first: only these can be what a list calls it. */
function namesOf({ claims = {}, actor, subject, name, label }: Identity, { consumers, keyNames }: SeenNames): readonly string[] {
  const client = claimText(claims, 'client_id', 'azp', 'appid', 'cid');
  const own = client !== undefined && isOwnClient(claims, subject, client) ? [client] : [];
  return [actor ?? subject, ...(actor === undefined ? own : []), ...consumers, name, label, ...boundKeys(claims), ...keyNames].flatMap((each) => each ?? []).flatMap((each) => [each, ...(KINDED.exec(each)?.slice(1) ?? [])]);
} // prettier-ignore

/** With an actor the addresses in a token are those of the person that it acts for. */
const mailsOf = ({ claims = {}, actor, subject, name }: Identity): readonly string[] =>
  actor === undefined
    ? [...['email', 'upn', 'preferred_username', 'unique_name'].flatMap((claim) => claimText(claims, claim) ?? []), subject ?? name]
    : [];

/** All that several entries say of one caller; where they differ, the first one's word stands. */
function together(entries: readonly Named<IamEntry>[]): Listed | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  const name = entries.find((entry) => entry.name !== undefined)?.name;
  const owner = entries.find((entry) => entry.owner !== undefined)?.owner;
  const kind = entries.find((entry) => entry.kind !== undefined)?.kind;
  const status = entries.find((entry) => entry.status !== undefined)?.status;
  const addresses = [...new Set(entries.flatMap((entry) => entry.addresses ?? []))];
  return {
    principal: first.principal,
    file: first.file,
    scopes: [...new Set(entries.flatMap(({ scopes }) => scopes))],
    roles: [...new Set(entries.flatMap(({ roles }) => roles))],
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
  };
}

/** Finds callers in the case's lists. */
export interface IamFinder {
  find(identity: Identity, seen: SeenNames): Listed | undefined;
  /** Rows that named nobody who was looked for so far. */
  unmatched(): readonly Named<IamEntry>[];
}

/**
 * Finds what the case's lists say of a caller, without regard to case: by the very name that the evidence spells, else by other names that a
 * list gives (client id, subject, id, mask or thumbprint of a key), else by a person's mail address. A further name or an address that
 * several entries of one list share names none of them. A list cannot name a key by a hash of its own: the case keeps only a keyed one.
 */
export function createIamFinder(entries: readonly Named<IamEntry>[]): IamFinder {
  const matched = new Set<Named<IamEntry>>();
  const [byName, byAlias, byMail]: readonly [Entries, Entries, Entries] = [new Map(), new Map(), new Map()];
  for (const entry of entries) {
    add(byName, entry.principal, entry);
    for (const alias of entry.aliases ?? []) if (!SAYS_NOTHING.test(alias)) add(byAlias, alias, entry);
    for (const mail of entry.mails ?? []) if (mail.includes('@')) add(byMail, mail, entry);
  }
  const one = (index: Entries, names: readonly string[]): Listed | undefined => {
    for (const name of names) {
      const found = index.get(plain(name));
      if (found !== undefined && (index === byName || new Set(found.map(({ file }) => file)).size === found.length)) {
        for (const entry of found) matched.add(entry);
        return together(found);
      }
    }
    return undefined;
  };
  return {
    find(identity, seen) {
      const names = namesOf(identity, seen);
      return one(byName, names) ?? one(byAlias, names) ?? one(byMail, mailsOf(identity)) ?? one(byName, mailsOf(identity));
    },
    unmatched: () => entries.filter((entry) => !matched.has(entry)),
  };
}
