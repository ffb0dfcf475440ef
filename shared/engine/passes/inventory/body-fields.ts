import { scanJson } from '../../intake/json-leaves.ts';

/** JSON inside strings of JSON is followed as deep as intake does. */
const MAX_NESTING = 3;

/**
 * Visits the scalars of a body by their field, as intake names them: `$.items[*].name`, `$.content[*].text|$.name` for JSON inside a
 * string, `$.name` for forms. `isWanted` says whether anything below a field with that beginning matters.
 */
export function visitFields(text: string, isWanted: (beginning: string) => boolean, visit: (field: string, value: string) => void): void {
  if (/^\s*[[{"]/.test(text)) visitJson(text, '', isWanted, visit, 0);
  else if (/^[\w.%[\]-]{1,80}=/.test(text)) visitForm(text, visit);
}

function visitJson(
  text: string,
  prefix: string,
  isWanted: (beginning: string) => boolean,
  visit: (field: string, value: string) => void,
  nesting: number,
): void {
  scanJson(text, ({ field, kind, text: value }) => {
    const place = prefix + field;
    if (kind !== 'literal') visit(place, value);
    if (kind === 'string' && nesting < MAX_NESTING && /^\s*[[{]/.test(value) && isWanted(`${place}|`))
      visitJson(value, `${place}|`, isWanted, visit, nesting + 1);
    return true;
  });
}

function visitForm(text: string, visit: (field: string, value: string) => void): void {
  for (const part of text.split('&')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals);
    if (equals > 0 && /^[A-Za-z_][\w-]{0,80}$/.test(name)) visit(`$.${name}`, part.slice(equals + 1));
  }
}
