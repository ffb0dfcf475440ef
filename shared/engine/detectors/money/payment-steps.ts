import { append } from '../../../lib/append.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';
import type { DetectorTools } from '../detector.ts';
import { sightingsOf } from '../flow/run-calls.ts';
import { byTime, isGiven, NAMED_CALLER, pageCalls, type CallRow } from '../rows/page-calls.ts';
import { approves, isOfMoney, moneyTool, paymentNoun, toolNoun } from './operations.ts';
import { idsOf, type PaymentIds } from './payment-ids.ts';
import { readMoney, type Money } from './payments.ts';

/** A tool's call and the request that it led to differ by no more than what a log's whole seconds round off. Units: µs. */
const SAME_MOMENT = 2_000_000;
/** Steps of one kind read of one collection, the last ones: thousands show what is usual. */
const MAX_READ = 20_000;
/** A payment that was made: asked for, not yet approved. */
export interface MadePayment extends Money {
  readonly call: CallRow;
  /** The calls of tools that led to it; its own evidence beside the request. */
  readonly told: readonly number[];
  /** Values of the answer, one of which is its id. Empty where no answer was kept. */
  readonly ids: PaymentIds;
}

/** The approval of one payment. */
export interface ApprovedPayment {
  readonly call: CallRow;
  readonly told: readonly number[];
  /** The payment's id, as the path or the tool's arguments have it. */
  readonly object: string | undefined;
}

/** Everything that is made and approved in one place, each in time order. */
export interface PaymentSteps {
  /** `POST /v2/payouts`, or the tools of an agent. */
  readonly place: string;
  readonly made: readonly MadePayment[];
  readonly approved: readonly ApprovedPayment[];
  /** Calls of other steps on one payment, such as its release, by its id. */
  readonly later: ReadonlyMap<string, readonly CallRow[]>;
}

interface Endpoint {
  readonly id: number;
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

/** A tool's call, with what it was given and gave back. */
interface ToolCall {
  readonly call: CallRow;
  readonly kind: 'making' | 'approval';
  /** What it calls the payment. */
  readonly noun: string;
}

const APPROVED = /^(?:approved?|authori[sz]ed|released|confirmed)$/i;

/** True where a body sets a payment to approved: `{"status": "approved"}`. */
function setsApproved(text: string | undefined): boolean {
  let found = false;
  scanJson(text ?? '', ({ key, text: value }) => {
    found ||= /^(?:status|state|decision|approval|action)$/i.test(key ?? '') && APPROVED.test(value);
    return !found;
  });
  return found;
}

/** The collection that an approving template belongs to, and which segment holds the payment's id: `/v2/payouts/{id}/approve` gives `/v2/payouts` and 3. */
function collectionOf(template: string): { readonly collection: string; readonly at: number } | undefined {
  const segments = template.split('/');
  const at = segments.findLastIndex((segment) => segment.includes('{'));
  return at < 2 ? undefined : { collection: segments.slice(0, at).join('/'), at };
}

const segmentOf = (call: CallRow, at: number): string | undefined => call.path.split('/')[at];

/** Calls that were answered, of callers that are known, without those that another of them led to. */
async function readCalls(db: SqlDriver, endpoints: readonly Endpoint[], breathe: () => Promise<void>): Promise<readonly CallRow[]> {
  const rows: CallRow[] = [];
  for (const { id } of endpoints)
    for (const page of pageCalls(db, `f.endpoint_id = ? AND ${NAMED_CALLER}`, id)) {
      append(rows, page.filter(isGiven));
      await breathe();
    }
  const known = new Set(rows.map(({ id }) => id));
  const causes = db.prepare(`SELECT from_call AS id FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS}`);
  return rows.filter((call) => !causes.all<{ id: number }>(call.id).some(({ id }) => known.has(id))).sort(byTime);
}

/** Calls of tools that make or approve payments, by their names. */
async function readTools(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly ToolCall[]> {
  const terms = db.prepare("SELECT id, value FROM term WHERE value >= 'tool:' AND value < 'tool;' OR value >= 'mcp:' AND value < 'mcp;'");
  const kinds = new Map(terms.all<{ id: number; value: string }>().flatMap(({ id, value }) => {
    const name = value.slice(value.indexOf(':') + 1);
    const kind = moneyTool(name);
    return kind === undefined ? [] : [[id, { kind, noun: toolNoun(name) }] as const];
  }));
  if (kinds.size === 0) return [];
  const toolOf = db.prepare('SELECT tool_id AS tool FROM call WHERE id = ?');
  const rows: ToolCall[] = [];
  for (const page of pageCalls(db, `c.tool_id IN (${[...kinds.keys()].join()})`)) {
    for (const call of page) {
      const kind = kinds.get(toolOf.get<{ tool: number }>(call.id)?.tool ?? 0);
      if (kind !== undefined && isGiven(call)) rows.push({ call, ...kind });
    }
    await breathe();
  }
  return rows.sort((a, b) => byTime(a.call, b.call));
} // prettier-ignore

/** Gives each request the tool's call nearest to it that no other request has. */
function matchTools(calls: readonly CallRow[], tools: readonly CallRow[]): ReadonlyMap<number, CallRow> {
  const pairs = new Map<number, CallRow>();
  const taken = new Set<number>();
  let from = 0;
  for (const call of calls) {
    while ((tools[from]?.time ?? Infinity) < call.time - SAME_MOMENT) from += 1;
    let best: CallRow | undefined;
    for (let at = from; at < tools.length; at += 1) {
      const tool = tools[at];
      if (tool === undefined || tool.time > call.time + SAME_MOMENT) break;
      if (!taken.has(tool.id) && (best === undefined || Math.abs(tool.time - call.time) < Math.abs(best.time - call.time))) best = tool;
    }
    if (best === undefined) continue;
    taken.add(best.id);
    pairs.set(call.id, best);
  }
  return pairs;
}

/** Reads what sightings of a call kept, the first that has it. */
function kept(db: SqlDriver, tools: DetectorTools, id: number | undefined, part: (detail: StoredDetail) => string | undefined): string | undefined {
  if (id === undefined) return undefined;
  return sightingsOf(db, id).map((sighting) => part(tools.detail(sighting))).find((text) => text !== undefined);
} // prettier-ignore

const request = (detail: StoredDetail): string | undefined => detail.requestBody?.text;
const response = (detail: StoredDetail): string | undefined => detail.responseBody?.text;

/**
 * The lists from where all of them are read, each to its last `most` steps. A list cut by itself would leave payments without the approvals that
 * were cut off.
 */
export function lastSteps<Step extends { readonly call: Pick<CallRow, 'time'> }>(lists: readonly (readonly Step[])[], most = MAX_READ): readonly (readonly Step[])[] {
  const since = lists.reduce((latest, list) => Math.max(latest, list.length > most ? (list.at(-most)?.call.time ?? -Infinity) : -Infinity), -Infinity);
  return lists.map((list) => list.filter(({ call }) => call.time >= since).slice(-most));
} // prettier-ignore

/** Each item as `to` has it, with room for other work in between: each may read a body. */
async function mapSlowly<Item, Result>(items: readonly Item[], to: (item: Item) => Result, breathe: () => Promise<void>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(to(item));
    if (results.length % 1_000 === 0) await breathe();
  }
  return results;
} // prettier-ignore

const withCall = (call: CallRow): { readonly call: CallRow } => ({ call });

/** Payments and approvals of the case by place, where something is both made and approved. Requests are read without the bodies that a log lacks: an agent's trace may have them. */
export async function readPaymentSteps(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>, most = MAX_READ): Promise<readonly PaymentSteps[]> {
  const endpoints = db.prepare("SELECT id, method, host, template FROM endpoint WHERE method IN ('POST', 'PUT', 'PATCH')").all<Endpoint>();
  const toolCalls = await readTools(db, breathe);
  const ofKind = (kind: ToolCall['kind']): readonly CallRow[] => toolCalls.filter((tool) => tool.kind === kind).map(({ call }) => call);
  const matched = new Set<number>();
  const steps: PaymentSteps[] = [];
  const toMade = (call: CallRow, tool: CallRow | undefined, noun: string): MadePayment => {
    const own = readMoney(kept(db, tools, call.id, request));
    const told = readMoney(kept(db, tools, tool?.id, request));
    const [ids, toldIds] = [idsOf(kept(db, tools, call.id, response), noun), idsOf(kept(db, tools, tool?.id, response), noun)];
    return {
      call,
      told: idOf(tool),
      amount: own.amount ?? told.amount, currency: own.currency ?? told.currency, payee: own.payee ?? told.payee,
      ids: { own: new Set([...ids.own, ...toldIds.own]), other: new Set([...ids.other, ...toldIds.other]) },
    };
  };
  for (const { host, template, collection, at } of approvingPlaces(endpoints)) {
    const makers = endpoints.filter((each) => each.host === host && each.template === collection && each.method === 'POST');
    if (makers.length === 0) continue;
    const noun = paymentNoun(collection);
    const below = endpoints.filter((each) => each.host === host && each.template.startsWith(template.split('/').slice(0, at + 1).join('/')));
    const isApproving = (each: Endpoint): boolean => approves(each.template);
    const allMakings = await readCalls(db, makers, breathe);
    const allChanges = await readCalls(db, below.filter((each) => !isApproving(each)), breathe);
    const allSigned = await readCalls(db, below.filter(isApproving), breathe);
    for (const tool of [...matchTools(allMakings, ofKind('making')).values(), ...matchTools(allSigned, ofKind('approval')).values()]) matched.add(tool.id);
    const [makings = [], changes = [], signed = []] = lastSteps([allMakings.map(withCall), allChanges.map(withCall), allSigned.map(withCall)], most).map((list) => list.map(({ call }) => call));
    const settings = new Set((await mapSlowly(changes, (call) => (setsApproved(kept(db, tools, call.id, request)) ? [call.id] : []), breathe)).flat());
    const approvals = [...signed, ...changes.filter(({ id }) => settings.has(id))].sort(byTime);
    const [madeBy, approvedBy] = [matchTools(makings, ofKind('making')), matchTools(approvals, ofKind('approval'))];
    for (const tool of [...madeBy.values(), ...approvedBy.values()]) matched.add(tool.id);
    const later = new Map<string, CallRow[]>();
    for (const call of changes) {
      const object = segmentOf(call, at);
      if (object === undefined || settings.has(call.id)) continue;
      const calls = later.get(object);
      if (calls === undefined) later.set(object, [call]);
      else calls.push(call);
    }
    const made = await mapSlowly(makings, (call) => toMade(call, madeBy.get(call.id), noun), breathe);
    const approved = approvals.map((call): ApprovedPayment => ({ call, told: idOf(approvedBy.get(call.id)), object: segmentOf(call, at) }));
    steps.push({ place: collection, made, approved, later });
  }
  const alone = toolCalls.filter(({ call }) => !matched.has(call.id));
  const [making = [], approval = []] = lastSteps((['making', 'approval'] as const).map((kind) => alone.filter((tool) => tool.kind === kind)), most);
  if (making.length > 0 && approval.length > 0)
    steps.push({
      place: 'tools that make payments',
      made: await mapSlowly(making, ({ call, noun }) => toMade(call, undefined, noun), breathe),
      approved: await mapSlowly(approval, ({ call, noun }) => ({ call, told: [], object: objectOf(idsOf(kept(db, tools, call.id, request), noun)) }), breathe),
      later: new Map(),
    });
  return steps;
} // prettier-ignore

/** Which payment a tool was told to approve. */
const objectOf = ({ own, other }: PaymentIds): string | undefined => [...own, ...other][0];

const idOf = (call: CallRow | undefined): readonly number[] => (call === undefined ? [] : [call.id]);

/** Where payments are approved, once for each collection. A `PATCH` of a payment may approve it: its body tells. */
function approvingPlaces(endpoints: readonly Endpoint[]): readonly (Endpoint & { readonly collection: string; readonly at: number })[] {
  const places = new Map<string, Endpoint & { readonly collection: string; readonly at: number }>();
  for (const endpoint of endpoints) {
    const found = collectionOf(endpoint.template);
    if (found === undefined || !isOfMoney(found.collection)) continue;
    const mayApprove = approves(endpoint.template) || (endpoint.method !== 'POST' && endpoint.template.split('/').length === found.at + 1);
    const key = `${endpoint.host} ${found.collection}`;
    if (mayApprove && !places.has(key)) places.set(key, { ...endpoint, ...found });
  }
  return [...places.values()];
}
