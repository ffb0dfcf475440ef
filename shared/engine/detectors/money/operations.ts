/** Where a receiver of money is named. A card that one pays with oneself is none. */
const PAYEE = /^(?:payees?|beneficiar(?:y|ies)|payout[-_]?(?:accounts?|methods?|destinations?|details)|bank[-_]?(?:accounts?|details)|external[-_]?accounts?|counterpart(?:y|ies)|iban)$/i; // prettier-ignore
/** Where money leaves. A charge or an order takes it in. */
const PAYMENT = /^(?:payouts?|transfers?|withdrawals?|withdraw|disbursements?|remittances?|wires?|wire[-_]?transfers?|pay|send[-_]?money|settlements?)$/i; // prettier-ignore
/** The second pair of eyes. */
const APPROVAL = /^(?:approv(?:e|al|als|ed)|confirm(?:ation|ations|ed)?|releas(?:e|es|ed)|authori[sz](?:e|ation|ations)|verif(?:y|ication)|sign[-_]?off|four[-_]?eyes|second[-_]?approval)$/i; // prettier-ignore

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
