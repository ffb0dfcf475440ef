import type { Export } from './export.ts';
import type { Truth } from './load.ts';
import { compareSets, prefixed, share, type Scores } from './score.ts';
import { placeOf, viewOf } from './view.ts';

/** A template without the names of its parameters. */
const nameless = (endpoint: string): string => endpoint.replace(/\{[^}]*\}/g, '{}');

/**
 * Templates with a literal where another template of the same host, alike up to there, has a parameter: `/customers/me` beside
 * `/customers/{}`. Shape: names as `GET host/path`, parameters nameless.
 */
export function literalsBesideParameters(endpoints: Iterable<string>): ReadonlySet<string> {
  const all = [...endpoints].map((endpoint) => ({ endpoint, steps: endpoint.replace(/^\S+ /, '').split('/') }));
  const openings = new Set(
    all.flatMap(({ steps }) => steps.flatMap((step, index) => (step === '{}' ? [steps.slice(0, index).join('/')] : []))),
  );
  return new Set(
    all.flatMap(({ endpoint, steps }) =>
      steps.some((step, index) => index > 0 && step !== '{}' && openings.has(steps.slice(0, index).join('/'))) ? [endpoint] : [],
    ),
  );
}

/**
 * How well the product finds places, over calls that an operation was meant by (others are neutral); operations inside one path (tools,
 * GraphQL) are its place. `grouping` is the share of
 * calls whose group has exactly the calls that belong there; `template` compares the sets of method, host and path, parameters
 * nameless; `literals` is the share of literals beside a parameter that stand in the product's templates; `merged` and `split` are
 * the shares of groups of the product that mix operations, and of operations in several groups (0 is best).
 * Source: grouping accuracy as in APISensor (arXiv 2603.23852), which has it from log parsing (Zhu et al. 2019).
 */
export function templateScores(truth: Truth, exported: Export): Scores {
  const view = viewOf(truth, exported);
  const items = view.seen.flatMap((call) => {
    const said = view.saidOf(call)?.endpoint;
    return call.template === undefined
      ? []
      : [{ right: nameless(`${call.method} ${call.host}${call.template}`), said: said === undefined ? undefined : placeOf(said) }];
  });
  const rightSizes = new Map<string, number>();
  const sizes = new Map<string, number>();
  const groupsOf = new Map<string, Set<string>>();
  const operationsOf = new Map<string, Set<string>>();
  for (const { right, said } of items) {
    rightSizes.set(right, (rightSizes.get(right) ?? 0) + 1);
    if (said === undefined) continue;
    sizes.set(said, (sizes.get(said) ?? 0) + 1);
    groupsOf.set(right, (groupsOf.get(right) ?? new Set()).add(said));
    operationsOf.set(said, (operationsOf.get(said) ?? new Set()).add(right));
  }
  const found = new Set([...sizes.keys()].map(nameless));
  const wanted = new Set(rightSizes.keys());
  return {
    grouping: share(
      items,
      ({ right, said }) => said !== undefined && operationsOf.get(said)?.size === 1 && sizes.get(said) === rightSizes.get(right),
    ),
    ...prefixed('template', { ...compareSets(found, wanted) }),
    literals: share(literalsBesideParameters(wanted), (endpoint) => found.has(endpoint)),
    merged: share(operationsOf.values(), ({ size }) => size > 1),
    split: share(groupsOf.values(), ({ size }) => size > 1),
  };
}
