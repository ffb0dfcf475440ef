import { pathWords } from './endpoint-words.ts';
import { parameterOf, valueIn } from './segment-value.ts';

/** Collections each of whose items is a person. */
export const PEOPLE_COLLECTIONS: ReadonlySet<string> = new Set(
  'users customers contacts employees members people persons leads subscribers profiles candidates guests students patients passengers applicants participants citizens residents'.split(
    ' ',
  ),
);
const ONE_OF_THEM: ReadonlySet<string> = new Set('user customer employee member person patient student passenger applicant'.split(' '));
/** Values in the place of an id that name nobody, or only whoever asks. */
const NOBODY = /^(?:me|self|current|search|export|count|new|all)?$/i;
/** What stands at the front of pages that describe an interface: `/docs/api/employees` lists nobody. */
const DESCRIBING = /^(?:docs?|documentation|help|swagger|openapi)$/i;

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** The collection of people that a segment names by its last word: `portalUsers` gives `users`, `user-groups` nothing. */
function collectionIn(segment: string): string | undefined {
  const last = pathWords(segment).at(-1) ?? '';
  return PEOPLE_COLLECTIONS.has(last) || ONE_OF_THEM.has(last) ? last : undefined;
}

/** Where in a path a person stands: the place of the id among its segments, and the collection that it is an item of. */
interface PersonPlace {
  readonly place: number;
  readonly collection: string;
}

function personPlace(template: readonly string[]): PersonPlace | undefined {
  for (let place = template.length - 1; place > 0; place -= 1) {
    const collection = parameterOf(template[place]) === undefined ? undefined : collectionIn(template[place - 1] ?? '');
    if (collection !== undefined) return { place, collection };
  }
  return undefined;
}

/** True for endpoints about one person by the id in the path. Example: `/v2/companies/{id}/employees/{id}/payslips`. */
export const namesPerson = (template: string): boolean => personPlace(segmentsOf(template)) !== undefined;

/** True for endpoints that give a list of people. Example: `/v2/companies/{id}/employees`. */
export function isListOfPeople(template: string): boolean {
  const segments = segmentsOf(template);
  const last = segments.at(-1) ?? '';
  return parameterOf(last) === undefined && PEOPLE_COLLECTIONS.has(collectionIn(last) ?? '') && !DESCRIBING.test(segments[0] ?? '');
}

/** A person as a path names one: the same in every host, version and operation below it. */
export interface PersonInPath {
  readonly collection: string;
  /** The id with those that stand before it, since every company may count its employees from 1. */
  readonly person: string;
}

/**
 * The person that a path names. Undefined where it names none, or does not have the shape of the template.
 * Example: `/v2/companies/c-1/employees/7/payslips/2026-08` gives `companies c-1 employees 7` of `employees`.
 */
export function personInPath(template: string, path: string): PersonInPath | undefined {
  const [shape, segments] = [segmentsOf(template), segmentsOf(path)];
  const found = shape.length === segments.length ? personPlace(shape) : undefined;
  if (found === undefined) return undefined;
  const values = segments.map((segment, at) => (parameterOf(shape[at]) === undefined ? undefined : valueIn(shape[at], segment)));
  if (NOBODY.test(values[found.place] ?? '')) return undefined;
  const ids = values
    .slice(0, found.place + 1)
    .flatMap((value, at) => (value === undefined ? [] : [shape[at - 1]?.toLowerCase() ?? '', value]));
  return { collection: found.collection, person: ids.join(' ') };
}
