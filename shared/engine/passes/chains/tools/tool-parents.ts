import { numberAt } from '../../../../lib/numbers.ts';
import { addTo } from '../../../../lib/group-values.ts';
import type { PassContext } from '../../pass.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList, EdgeNote } from '../edges/edge-list.ts';
import type { Parents } from '../parents/parents.ts';
import { bodyPlace } from '../values/places.ts';
import { visitCarried, type Carried } from './carried-arguments.ts';
import { clientInLog } from '../client-in-log.ts';
import { openDuring, shiftsOf, type Showing } from './open-tools.ts';
import { readToolCalls, type ToolCalls } from './tool-arguments.ts';

/** The very URL that the tool was given, asked for while the tool was at work. */
const SAME_ADDRESS = 0.98;
/** A value that the tool was given, in the URL of a call made while the tool was at work. */
const SAME_VALUE = 0.97;
/** Nothing but the time and the client, which makes its calls for these tools only. */
const SAME_CLIENT = 0.93;
/** Of a client's calls that show what a tool was given, the share that must lie within that very call of the tool: others only share the subject. */
const MIN_SHARE = 0.6;
/** Odds of a client's only call that shows what a tool at work was given. */
const FIRST_ODDS = 0.9;
/** A client is taken for the tools' own, whatever its calls show, after so many that do, and with at least this share. */
const [OWN_CALLS, OWN_SHARE] = [5, 0.9];
/** Calls looked at between two pauses. */
const STRETCH = 20_000;

/** One program that calls out, as one log shows it. */
interface Client {
  readonly key: string;
  readonly showing: readonly Showing[];
  /** Of those, the calls that lie within a call of a tool that was given what they show, with that call. */
  readonly inside: ReadonlyMap<number, readonly number[]>;
  /** How likely a further such call is the tool's. One of one is no certainty. */
  readonly share: number;
}

/** What a tool was given and the call shows. */
const sharedWith = (tools: ToolCalls, { carried }: Showing, tool: number): Carried | undefined =>
  carried.find(({ text }) => tools.pointerOf(tool, text) !== undefined);

const BY_CLIENT =
  'this client makes its calls for such tools, and this one lies within the only one that was at work; it shows nothing of what the tool was given';

/** What was done about a clock, as the end of a sentence. */
const clockWords = (shift: number): string =>
  shift === 0
    ? ''
    : `; the clock of that log is taken to be ${String(Math.round(Math.abs(shift) / 1000))} ms ${shift > 0 ? 'behind' : 'ahead'}, so that its calls fit`;

const count = (value: number): string => value.toLocaleString('en-US');

/** What is asked, and of what. */
interface Inquiry {
  readonly calls: CallColumns;
  readonly tools: ToolCalls;
  readonly parents: Parents;
  /** The calls of tools that were at work for as long as a call lasted. */
  readonly openAt: (at: number) => readonly number[];
}

/** Calls of tools without those that only led to another of them: a gateway of tools and the server behind it are no rivals. */
const innermost = (list: readonly number[], parents: Parents): readonly number[] =>
  list.length < 2 ? list : list.filter((one) => !list.some((other) => parents.leadsTo(one, other)));

/** Clients that make calls for tools, the surest first. */
function clientsOf({ calls, tools, parents, openAt }: Inquiry, showing: readonly Showing[]): readonly Client[] {
  const byClient = new Map<string, Showing[]>();
  for (const one of showing) addTo(byClient, clientInLog(calls, one.at), one);
  return [...byClient]
    .map(([key, own]): Client => {
      const inside = new Map<number, readonly number[]>();
      for (const one of own) {
        const fitting = openAt(one.at).filter((tool) => sharedWith(tools, one, tool) !== undefined);
        if (fitting.length > 0) inside.set(one.at, innermost(fitting, parents));
      }
      return { key, showing: own, inside, share: (inside.size + FIRST_ODDS) / (own.length + 1) };
    })
    .filter(({ inside, share }) => inside.size > 0 && share >= MIN_SHARE)
    .sort((a, b) => b.inside.size - a.inside.size || b.share - a.share || (a.key < b.key ? -1 : 1));
}

/** A call and the call of a tool that it was made for. */
interface Found {
  readonly at: number;
  readonly tool: number;
  readonly confidence: number;
  readonly note: EdgeNote;
}

/** Calls that show what the one tool at work was given. A call of a tool has one client in each log: of two the surer. */
function* foundByArguments({ calls, tools }: Inquiry, clients: readonly Client[]): Generator<Found> {
  const claimed = new Map<string, string>();
  for (const { key, showing, inside, share } of clients) {
    const habit =
      showing.length > 1
        ? `; ${count(inside.size)} of ${count(showing.length)} calls of this client that show what a tool was given lie within that call of the tool`
        : '';
    for (const one of showing) {
      const [tool, rival] = inside.get(one.at) ?? [];
      const shown = tool === undefined || rival !== undefined ? undefined : sharedWith(tools, one, tool);
      if (tool === undefined || shown === undefined) continue;
      const claim = `${String(tool)} ${String(calls.source[one.at])}`;
      if ((claimed.get(claim) ?? key) !== key) continue;
      claimed.set(claim, key);
      const fromAt = bodyPlace('request', tools.pointerOf(tool, shown.text) ?? '$');
      const what = shown.kind === 'address' ? `the tool was given this very URL at ${fromAt}` : `${fromAt} → ${shown.place}`;
      const why = `${what}, and the call lies within that of the tool${habit}`;
      const sure = shown.kind === 'address' ? SAME_ADDRESS : SAME_VALUE;
      yield { at: one.at, tool, confidence: share * sure, note: { why, fromAt, toAt: shown.place } };
    }
  }
}

/** Calls of the tools' own clients that show nothing, while just one of their tools is at work. */
async function* foundByClient(
  { calls, openAt }: Inquiry,
  clients: readonly Client[],
  isSought: (at: number) => boolean,
  breathe: () => Promise<void>,
): AsyncGenerator<Found> {
  const own = new Map(
    clients
      .filter(({ showing, inside }) => inside.size >= OWN_CALLS && inside.size >= OWN_SHARE * showing.length)
      .map(({ key, share, showing, inside }) => {
        const logs = new Set([...inside.values()].flatMap(([tool]) => (tool === undefined ? [] : [calls.source[tool]])));
        return [key, { share, logs, shows: new Set(showing.map(({ at }) => at)) }];
      }),
  );
  if (own.size === 0) return;
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const client = isSought(at) ? own.get(clientInLog(calls, at)) : undefined;
    // What shows an argument of another call is that call's, whenever that was.
    if (client === undefined || client.shows.has(at)) continue;
    const [tool, rival] = openAt(at).filter((one) => client.logs.has(calls.source[one]));
    if (tool !== undefined && rival === undefined)
      yield { at, tool, confidence: client.share * SAME_CLIENT, note: { why: BY_CLIENT, fromAt: undefined, toAt: undefined } };
  }
}

/**
 * Parents of calls that a tool made: a call of a tool (MCP, or one that a trace names) was given a URL or an id, and while it was at work a gateway or a proxy
 * saw a call to that URL, or with that id in its path or query. No id has to be shared. A client counts whose calls that show what tools were given lie
 * within those very calls of tools: whoever else works on the same subjects shows the same ids at other times, too. What a client that is
 * known from such calls does while just one tool is at work is that tool's as well.
 * Shape:   names parents where none is known, of two tools at work with one id none; returns for each call of a tool the principal that its calls bore.
 * Example: `http_get` was given https://api.test/items/7 at 12:00:00.0 and answered at 12:00:00.4; the proxy's line of 12:00:00.1 for
 *          api.test/items/7 is its child.
 * Cost:    nothing without calls of tools; else one look at the URLs of all calls.
 */
export async function setToolParents(
  { db, codec, breathe }: PassContext,
  calls: CallColumns,
  indexOf: (id: number) => number,
  standing: Int32Array,
  parents: Parents,
  edges: EdgeList,
): Promise<ReadonlyMap<number, number>> {
  const standingOf = (at: number): number => (at === NONE || standing[at] === NONE ? at : numberAt(standing, at));
  const actors = new Map<number, number>();
  const tools = await readToolCalls(db, codec, calls, (id) => standingOf(indexOf(id)), breathe);
  if (tools.list.length === 0) return actors;
  const isTool = new Set(tools.list);
  const isSought = (at: number): boolean =>
    standing[at] === NONE && parents.of[at] === NONE && !isTool.has(at) && !Number.isNaN(numberAt(calls.start, at));
  const showing: Showing[] = [];
  await visitCarried(db, calls, tools, indexOf, isSought, (one) => showing.push(one), breathe);
  const shift = shiftsOf(calls, tools, showing);
  const inquiry: Inquiry = { calls, tools, parents, openAt: openDuring(calls, tools, shift) };
  const clients = clientsOf(inquiry, showing);
  const name = ({ at, tool, confidence, note }: Found): void => {
    parents.set(at, tool, 'nesting', confidence, false);
    if (parents.of[at] !== tool) return;
    edges.add(tool, at, 'nesting', confidence, { ...note, why: note.why + clockWords(shift(at)) });
    const principal = numberAt(calls.principal, at);
    if (principal !== NONE) actors.set(tool, principal);
  };
  for (const found of foundByArguments(inquiry, clients)) name(found);
  for await (const found of foundByClient(inquiry, clients, isSought, breathe)) name(found);
  return actors;
}
