import { numberAt } from '../../../../lib/numbers.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import { getDetail } from '../../../store/read/calls/details.ts';
import type { PassContext } from '../../pass.ts';
import { pointerTexts } from '../values/body-values.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import { readOperationLinks, type CalledOperation, type LinkValue, type OperationLink } from '../linked-operations.ts';
import { bodyPlace } from '../values/places.ts';
import { valueAt, type PlacedCall } from '../values/place-values.ts';

/** The description says that the value goes there, and it did: even a short number is no chance then. */
const LINKED = 0.95;
/** What is left of it when the value stood in several answers, and when only capture or trace joins both calls. */
const SEVERAL_ANSWERS = 0.95;
const OTHER_PRINCIPAL = 0.9;
/** A short value means something else a while later. Units: µs. */
const WINDOW = 30 * 60 * 1_000_000;
/** Start and end stamps of one client may overlap by a rounding. Units: µs. */
const ROUNDING = 2_000;
/** Calls whose records are read for one link; of more, the first. */
const MAX_READ = 100_000;
/** Records read between two pauses. */
const STRETCH = 100;
/** Answers with the values looked back at for one of the same caller. */
const MAX_LOOK_BACK = 32;
/** Between the values of one link. */
const SEPARATOR = '\u0000';

interface Work {
  readonly context: PassContext;
  readonly calls: CallColumns;
  readonly standingOf: (at: number) => number;
  readonly edges: EdgeList;
}

/** Calls by endpoint, in time order. */
function callsByEndpoint(calls: CallColumns, links: readonly OperationLink[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>(links.flatMap(({ from, to }) => [...from, ...to].map(({ endpoint }) => [endpoint, []])));
  if (found.size > 0)
    for (let at = 0; at < calls.count; at += 1)
      if (!Number.isNaN(numberAt(calls.start, at))) found.get(numberAt(calls.endpoint, at))?.push(at);
  return found;
}

/** Reads what a call shows; headers and bodies only when a value is asked of them. */
function callReader({ context: { db, codec }, calls }: Work): (at: number, operation: CalledOperation) => PlacedCall {
  const select = db.prepare('SELECT path, query FROM call WHERE id = ?');
  return (at, { path: template }) => {
    const id = numberAt(calls.id, at);
    const row = select.get<{ path: string | null; query: string | null }>(id);
    let detail: StoredDetail | undefined;
    return { path: row?.path ?? '', query: row?.query ?? null, template, detail: () => (detail ??= getDetail(db, codec, id)) };
  };
}

/** All values of a link on one side as one text; `undefined` when one of them is not shown. */
function valuesOf(values: readonly LinkValue[], valueOf: (value: LinkValue) => string | undefined): string | undefined {
  const texts = values.map(valueOf);
  return texts.includes(undefined) ? undefined : texts.join(SEPARATOR);
}

/** A place as edges print it. */
function printPlace(side: 'request' | 'response', place: LinkValue['from']['in'] | LinkValue['to']['in'], name: string): string {
  if (place === 'body') return bodyPlace(side, pointerTexts(name)[0] ?? '$');
  if (place === 'path') return `path {${name}}`;
  return place === 'query' ? `query ${name}` : `${side}-header ${name.toLowerCase()}`;
}

/** The sentence of a link names the first value that comes from the answer. */
function noteOf({ name, values }: OperationLink) {
  const value = values.find(({ from }) => from.side === 'response') ?? values[0];
  if (value === undefined) return undefined;
  const fromAt = printPlace(value.from.side, value.from.in, value.from.name);
  const toAt = printPlace('request', value.to.in, value.to.name);
  const more = values.length === 1 ? '' : ` and ${String(values.length - 1)} more ${values.length === 2 ? 'value' : 'values'}`;
  return { why: `${fromAt} → ${toAt}${more}, as the ${name} says`, fromAt, toAt };
}

/** The place in an ascending list behind all numbers below `limit`. */
function placeAfter(list: readonly number[], limit: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The latest of `answers` before `at` that the same caller had, else one of the same run or capture. Shape: `answers` in time order. */
function answerBefore(
  { calls, standingOf }: Work,
  answers: readonly number[],
  at: number,
): { readonly from: number; readonly isSure: boolean } | undefined {
  const principalOf = (call: number): number => {
    const own = numberAt(calls.principal, call);
    return own === NONE ? numberAt(calls.principal, standingOf(call)) : own;
  };
  const trace = numberAt(calls.trace, at);
  let other: number | undefined;
  const latest = placeAfter(answers, at) - 1;
  for (let place = latest; place >= 0 && place > latest - MAX_LOOK_BACK; place -= 1) {
    const from = answers[place] ?? NONE;
    const pause = numberAt(calls.start, at) - numberAt(calls.end, from);
    if (standingOf(from) === standingOf(at) || pause < -ROUNDING || pause > WINDOW) continue;
    if (principalOf(from) !== NONE && principalOf(from) === principalOf(at)) return { from, isSure: true };
    if (numberAt(calls.source, from) === numberAt(calls.source, at) || (trace !== 0 && trace === numberAt(calls.trace, from)))
      other ??= from;
  }
  return other === undefined ? undefined : { from: other, isSure: false };
}

async function follow(work: Work, link: OperationLink, byEndpoint: ReadonlyMap<number, readonly number[]>): Promise<void> {
  const { context, calls, edges, standingOf } = work;
  const read = callReader(work);
  const callsOf = function* (operations: readonly CalledOperation[]): Generator<readonly [at: number, call: PlacedCall]> {
    let count = 0;
    for (const operation of operations)
      for (const at of byEndpoint.get(operation.endpoint) ?? []) {
        count += 1;
        if (count <= MAX_READ) yield [at, read(at, operation)];
      }
  };
  const answers = new Map<string, number[]>();
  let seen = 0;
  for (const [at, call] of callsOf(link.from)) {
    if ((seen += 1) % STRETCH === 0) await context.breathe();
    if (!link.hasStatus(numberAt(calls.status, at))) continue;
    const values = valuesOf(link.values, ({ from }) => valueAt(call, from.side, from.in, from.name));
    if (values === undefined) continue;
    const known = answers.get(values);
    if (known === undefined) answers.set(values, [at]);
    else known.push(at);
  }
  if (answers.size === 0) return;
  for (const list of answers.values()) list.sort((a, b) => a - b);
  const note = noteOf(link);
  for (const [at, call] of callsOf(link.to)) {
    if ((seen += 1) % STRETCH === 0) await context.breathe();
    const values = valuesOf(link.values, ({ to }) => valueAt(call, 'request', to.in, to.name));
    const holding = values === undefined ? undefined : answers.get(values);
    const found = holding === undefined ? undefined : answerBefore(work, holding, at);
    if (holding === undefined || found === undefined) continue;
    const several = new Set(holding.map(standingOf)).size > 1;
    const confidence = LINKED * (several ? SEVERAL_ANSWERS : 1) * (found.isSure ? 1 : OTHER_PRINCIPAL);
    edges.add(standingOf(found.from), standingOf(at), 'value', confidence, note);
  }
}

/**
 * Edges that the links of loaded API descriptions declare: a value of one operation's answer that became a parameter of another, or stands in its body. What a link
 * names is compared however short it is, where the value index follows only what can hardly repeat by chance.
 * Example: POST /orders answers `{"id": 17}`; its link GetOrder says that `$response.body#/id` is the `id` of GET /orders/{id}; the caller
 * asks for /orders/17 next: one edge of kind `value`, which names the link.
 * Cost: nothing without links; else the records of the calls at both ends of one.
 */
export async function addSpecLinkEdges(
  context: PassContext,
  calls: CallColumns,
  standingOf: (at: number) => number,
  edges: EdgeList,
): Promise<void> {
  const links = readOperationLinks(context.db);
  const byEndpoint = callsByEndpoint(calls, links);
  for (const link of links) await follow({ context, calls, standingOf, edges }, link, byEndpoint);
}
