import type { EndpointFlag } from '../../../contract/report-json.ts';
import { isChanging, operationWords, pathWords, type NamedEndpoint } from '../../../model/endpoint-words.ts';

const MONEY = words(
  'pay pays payment payments payout payouts charge charges refund refunds transfer transfers withdraw withdrawal withdrawals deposit deposits checkout purchase purchases wire capture invoice invoices billing subscription subscriptions credit credits giftcard wallet wallets order orders price prices',
);
const POWER = words(
  'role roles permission permissions grant grants admin admins invite invites invitations policy policies scope scopes impersonate impersonation sudo member members membership group groups apikey apikeys key keys token tokens credential credentials password passwords mfa sso acl secrets secret webhook webhooks users',
);
const DESTROY = words('delete remove purge wipe drop destroy erase terminate deactivate disable revoke cancel truncate reset');
const OUTSIDE = words(
  'email emails mail mails send sends sms message messages notify notification notifications webhook webhooks export exports share shares upload uploads forward publish post tweet slack callback fax collect ingest hooks replies reply',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/**
 * What a call of this endpoint can do, by method, words of path and operation, and field names. It is a reading of names: the report says so.
 * Example: `POST /v1/refunds` moves money, `PUT /users/{id}/roles` grants power, `POST /mcp · tool delete_user` destroys.
 */
export function endpointFlags(endpoint: NamedEndpoint, fields: readonly string[]): readonly EndpointFlag[] {
  const { method, template } = endpoint;
  const flags: EndpointFlag[] = [];
  const isWrite = isChanging(endpoint);
  const parts = [...pathWords(template), ...operationWords(endpoint)];
  const has = (set: ReadonlySet<string>): boolean => parts.some((part) => set.has(part));
  const fieldNames = new Set(fields.map((field) => field.toLowerCase()));
  const hasField = (...names: readonly string[]): boolean => names.some((name) => fieldNames.has(name));
  // A delete of an order moves no money by itself, but a plain `users` collection grants power only when it is written.
  if (isWrite && method !== 'DELETE' && (has(MONEY) || (hasField('amount') && hasField('currency', 'iban', 'account', 'card'))))
    flags.push('moves-money');
  if (isWrite && (has(POWER) || hasField('role', 'roles', 'permissions', 'scopes', 'is_admin', 'isadmin'))) flags.push('grants-power');
  if (method === 'DELETE' || (isWrite && has(DESTROY))) flags.push('destroys');
  if (
    isWrite &&
    method !== 'DELETE' &&
    (has(OUTSIDE) || hasField('webhook_url', 'webhookurl', 'callback_url', 'callbackurl', 'recipient', 'recipients'))
  )
    flags.push('sends-outside');
  return flags;
}
