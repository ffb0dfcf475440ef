/** Where a receiver of money is named. A card that one pays with oneself is none. */
const PAYEE = /^(?:payees?|beneficiar(?:y|ies)|payout[-_]?(?:accounts?|methods?|destinations?|details)|bank[-_]?(?:accounts?|details)|external[-_]?accounts?|counterpart(?:y|ies)|iban)$/i; // prettier-ignore
/** Where money leaves. A charge or an order takes it in. */
const PAYMENT = /^(?:payouts?|transfers?|withdrawals?|withdraw|disbursements?|remittances?|wires?|wire[-_]?transfers?|pay|send[-_]?money|settlements?)$/i; // prettier-ignore
/** The second pair of eyes. */
const APPROVAL = /^(?:approv(?:e|al|als|ed)|confirm(?:ation|ations|ed)?|releas(?:e|es|ed)|authori[sz](?:e|ation|ations)|verif(?:y|ication)|sign[-_]?off|four[-_]?eyes|second[-_]?approval)$/i; // prettier-ignore

/** What is paid, as collections and tools are named after it. */
const MONEY = /^(?:payments?|payouts?|refunds?|transfers?|withdrawals?|disbursements?|reimbursements?|remittances?|settlements?|wires?|credits?|credit[-_]?notes?|invoices?|expenses?|claims?|vouchers?|advances?|purchase[-_]?orders?|commissions?|payroll|pay[-_]?runs?)$/i; // prettier-ignore
/** How tools that begin something are named. */
const BEGIN = /^(?:create|make|send|issue|initiate|submit|request|post|execute|schedule|start|new|pay)$/;

/** The last segments of a template that are words. */
const wordsOf = (template: string): readonly string[] =>
  template
    .split('/')
    .filter((segment) => segment !== '' && !segment.includes('{'))
    .slice(-2);

/** True where a receiver of money is named or changed. */
export const namesPayee = (template: string): boolean => PAYEE.test(wordsOf(template).at(-1) ?? '');

/** True where money leaves to a receiver. */
export const paysOut = (template: string): boolean => PAYMENT.test(wordsOf(template).at(-1) ?? '');

/** True where somebody agrees to something. */
export const approves = (template: string): boolean => APPROVAL.test(wordsOf(template).at(-1) ?? '');

/** True for a collection of payments of some kind. */
export const isOfMoney = (template: string): boolean => MONEY.test(wordsOf(template).at(-1) ?? '');

/** One word of the many: `credit-notes` gives `creditnote`. */
const singular = (word: string): string => word.toLowerCase().replaceAll(/[-_]/g, '').replace(/ies$/, 'y').replace(/s$/, '');

/** What one payment of a collection is called: `/v2/payouts` gives `payout`. */
export const paymentNoun = (template: string): string => singular(wordsOf(template).at(-1) ?? '');

const toolWords = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

/** What a tool calls the payment: `create_refund` gives `refund`. */
export const toolNoun = (name: string): string => singular(toolWords(name).findLast((word) => MONEY.test(word)) ?? '');

/** What a tool does about payments, by its name: `create_refund` makes one, `approvePayment` approves one; undefined for all others. */
export function moneyTool(name: string): 'making' | 'approval' | undefined {
  const words = toolWords(name);
  if (!words.some((word) => MONEY.test(word))) return undefined;
  if (words.some((word) => APPROVAL.test(word))) return 'approval';
  return words.some((word) => BEGIN.test(word)) ? 'making' : undefined;
}
