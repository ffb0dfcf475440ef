import { groupBy } from '#shared/lib/group-by.ts';
import type { EndpointTruth } from '#test/support/scenarios/core/truth.ts';

import type { Export } from './export.ts';
import type { Truth } from './load.ts';
import { setsByName, type Scores } from './score.ts';
import { majorityOf, placeOf, viewOf } from './view.ts';

/** Types that open a door. */
const SECRETS: ReadonlySet<string> = new Set(['jwt', 'api-key', 'password', 'session-token', 'private-key', 'secret']);

const nameOf = ({ method, host, template }: EndpointTruth): string => `${method} ${host}${template}`;
const toPlace = (where: string): string => where.replace(/\[\d+\]/g, '[*]');

/**
 * How well the product says what stands in fields of recorded bodies: `fields` (micro precision and recall of pairs of field and
 * type), `type.X` for each type, `secrets` for credentials of all kinds. A field that the truth labels `none` has no type; a field
 * that the truth does not know is neutral. An endpoint of the truth is the place that the product says for most of its
 * calls, with all operations inside its path.
 */
export function classifyScores(truth: Truth, exported: Export): Scores {
  const { seen, saidOf } = viewOf(truth, exported);
  const endpoints = groupBy(exported.report.endpoints, ({ method, host, template }) => `${method} ${host}${template}`);
  const saidFor = majorityOf(
    seen.map((call): [string | undefined, string | undefined] => {
      const said = saidOf(call)?.endpoint;
      return [
        call.template === undefined ? undefined : `${call.method} ${call.host}${call.template}`,
        said === undefined ? undefined : placeOf(said),
      ];
    }),
  );
  const sets = setsByName();
  const note = (side: 'found' | 'wanted', type: string, place: string): void => {
    for (const name of ['fields', `type.${type}`, ...(SECRETS.has(type) ? ['secrets'] : [])]) sets.add(side, name, `${place}\n${type}`);
  };
  for (const endpoint of truth.scenario.endpoints) {
    const name = nameOf(endpoint);
    const known = new Set(endpoint.fields.map(({ where }) => where));
    for (const { where, type } of endpoint.fields) if (type !== 'none') note('wanted', type, `${name}\n${where}`);
    for (const { where, type } of (endpoints.get(saidFor.get(name) ?? '') ?? []).flatMap(({ dataTypes }) => dataTypes))
      if (known.has(toPlace(where))) note('found', type, `${name}\n${toPlace(where)}`);
  }
  return sets.scores();
}
