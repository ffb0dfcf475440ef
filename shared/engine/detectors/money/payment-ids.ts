import { scanJson } from '../../intake/json-leaves.ts';

/** Values of one answer that may be ids. */
const MAX_IDS = 60;
/** A longer value is no id. Units: characters. */
const MAX_ID = 64;
/** What fields with an id are called, `number` and `ref` among them. */
const ID_FIELD =
  /(?:^|[_-])(?:id|ref|reference|number|no|code|uuid|key)$|[a-z](?:Id|Ref|Reference|Number|Code|Key)$|^(?:payment|refund|transfer|payout|disbursement)$/;
/** What answers are wrapped in. */
const WRAPPER = /^(?:data|results?|response|attributes|payload|items|body|params|arguments|content|structuredContent)$/;

/** What a body may call a payment. */
export interface PaymentIds {
  /** Under `id` or the payment's own name: `payout_id` where payouts are made. */
  readonly own: ReadonlySet<string>;
  /** Under other fields, which may as well name a customer or an invoice. */
  readonly other: ReadonlySet<string>;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

/** Values of a body that may be ids; `noun`: what one payment is called there, such as `payout`. */
export function idsOf(text: string | undefined, noun: string): PaymentIds {
  const [own, other] = [new Set<string>(), new Set<string>()];
  const root: { id: string | undefined; isRpc: boolean } = { id: undefined, isRpc: false };
  scanJson(text ?? '', ({ key, parent, field, kind, text: value }) => {
    if (field === '$.jsonrpc') root.isRpc = true;
    if (kind === 'literal' || !ID_FIELD.test(key ?? '') || value.length < 2 || value.length > MAX_ID || !/\d/.test(value)) return true;
    const name = plain(key ?? '');
    const isAtTop = parent === undefined || WRAPPER.test(parent) || plain(parent).replace(/s$/, '') === noun;
    if (field === '$.id') root.id = value;
    else if (name === noun || name === `${noun}id` || ((name === 'id' || name === 'uuid') && isAtTop)) own.add(value);
    else other.add(value);
    return own.size + other.size < MAX_IDS;
  });
  // The envelope of JSON-RPC counts its messages in `id`.
  if (root.id !== undefined && !root.isRpc) own.add(root.id);
  return { own, other };
} // prettier-ignore
