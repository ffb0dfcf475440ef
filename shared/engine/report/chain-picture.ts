import type { CallJson, ChainJson, EdgeJson, EdgeKind, PrincipalJson, Severity } from '../../contract/report-json.ts';
import { greatest } from '../../lib/extremes.ts';
import { skewText } from '../../model/clock-offsets.ts';
import type { Block, FigureEdge, FigureNode } from './blocks.ts';
import { count } from './text.ts';

type ChainBlock = Extract<Block, { kind: 'chain' }>;

/** Width of the text on A4 with 18 mm margins at 96 dpi: 174 mm. Units: CSS pixels, as everything here. */
const WIDTH = 658;
/** From the top of one step to the next: 24 of box, 12 of caption, the rest for the edge; its label stands beside the caption. */
const STEP = 46;
/** The last step has no edge below its caption. */
const BELOW_LAST = 4;
/** Room above the first step for the names of the hosts. */
const HEAD = 30;
/** Space between a column's border and its boxes. */
const LANE_PAD = 10;
/** Room right of the boxes for links that pass over other steps of the same host. */
const CHANNEL = 38;
/** More steps than this do not fit a page beside text, and nobody follows them in a picture: 12 × 46 + 30 = 582 px = 154 mm. */
export const MAX_STEPS = 12;
/** More columns than this leave no room for a path in a box; the rest share the last one. */
const MAX_LANES = 3;

const STRENGTH: readonly EdgeKind[] = ['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value', 'adjacent'];
const STYLES: Readonly<Record<EdgeKind, FigureEdge['style']>> = {
  trace: 'proved',
  rpc: 'proved',
  value: 'value',
  initiator: 'plain',
  redirect: 'plain',
  pagination: 'plain',
  credential: 'plain',
  // Containment by time and address: a conclusion, not a mark in the records.
  nesting: 'inferred',
  adjacent: 'adjacent',
};

/** Calls to the same endpoint by the same principal, drawn as one box where the chain is long. */
interface Step {
  readonly calls: readonly CallJson[];
  readonly first: CallJson;
}

/** A picture of a longer chain looks at its linked and named calls first, so that drawing it never reads the whole case. */
export const MAX_CALLS = 500;

function callsToDraw(chain: ChainJson, linked: ReadonlySet<string>, marked: ReadonlySet<string>): readonly string[] {
  if (chain.calls.length <= MAX_CALLS) return chain.calls;
  const chosen = new Set(chain.calls.filter((ref) => marked.has(ref)).slice(0, MAX_CALLS / 2));
  for (const ref of chain.calls) {
    if (chosen.size >= MAX_CALLS) break;
    if (linked.has(ref)) chosen.add(ref);
  }
  return chain.calls.filter((ref) => chosen.has(ref));
}

/** What a picture needs to know about the case. */
export interface PictureContext {
  readonly call: (ref: string) => CallJson | undefined;
  /** Refs that the finding names; their boxes carry its severity. */
  readonly marked: ReadonlySet<string>;
  readonly severity: Severity;
  readonly kindOf: ReadonlyMap<string, PrincipalJson['kind']>;
  /** By how much the clock that stamped a call ran ahead of the common one. Units: ms. */
  readonly aheadOf?: (ref: string) => number;
}

const operation = (call: CallJson): string => call.endpoint ?? `${call.method ?? '?'} ${call.host ?? ''}${call.path ?? ''}`;

/** `GET /v1/customers/{id}`: the endpoint without its host, which the column says. */
function shortName(call: CallJson): string {
  if (call.tool !== undefined) return call.tool;
  const whole = operation(call);
  const host = call.host === undefined ? -1 : whole.indexOf(` ${call.host}`);
  return host < 0 ? whole : `${whole.slice(0, host)} ${whole.slice(host + 1 + (call.host ?? '').length)}`;
}

const foldCalls = (calls: readonly CallJson[]): readonly Step[] => {
  const groups = new Map<string, CallJson[]>();
  for (const call of calls) {
    const key = JSON.stringify([operation(call), call.host ?? '', call.principal ?? '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [{ calls: group, first: group[0] }]));
};

/** The steps to draw: single calls while they fit, else one box an endpoint, else of those the ones that matter most. */
function chooseSteps(calls: readonly CallJson[], context: PictureContext, linked: ReadonlySet<string>): readonly Step[] {
  const single = calls.map((call) => ({ calls: [call], first: call }));
  if (single.length <= MAX_STEPS) return single;
  const folded = foldCalls(calls);
  if (folded.length <= MAX_STEPS) return folded;
  const weight = (step: Step): number =>
    (step.calls.some((call) => context.marked.has(call.ref)) ? 2 : 0) + (step.calls.some((call) => linked.has(call.ref)) ? 1 : 0);
  const kept = new Set(
    folded
      .map((step, index) => ({ step, index, weight: weight(step) }))
      .sort((a, b) => b.weight - a.weight || a.index - b.index)
      .slice(0, MAX_STEPS)
      .map(({ index }) => index),
  );
  return folded.filter((_step, index) => kept.has(index));
}

/** Name of the value that an edge carries: the last name of its source pointer. Example: `response $.items[*].id` gives `id`. */
export function valueName(edge: EdgeJson): string {
  const pointer = edge.fromAt ?? '';
  const names = pointer.match(/[^.[\]\s*$]+/g);
  return names?.[names.length - 1] ?? '';
}

function edgeLabel(edge: EdgeJson, merged: number): string {
  const times = merged > 1 ? ` ×${count(merged)}` : '';
  if (edge.kind === 'value') return `${valueName(edge) || 'value'}${times}`;
  const sure = STYLES[edge.kind] === 'inferred' ? ` ${String(Math.round(edge.confidence * 100))} %` : '';
  return `${edge.kind}${sure}${times}`;
}

function figureEdges(edges: readonly EdgeJson[], stepOf: ReadonlyMap<string, number>): readonly FigureEdge[] {
  const merged = new Map<string, { edge: EdgeJson; from: number; to: number; times: number }>();
  for (const edge of edges) {
    const from = stepOf.get(edge.from);
    const to = stepOf.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    const known = merged.get(`${String(from)}>${String(to)}`);
    if (known === undefined) merged.set(`${String(from)}>${String(to)}`, { edge, from, to, times: 1 });
    else {
      known.times += 1;
      if (STRENGTH.indexOf(edge.kind) < STRENGTH.indexOf(known.edge.kind)) known.edge = edge;
    }
  }
  return [...merged.values()].map(({ edge, from, to, times }) => ({ from, to, style: STYLES[edge.kind], label: edgeLabel(edge, times) }));
}

interface Lanes {
  readonly names: readonly string[];
  readonly at: (call: CallJson) => number;
}

/** Columns in order of first use. Hosts of the evidence go before others where not all fit; those left share the last one. */
function lanesOf(steps: readonly Step[], isMarked: (step: Step) => boolean): Lanes {
  const hostOf = (call: CallJson): string => call.host ?? 'no host';
  const hosts = [...new Set(steps.map((step) => hostOf(step.first)))];
  if (hosts.length <= MAX_LANES) return { names: hosts, at: (call) => hosts.indexOf(hostOf(call)) };
  const named = new Set(steps.filter(isMarked).map((step) => hostOf(step.first)));
  const ranked = [...hosts.filter((host) => named.has(host)), ...hosts.filter((host) => !named.has(host))].slice(0, MAX_LANES - 1);
  const own = hosts.filter((host) => ranked.includes(host));
  return {
    names: [...own, `${count(hosts.length - own.length)} other hosts`],
    at: (call) => (own.includes(hostOf(call)) ? own.indexOf(hostOf(call)) : own.length),
  };
}

/** Left edge and width of a column's boxes. */
interface BoxPlace {
  readonly x: number;
  readonly width: number;
}

function figureNode(step: Step, index: number, place: BoxPlace, marked: boolean, context: PictureContext): FigureNode {
  const statuses = [...new Set(step.calls.flatMap((call) => (call.status === undefined ? [] : [call.status])))].sort((a, b) => a - b);
  const parts = [
    String(index + 1),
    step.first.time?.slice(11, 19),
    statuses.length > 2 ? `${String(statuses[0])}…${String(statuses[statuses.length - 1])}` : statuses.join(', '),
    step.calls.length > 1 ? `×${count(step.calls.length)}` : undefined,
  ];
  return {
    ...place,
    y: HEAD + index * STEP,
    label: shortName(step.first),
    detail: parts.filter((part) => part !== undefined && part !== '').join(' · '),
    shape: step.first.kind ?? context.kindOf.get(step.first.principal ?? '') ?? 'unknown',
    severity: marked ? context.severity : undefined,
  };
}

/** Clocks that differ by less do not put an effect before its cause on paper, where times are told to the second. Units: ms. */
const SKEW_TOLD = 1_000;

/**
 * A chain as a picture: time goes down (one step a row), one column a host. Long chains fold calls of one endpoint into one box.
 * Shape:  the calls of the chain stand in order of the common clock, as the screens show them. Deterministic: the same chain gives the same picture.
 * Cost:   linear in calls and edges.
 */
export function chainPicture(chain: ChainJson, context: PictureContext, name: string): ChainBlock {
  const linked = new Set(chain.edges.flatMap((edge) => [edge.from, edge.to]));
  const calls = callsToDraw(chain, linked, context.marked).flatMap((ref) => context.call(ref) ?? []);
  const ahead = greatest(
    calls.map(({ ref }) => Math.abs(context.aheadOf?.(ref) ?? 0)),
    0,
  );
  const steps = chooseSteps(calls, context, linked);
  const isMarked = (step: Step): boolean => step.calls.some((call) => context.marked.has(call.ref));
  const lanes = lanesOf(steps, isMarked);
  const laneWidth = WIDTH / Math.max(1, lanes.names.length);
  const stepOf = new Map(steps.flatMap((step, index) => step.calls.map((call) => [call.ref, index] as const)));
  const shown = steps.reduce((sum, step) => sum + step.calls.length, 0);
  const edges = figureEdges(chain.edges, stepOf);
  const laneAt = (index: number): number => (steps[index] === undefined ? -1 : lanes.at(steps[index].first));
  const placeOf = (lane: number): BoxPlace => {
    const passes = edges.some((edge) => edge.to - edge.from > 1 && laneAt(edge.from) === lane && laneAt(edge.to) === lane);
    return { x: lane * laneWidth + LANE_PAD, width: laneWidth - 2 * LANE_PAD - (passes ? CHANNEL : 0) };
  };
  const nodes = steps.map((step, index) => figureNode(step, index, placeOf(laneAt(index)), isMarked(step), context));
  const places = lanes.names.length === 1 ? '' : ` to ${count(lanes.names.length)} hosts`;
  return {
    kind: 'chain',
    caption: `${name}. Time goes down, each column is a host. ${count(shown)} of ${count(chain.calls.length)} calls shown${steps.length < shown ? `, folded into ${count(steps.length)} boxes` : ''}.${ahead < SKEW_TOLD ? '' : ` Steps stand in the order of the common clock; times are those of the records, whose clocks differ by up to ${skewText(ahead)}.`}`,
    alternative: `${count(steps.length)} steps${places} with ${count(edges.length)} links; the same is told as a list beside this picture.`,
    width: WIDTH,
    height: HEAD + Math.max(1, steps.length) * STEP - BELOW_LAST,
    lanes: lanes.names.map((label, index) => ({ x: index * laneWidth, width: laneWidth, label })),
    nodes,
    edges,
  };
}
