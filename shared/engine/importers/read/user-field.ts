import type { JsonObject } from '../../../lib/json.ts';
import { FIELD_NAMES } from '../mapping/known-names.ts';
import type { RecordFields } from './record-fields.ts';

/** What owners call the field of who is logged in: `portal_user`, `auth_username`, `jwt_user_id`; `request_user_agent` is none. */
const OWN_NAME = /^[a-z0-9]+_(?:user|username|user_?name|user_?id|user_?email|login)$/i;

/** Who is logged in, in a log whose owners add fields of their own: by a name that is known for it, else by one that ends like it. */
export function takeUser(fields: RecordFields, record: JsonObject): string | undefined {
  return fields.text(...(FIELD_NAMES.consumer ?? []), ...Object.keys(record).filter((key) => OWN_NAME.test(key)));
}
