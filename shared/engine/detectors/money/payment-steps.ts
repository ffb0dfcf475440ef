import { append } from '../../../lib/append.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';
import type { DetectorTools } from '../detector.ts';
import { sightingsOf } from '../flow/run-calls.ts';
import { byTime, isGiven, NAMED_CALLER, pageCalls, type CallRow } from '../rows/page-calls.ts';
import { approves, isOfMoney, moneyTool } from './operations.ts';
import { readMoney, type Money } from './payments.ts';

/** A tool's call and the request that it led to differ by no more than what a log's whole seconds round off. Units: µs. */
const SAME_MOMENT = 2_000_000;
/** Bodies read of one collection: thousands show what is usual. */
const MAX_READ = 20_000;
/** Values of one answer that may be the new object's id. */
const MAX_IDS = 60;
/** A longer value is no id. Units: characters. */
const MAX_ID = 64;

/** A payment that was made: asked for, not yet approved. */
export interface MadePayment extends Money {
  readonly call: CallRow;
  /** The calls of tools that led to it; its own evidence beside the request. */
  readonly told: readonly number[];
  /** Values of the answer, one of which is its id. Empty where no answer was kept. */
  readonly ids: ReadonlySet<string>;
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
}

/** What fields with an id are called, `number` and `ref` among them. */
const ID_FIELD =
  /(?:^|[_-])(?:id|ref|reference|number|no|code|uuid|key)$|[a-z](?:Id|Ref|Reference|Number|Code|Key)$|^(?:payment|refund|transfer|payout|disbursement)$/;

/** Values of a body that may be ids. */
function idsOf(text: string | undefined): ReadonlySet<string> {
  const ids = new Set<string>();
  scanJson(text ?? '', ({ key, kind, text: value }) => {
    if (kind !== 'literal' && ID_FIELD.test(key ?? '') && value.length >= 2 && value.length <= MAX_ID && /\d/.test(value)) ids.add(value);
    return ids.size < MAX_IDS;
  });
  return ids;
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
    const kind = moneyTool(value.slice(value.indexOf(':') + 1));
    return kind === undefined ? [] : [[id, kind] as const];
  }));
  if (kinds.size === 0) return [];
  const toolOf = db.prepare('SELECT tool_id AS tool FROM call WHERE id = ?');
  const rows: ToolCall[] = [];
  for (const page of pageCalls(db, `c.tool_id IN (${[...kinds.keys()].join()})`)) {
    for (const call of page) {
      const kind = kinds.get(toolOf.get<{ tool: number }>(call.id)?.tool ?? 0);
      if (kind !== undefined && isGiven(call)) rows.push({ call, kind });
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

/** Payments and approvals of the case by place, where something is both made and approved. Requests are read without the bodies that a log lacks: an agent's trace may have them. */
export async function readPaymentSteps(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly PaymentSteps[]> {
  const endpoints = db.prepare("SELECT id, method, host, template FROM endpoint WHERE method IN ('POST', 'PUT', 'PATCH')").all<Endpoint>();
  const toolCalls = await readTools(db, breathe);
  const ofKind = (kind: ToolCall['kind']): readonly CallRow[] => toolCalls.filter((tool) => tool.kind === kind).map(({ call }) => call);
  const matched = new Set<number>();
  const steps: PaymentSteps[] = [];
  const toMade = (call: CallRow, tool: CallRow | undefined): MadePayment => {
    const own = readMoney(kept(db, tools, call.id, request));
    const told = readMoney(kept(db, tools, tool?.id, request));
    return {
      call,
      told: tool === undefined ? [] : [tool.id],
      amount: own.amount ?? told.amount, currency: own.currency ?? told.currency, payee: own.payee ?? told.payee,
      ids: new Set([...idsOf(kept(db, tools, call.id, response)), ...idsOf(kept(db, tools, tool?.id, response))]),
    };
  };
  for (const { host, template, collection, at } of approvingPlaces(endpoints)) {
    const makers = endpoints.filter((each) => each.host === host && each.template === collection && each.method === 'POST');
    if (makers.length === 0) continue;
    const makings = await readCalls(db, makers, breathe);
    const below = endpoints.filter((each) => each.host === host && each.template.startsWith(template.split('/').slice(0, at + 1).join('/')));
    const isApproving = (each: Endpoint): boolean => approves(each.template);
    const changes = await readCalls(db, below.filter((each) => !isApproving(each)), breathe);
    const settings = changes.filter((call) => setsApproved(kept(db, tools, call.id, request)));
    const approvals = [...(await readCalls(db, below.filter(isApproving), breathe)), ...settings].sort(byTime);
    const [madeBy, approvedBy] = [matchTools(makings, ofKind('making')), matchTools(approvals, ofKind('approval'))];
    for (const tool of [...madeBy.values(), ...approvedBy.values()]) matched.add(tool.id);
    const later = new Map<string, CallRow[]>();
    for (const call of changes) {
      const object = segmentOf(call, at);
      if (object !== undefined && !settings.includes(call)) later.set(object, [...(later.get(object) ?? []), call]);
    }
    const made: MadePayment[] = [];
    for (const call of makings.slice(-MAX_READ)) {
      made.push(toMade(call, madeBy.get(call.id)));
      if (made.length % 1_000 === 0) await breathe();
    }
    const approved = approvals.map((call): ApprovedPayment => ({ call, told: idOf(approvedBy.get(call.id)), object: segmentOf(call, at) }));
    steps.push({ place: collection, made, approved, later });
  }
  const alone = toolCalls.filter(({ call }) => !matched.has(call.id));
  const [making, approval] = (['making', 'approval'] as const).map((kind) => alone.filter((tool) => tool.kind === kind));
  if (making !== undefined && approval !== undefined && making.length > 0 && approval.length > 0)
    steps.push({
      place: 'tools that make payments',
      made: making.map(({ call }) => toMade(call, undefined)),
      approved: approval.map(({ call }) => ({ call, told: [], object: [...idsOf(kept(db, tools, call.id, request))][0] })),
      later: new Map(),
    });
  return steps;
} // prettier-ignore

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
