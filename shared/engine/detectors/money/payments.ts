import { append } from '../../../lib/append.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { DetectorTools } from '../detector.ts';
import { sightingsOf } from '../flow/run-calls.ts';
import { isGiven, NAMED_CALLER, pageCalls, byTime, type CallRow } from '../rows/page-calls.ts';
import { approves, namesPayee, paysOut } from './operations.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';

/** What a request says about a sum; absent without a body. */
export interface Money {
  readonly amount: number | undefined;
  readonly currency: string | undefined;
  /** As it was sent, masked where it is an account. */
  readonly payee: string | undefined;
}

/** A payment that was taken. */
export interface Payment extends Money {
  readonly call: CallRow;
}

/** Everything about money going out, in time order. */
export interface MoneyCalls {
  readonly payees: readonly CallRow[];
  readonly payments: readonly Payment[];
  readonly approvals: readonly CallRow[];
}

const AMOUNT = /^(?:amount|sum|value|total|amount_?(?:minor|cents|value)|instructed_?amount)$/i;
const CURRENCY = /^(?:currency|currency_?code|ccy)$/i;
const PAYEE_FIELD = /^(?:payee|payee_?id|beneficiary|beneficiary_?id|recipient|recipient_?id|destination|destination_?account|iban|account|account_?id|account_?number|creditor|creditor_?account|to)$/i; // prettier-ignore

/** Reads the sum and its receiver out of a request; the first of each stands. */
export function readMoney(body: string | undefined): Money {
  let amount: number | undefined;
  let currency: string | undefined;
  let payee: string | undefined;
  let seen = 0;
  scanJson(body ?? '', ({ key, kind, text, parent }) => {
    seen += 1;
    const name = key ?? '';
    const number = Number(text);
    if (amount === undefined && AMOUNT.test(/^(?:value|total)$/i.test(name) ? (parent ?? name) : name) && kind !== 'literal' && text !== '' && !Number.isNaN(number)) amount = number;
    else if (currency === undefined && CURRENCY.test(name) && kind === 'string') currency = text.slice(0, 8);
    else if (payee === undefined && PAYEE_FIELD.test(name) && kind !== 'literal') payee = text.slice(0, 80);
    return seen < 500;
  });
  return { amount, currency, payee };
} // prettier-ignore

/** The request as one of its sightings kept it. */
const requestBodyOf = (db: SqlDriver, tools: DetectorTools, call: number): string | undefined =>
  sightingsOf(db, call)
    .map((id) => tools.detail(id).requestBody?.text)
    .find((text) => text !== undefined);

/** All payees named, sums paid out and approvals that were answered with 2xx, those of services behind a gateway left out. */
export async function readMoneyCalls(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<MoneyCalls> {
  const endpoints = db.prepare("SELECT id, template FROM endpoint WHERE method IN ('POST', 'PUT', 'PATCH')").all<{ id: number; template: string }>();
  const inner = db.prepare(`SELECT 1 FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS} LIMIT 1`);
  const read = async (fits: (template: string) => boolean): Promise<CallRow[]> => {
    const rows: CallRow[] = [];
    for (const { id, template } of endpoints)
      if (fits(template))
        for (const page of pageCalls(db, `f.endpoint_id = ? AND ${NAMED_CALLER}`, id)) {
          append(rows, page.filter((call) => isGiven(call) && inner.get(call.id) === undefined));
          await breathe();
        }
    return rows.sort(byTime);
  };
  const payments = await read(paysOut);
  return {
    payees: await read(namesPayee),
    payments: payments.map((call) => ({ ...readMoney(requestBodyOf(db, tools, call.id)), call })),
    approvals: await read(approves),
  };
} // prettier-ignore
