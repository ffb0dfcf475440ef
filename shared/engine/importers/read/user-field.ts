import type { JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { FIELD_NAMES } from '../mapping/known-names.ts';
import { toKnownText } from './fields.ts';
import type { RecordFields } from './record-fields.ts';

/** What owners call the field of who is logged in: `portal_user`, `auth_username`, `jwt_user_id`; `request_user_agent`, `db_user` and `last_login` are none. */
const OWN_NAME =
  /^(?!(?:last|is|has|new|db|database|sql|os|sudo|ssh|upstream|proxy)_)[a-z0-9]+_(?:user|username|user_?name|user_?id|user_?email|login)$/i;
/** What they call the handle of the session: `sid`, `session_id`, `sessionId`, `portal_sid`, `sid_hash`. A session of TLS is a connection's. */
const SESSION_NAME = /^(?!ssl|tls)(?:[a-z0-9]+_)?(?:sid|session|session_?id|(?:sid|session|session_?id)_?hash)$/i;
const KNOWN = FIELD_NAMES.consumer ?? [];

const namesLike = (record: JsonObject, pattern: RegExp): readonly string[] => Object.keys(record).filter((key) => pattern.test(key));

/** Who is logged in, in a log whose owners add fields of their own: by a name that is known for it, else by one that ends like it. */
export const takeUser = (fields: RecordFields, record: JsonObject): string | undefined =>
  fields.text(...KNOWN, ...namesLike(record, OWN_NAME));

/** Names of fields with a session's handle; what is nothing but digits counts something. */
const sessionNames = (record: JsonObject): readonly string[] =>
  namesLike(record, SESSION_NAME).filter((name) => /\D/.test(toKnownText(record[name]) ?? ''));

/** The handle of the session, in such a log. */
export const takeSession = (fields: RecordFields, record: JsonObject): string | undefined => fields.text(...sessionNames(record));

/** Both, for formats that have names of their own for the caller: those go before, and what is read here stays among what else the record says. */
export function readOwnFields(record: JsonObject, call: Pick<ImportedCall, 'consumer'>): Pick<ImportedCall, 'consumer' | 'sessionId'> {
  const first = (names: readonly string[]): string | undefined => names.flatMap((name) => toKnownText(record[name]) ?? []).at(0);
  return { consumer: call.consumer ?? first([...KNOWN, ...namesLike(record, OWN_NAME)]), sessionId: first(sessionNames(record)) };
}
