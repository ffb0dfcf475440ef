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

/**
 * Values that went from an answer into a request. `value` asks for both places, `value-pair` for the two calls only.
 * Wanted: values that the caller took, from answers whose body is recorded, into places that are recorded. A reader cannot know
 * which of several earlier answers of the session with that value it came from: any of them (an echo) fulfils it.
 * Precision:  edges of kind `value` that are such a flow or echo.
 */
export function valueScores({ truth, seen, saidOf }: View, edges: readonly KnownEdge[]): Scores {
  const said = edges.filter(({ edge }) => edge.kinds.includes('value'));
  const saidPairs = new Set(said.map(({ from, to }) => `${from.id}\n${to.id}`));
  const spellings = ({ edge, from, to }: KnownEdge): readonly string[] =>
    toSegments(edge.toAt ?? '', templateOf(saidOf(to)?.endpoint)).map((toAt) => spell(from.id, to.id, edge.fromAt ?? '', toAt));
  const saidFlows = new Set(said.flatMap(spellings));
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
      precision: share(said, (known) => spellings(known).some((flow) => rightFlows.has(flow))),
      recall: share(wanted, ({ flows }) => flows.some((flow) => saidFlows.has(flow))),
    }),
    ...prefixed('value-pair', {
      precision: share(saidPairs, (pair) => rightPairs.has(pair)),
      recall: share(wanted, ({ pairs }) => pairs.some((pair) => saidPairs.has(pair))),
    }),
  };
}
