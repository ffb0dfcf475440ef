import { numberAt } from '../../../../lib/numbers.ts';
import { valueForms } from '../../../intake/value-forms.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { readTemplates, urlValues } from '../values/places.ts';
import { addressIn, type ToolCalls } from './tool-arguments.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 5_000;
/** Shorter paths are everybody's. Units: characters. */
const MIN_PATH = 4;

/** Something that a call shows in its URL and that some tool was given at some time. */
export interface Carried {
  /** `address` is the whole URL. */
  readonly kind: 'address' | 'value';
  readonly text: string;
  /** As edges print it: `path {id}`. */
  readonly place: string;
}

interface Row {
  readonly id: number;
  readonly host: string | null;
  readonly path: string;
  readonly query: string | null;
}

/** What the URL of a call shows of what tools were given, the whole URL first. */
function carriedIn({ host, path, query }: Omit<Row, 'id'>, template: readonly string[] | undefined, tools: ToolCalls): readonly Carried[] {
  const isGiven = (text: string): boolean => tools.withArgument(text).length > 0;
  const address = addressIn(`http://${host ?? ''}${path}`);
  const whole = [host === null ? undefined : address, path.length < MIN_PATH ? undefined : path].find(
    (text) => text !== undefined && text !== `${host ?? ''}/` && isGiven(text),
  );
  const partsBy = (names: readonly string[] | undefined): readonly Carried[] =>
    urlValues(path, query, names).flatMap(({ text, place }): readonly Carried[] => {
      const form = valueForms(text).find(isGiven);
      return form === undefined ? [] : [{ kind: 'value', text: form, place }];
    });
  // A template that was learned from one call takes its id for a word.
  const named = partsBy(template);
  const parts = named.length === 0 && template !== undefined ? partsBy(undefined) : named;
  return whole === undefined ? parts : [{ kind: 'address', text: whole, place: 'url' }, ...parts];
}

/** Visits every call that shows in its URL what some tool was given. Cost: reads the URLs of all calls, of those only that `isSought`. */
export async function visitCarried(
  db: SqlDriver,
  calls: CallColumns,
  tools: ToolCalls,
  indexOf: (id: number) => number,
  isSought: (at: number) => boolean,
  visit: (showing: { readonly at: number; readonly carried: readonly Carried[] }) => void,
  breathe: () => Promise<void>,
): Promise<void> {
  const templates = readTemplates(db);
  const page = db.prepare(
    `SELECT c.id, h.value AS host, c.path, c.query FROM call c LEFT JOIN term h ON h.id = c.host_id
      WHERE c.id > ? AND c.path IS NOT NULL ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let rows = page.all<Row>(0); rows.length > 0; rows = page.all<Row>(rows.at(-1)?.id ?? Infinity)) {
    for (const row of rows) {
      const at = indexOf(row.id);
      if (at === NONE || !isSought(at)) continue;
      const carried = carriedIn(row, templates.get(numberAt(calls.endpoint, at)), tools);
      if (carried.length > 0) visit({ at, carried });
    }
    await breathe();
  }
}
