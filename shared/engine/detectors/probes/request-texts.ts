import { scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';

/** Values of one body that are looked at. */
const MAX_VALUES = 500;
/** Longer values are cut: what is looked for stands near the beginning or is no parameter. Units: characters. */
const MAX_LENGTH = 4_096;

/** A value of a request with the place where it stands. */
export interface RequestText {
  /** `query url`, `path` or `body $.callback`. */
  readonly at: string;
  /** The parameter's or field's own name; empty for the path. */
  readonly name: string;
  readonly text: string;
}

/** A value with its percent signs undone once; left as it is where they spell no UTF-8. */
export function undoPercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (thrown) {
    // `%` as a letter of its own: attackers and old forms write it.
    if (thrown instanceof URIError) return text;
    throw thrown;
  }
}

/** Parameters of a query, decoded once. */
export function queryTexts(query: string): readonly RequestText[] {
  if (query === '') return [];
  return query.split('&').flatMap((pair) => {
    const split = pair.indexOf('=');
    const name = undoPercent(split < 0 ? pair : pair.slice(0, split));
    const text = undoPercent((split < 0 ? '' : pair.slice(split + 1)).replaceAll('+', ' ')).slice(0, MAX_LENGTH);
    return [{ at: `query ${name}`, name, text }];
  });
}

/** Texts of a request's body: its JSON strings, its form fields, or the whole of it. */
export function bodyTexts(detail: StoredDetail): readonly RequestText[] {
  const text = detail.requestBody?.text;
  if (text === undefined || text === '') return [];
  const found: RequestText[] = [];
  scanJson(text, ({ pointer, key, kind, text: value }) => {
    if (kind === 'string' && value !== '') found.push({ at: `body ${pointer}`, name: key ?? '', text: value.slice(0, MAX_LENGTH) });
    return found.length < MAX_VALUES;
  });
  if (found.length > 0) return found;
  if (/^[\w.[\]-]+=/.test(text)) return queryTexts(text).map((each) => ({ ...each, at: each.at.replace('query', 'body') }));
  return [{ at: 'body', name: '', text: text.slice(0, MAX_LENGTH) }];
}
