import type { KnownAs } from '../../../../contract/revocation-json.ts';
import { entryOf } from '../../../../lib/entry-of.ts';
import { isJsonObject, type JsonObject } from '../../../../lib/json.ts';
import { isMask } from '../../../intake/masking/token.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMergedDetail } from '../calls/call-detail.ts';
import { callReader } from '../calls/calls.ts';
import type { CredentialRecord } from './planned-credential.ts';

/** Sources that are looked into for one credential: systems that know it by different ids are few. */
const MAX_SOURCES = 12;

/** What importers call the ids that a gateway writes beside a key; see `importers/formats/kong-json.ts` and its neighbours. */
const NAMES: Readonly<Record<string, string>> = {
  'credential-id': 'credential id',
  'consumer-id': 'consumer id',
  'key-alias': 'alias of the key',
  'authorizer.client_id': 'client id',
};

/** Members of `userIdentity` of CloudTrail that name what is to be deactivated, and whose sessions are to be ended. */
const IDENTITY: readonly (readonly [name: string, path: readonly string[]])[] = [
  ['access key id', ['accessKeyId']],
  ['user', ['userName']],
  ['role or user', ['sessionContext', 'sessionIssuer', 'arn']],
];

function textAt(object: JsonObject, path: readonly string[]): string | undefined {
  let value: unknown = object;
  for (const name of path) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Any log may have a field of that name, and a long one is cut. */
function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // no identity of CloudTrail: it names nothing
  }
}

type Found = Pick<KnownAs, 'name' | 'value'>;

function idsIn([name, value]: readonly [string, string]): readonly Found[] {
  const plain = entryOf(NAMES, name);
  if (plain !== undefined) return value === '' ? [] : [{ name: plain, value }];
  if (name !== 'userIdentity') return [];
  const identity = jsonOf(value);
  if (!isJsonObject(identity)) return [];
  return IDENTITY.flatMap(([told, path]) => {
    const text = textAt(identity, path);
    return text === undefined ? [] : [{ name: told, value: text }];
  });
}

/** The first call with it of each source, in the order of the sources' names, which no order of import changes. */
const firstCalls = (db: SqlDriver, credential: number): readonly number[] =>
  db
    .prepare(
      `SELECT (SELECT c.id FROM call c WHERE c.time = x.first AND c.credential_id = ? AND c.source_id = x.source_id ORDER BY c.record LIMIT 1) AS id
         FROM (SELECT source_id, min(first_use) AS first FROM credential_context WHERE credential_id = ? GROUP BY source_id) x
         JOIN source s ON s.id = x.source_id ORDER BY s.name LIMIT ${String(MAX_SOURCES)}`,
    )
    .all<{ id: number | null }>(credential, credential)
    .flatMap(({ id }) => id ?? []);

/**
 * By which ids the systems that recorded it know a credential: whoever revokes it looks for those, since the secret is in no file of ours.
 * Shape: each id once, with a call whose record has it in full; an id that looks like a secret itself is shown by the mask of the credential.
 * Cost:  the details of a dozen calls at most.
 */
export function readKnownAs(
  db: SqlDriver,
  codec: CodecPort,
  { id, about: { kind, label, masked } }: Pick<CredentialRecord, 'id' | 'about'>,
): readonly KnownAs[] {
  const calls = callReader(db);
  const found = new Map<string, KnownAs>();
  const note = (call: number, { name, value }: Found): void => {
    const ref = calls.refOf(call);
    const shown = isMask(value) ? masked : value;
    if (ref !== undefined && !found.has(`${name} ${shown}`)) found.set(`${name} ${shown}`, { name, value: shown, call: ref });
  };
  for (const call of firstCalls(db, id)) {
    // In place of a key that it does not show, a gateway writes its id, which then stands for the key.
    if (kind === 'api-key' && label === masked) note(call, { name: 'key id', value: masked });
    if (kind === 'identity') note(call, { name: 'account', value: masked });
    for (const extra of getMergedDetail(db, codec, call).extras ?? []) for (const each of idsIn(extra)) note(call, each);
  }
  const keyIds = new Set([...found.values()].flatMap(({ name, value }) => (name === 'key id' ? [value] : [])));
  return [...found.values()].filter(({ name, value }) => name === 'key id' || !keyIds.has(value));
}
