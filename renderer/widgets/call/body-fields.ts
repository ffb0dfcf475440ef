import { isJsonObject, type Json } from '#shared/lib/json.ts';

/** One scalar of a body and where it stands. */
export interface BodyField {
  /** `items.0.price` */
  readonly path: string;
  /** The same for any item of an array, as the query language has it: `items.price`; absent where a name holds a dot, which it cannot say. */
  readonly anyPath: string | undefined;
  readonly value: string;
}

/** Fields listed at most; the text of the body shows the rest. */
export const MOST_FIELDS = 2000;
/** Objects and arrays inside one another that are gone into; nobody reads a path longer than that. */
const DEEPEST = 100;

/** The scalars of a JSON body in their order; `undefined` when it is none, or was cut. */
export function listBodyFields(text: string): readonly BodyField[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const found: BodyField[] = [];
  const visit = (value: Json, path: readonly string[], anyPath: readonly string[]): void => {
    if (found.length >= MOST_FIELDS || path.length > DEEPEST) return;
    if (Array.isArray(value))
      value.forEach((item: Json, index) => {
        visit(item, [...path, String(index)], anyPath);
      });
    else if (isJsonObject(value)) for (const [name, item] of Object.entries(value)) visit(item, [...path, name], [...anyPath, name]);
    else {
      const isSayable = !anyPath.some((name) => name.includes('.'));
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      found.push({ path: path.join('.'), anyPath: isSayable ? anyPath.join('.') : undefined, value: text });
    }
  };
  try {
    visit(JSON.parse(text, exactNumbers) as Json, [], []);
  } catch {
    return undefined; // not JSON after all, cut short, or nested deeper than can be read
  }
  return found;
}

/** Numbers as they were written: JavaScript would round a long id. */
const exactNumbers = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value;

/** The fields of a body as HTML forms send it; `undefined` for one that is not. */
export const listFormFields = (text: string, mime: string | undefined): readonly BodyField[] | undefined =>
  mime?.toLowerCase().includes('x-www-form-urlencoded') === true
    ? listParameters(text.trim())
        .slice(0, MOST_FIELDS)
        .map(({ name, value }) => ({ path: name, anyPath: undefined, value }))
    : undefined;

/** One parameter of a query string, as it was sent. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

/** The parameters of a query string, still encoded, in their order. */
export function listParameters(query: string): readonly QueryParameter[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? { name: part, value: '' } : { name: part.slice(0, at), value: part.slice(at + 1) };
    });
}
