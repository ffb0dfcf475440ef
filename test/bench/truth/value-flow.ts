import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import type { KnownEdge } from './edge-verdict.ts';
import { prefixed, share, type Scores } from './score.ts';
import type { View } from './view.ts';

/** A value that stands in an earlier answer and in this request. */
interface Flow {
  readonly from: string;
  readonly fromAt: string;
  readonly toAt: string;
}

/** A place in one spelling: bodies of requests are `request`, and items of a list are all alike. */
function toPlace(place: string): string {
  return place.replace(/^body /, 'request ').replace(/\[\d+\]/g, '[*]');
}

/** Which segments of a path a place means: the parameter's name hangs on the template, its position does not. */
function toSegments(place: string, template: string | undefined): readonly string[] {
  const name = /^path (\{.*\})$/.exec(place)?.[1];
  if (name === undefined || template === undefined) return [toPlace(place)];
  return template.split('/').flatMap((segment, index) => (segment === name ? [`path segment ${String(index)}`] : []));
}

/** The path template of `GET host/v1/things/{id}`. */
const templateOf = (endpoint: string | undefined): string | undefined => endpoint?.replace(/^\S+ [^/]*/, '');

function flowsOf(call: CallTruth): readonly Flow[] {
  return (call.causes ?? []).flatMap(({ from, kind, fromAt, toAt }) =>
    kind === 'value' && fromAt !== undefined && toAt !== undefined ? [{ from, fromAt, toAt }] : [],
  );
}

const spell = (from: string, to: string, fromAt: string, toAt: string): string => [from, to, toPlace(fromAt), toAt].join('\n');

/** Name of the field that a place ends in: `response $.items[0].order.id` gives `order.id`. */
const fieldOf = (place: string): string =>
  toPlace(place)
    .replace(/\[\*\]/g, '')
    .split('.')
    .slice(-2)
    .join('.');

/** A flow without listed echoes, by its session, its request and the names of both places. */
const looseOf = (session: string, to: string, fromAt: string, toAt: string): string => [session, to, fieldOf(fromAt), toAt].join('\n');

/** Both places of every value that an edge tells: its own, and those that its sentence names beside (`response $.id → path {id} and …`). */
function placesTold({ fromAt = '', toAt = '', why }: EdgeJson): readonly (readonly [fromAt: string, toAt: string])[] {
  const named = why.split(/; | and /).flatMap((part) => {
    const [, from, to] = /^(response\S* \S.*) → (\S.*)$/.exec(part) ?? [];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
  return [[fromAt, toAt], ...named.filter(([from, to]) => from !== fromAt || to !== toAt)];
}

/** What a flow is told by: both places, or the two calls only. */
interface Told {
  readonly flow: string;
  readonly pair: string;
}

/** Flows that earlier answers not listed as echoes may fulfil, by `looseOf`. */
function looseFlows({ truth, seen }: View): ReadonlyMap<string, Told> {
  const found = new Map<string, Told>();
  for (const to of seen)
    for (const { from, fromAt, toAt } of flowsOf(to)) {
      if (!truth.withBodies.has(from) || to.echoes?.some((echo) => echo.toAt === toAt) === true) continue;
      for (const place of toSegments(toAt, to.template))
        found.set(looseOf(to.session, to.id, fromAt, place), { flow: spell(from, to.id, fromAt, place), pair: `${from}\n${to.id}` });
    }
  return found;
}

/**
 * Values that went from an answer into a request. `value` asks for both places, `value-pair` for the two calls only.
 * Wanted: values that the caller took, from answers whose body is recorded, into places that are recorded. A reader cannot know
 * which of several earlier answers of the session with that value it came from: any of them (an echo) fulfils it.
 * The truth lists no echoes of short values. Where it lists none for a flow, an earlier answer of the session with the value at a place of
 * the same name fulfils it as well.
 * An edge names one value by its fields and may name others in its sentence: each is said.
 * Precision:  places told by edges of kind `value` that are such a flow or echo.
 */
export function valueScores(view: View, edges: readonly KnownEdge[]): Scores {
  const { truth, seen, saidOf } = view;
  const loose = looseFlows(view);
  const said = edges.filter(({ edge }) => edge.kinds.includes('value'));
  const toldAt = ({ from, to }: KnownEdge, fromAt: string, place: string): readonly Told[] => {
    const pair = `${from.id}\n${to.id}`;
    const isEarlier = from.at < to.at && from.session === to.session && truth.withBodies.has(from.id);
    return toSegments(place, templateOf(saidOf(to)?.endpoint)).flatMap((toAt) => {
      const own = { flow: spell(from.id, to.id, fromAt, toAt), pair };
      const other = isEarlier ? loose.get(looseOf(to.session, to.id, fromAt, toAt)) : undefined;
      return other === undefined ? [own] : [own, other];
    });
  };
  /** What each place of an edge tells, one after the other. */
  const toldBy = (known: KnownEdge): readonly (readonly Told[])[] =>
    placesTold(known.edge).map(([fromAt, toAt]) => toldAt(known, fromAt, toAt));
  const saidPairs = new Map<string, Set<string>>();
  for (const known of said) {
    const pair = `${known.from.id}\n${known.to.id}`;
    const pairs = saidPairs.get(pair) ?? new Set([pair]);
    for (const told of toldBy(known).flat()) pairs.add(told.pair);
    saidPairs.set(pair, pairs);
  }
  const allPairs = new Set([...saidPairs.values()].flatMap((pairs) => [...pairs]));
  const saidFlows = new Set(said.flatMap((known) => toldBy(known).flatMap((told) => told.map(({ flow }) => flow))));
  const [rightFlows, rightPairs] = [new Set<string>(), new Set<string>()];
  const wanted: { readonly flows: readonly string[]; readonly pairs: readonly string[] }[] = [];
  for (const to of seen) {
    const placesOf = (flow: Flow): readonly string[] =>
      toSegments(flow.toAt, to.template).map((toAt) => spell(flow.from, to.id, flow.fromAt, toAt));
    const echoes = [...(to.echoes ?? []), ...flowsOf(to)].filter(({ from }) => truth.withBodies.has(from));
    for (const flow of echoes) {
      for (const place of placesOf(flow)) rightFlows.add(place);
      rightPairs.add(`${flow.from}\n${to.id}`);
    }
    for (const flow of flowsOf(to)) {
      if (!truth.withBodies.has(flow.from) || (flow.toAt.startsWith('body ') && !truth.withBodies.has(to.id))) continue;
      const alike = echoes.filter(({ toAt }) => toAt === flow.toAt);
      wanted.push({ flows: alike.flatMap(placesOf), pairs: alike.map(({ from }) => `${from}\n${to.id}`) });
    }
  }
  return {
    ...prefixed('value', {
      precision: share(said.flatMap(toldBy), (told) => told.some(({ flow }) => rightFlows.has(flow))),
      recall: share(wanted, ({ flows }) => flows.some((flow) => saidFlows.has(flow))),
    }),
    ...prefixed('value-pair', {
      precision: share(saidPairs.values(), (pairs) => [...pairs].some((pair) => rightPairs.has(pair))),
      recall: share(wanted, ({ pairs }) => pairs.some((pair) => allPairs.has(pair))),
    }),
  };
}
