import { greatest } from '../../lib/extremes.ts';
import { assert, assertNever } from '../../lib/assert.ts';
import type { FieldName } from '../../query/fields.ts';
import { messageExpression } from '../../sigma/expression.ts';
import type { PatternPiece, SigmaNode, SigmaPlace, SigmaTest, TimePart } from '../../sigma/rule.ts';
import { callFlag } from './call-flags.ts';
import { queryColumns } from './query-columns.ts';
import { compileMessage } from './query-message.ts';
import { compileTexts, compileWordParts } from './query-sql.ts';
import { among, join, sql, within, type CompiledQuery } from './sql-condition.ts';

/**
 * Turns what a Sigma rule asks of a call into a condition over `call c LEFT JOIN call_fact f`; nothing of the rule's text stands in the
 * SQL, only bound values. Needs `defineQueryFunctions` on the connection.
 */
export function compileSigma(node: SigmaNode): CompiledQuery {
  switch (node.kind) {
    case 'and':
    case 'or':
      // SQLite asks from left to right, so what unpacks messages comes last.
      return join([...node.items].sort((a, b) => costOf(a) - costOf(b)).map(compileSigma), node.kind === 'and' ? 'AND' : 'OR');
    case 'not': {
      const item = compileSigma(node.item);
      // A call without the field is not one with another value: NOT alone would lose it to SQL's NULL.
      return { where: `(${item.where} IS NOT TRUE)`, params: item.params };
    }
    case 'test':
      return compileTest(node.place, node.test);
    default:
      return assertNever(node, 'Sigma node');
  }
}

function costOf(node: SigmaNode): number {
  if (node.kind === 'not') return costOf(node.item);
  if (node.kind === 'test') return node.place.kind === 'message' ? 2 : node.test.kind === 'regex' ? 1 : 0;
  return greatest(node.items.map(costOf));
}

/** Path and query as they were sent, and the whole address. */
const PATH_QUERY = "(c.path || iif(ifnull(c.query, '') = '', '', '?' || c.query))";
const URL = `(ifnull((SELECT value FROM term WHERE id = c.scheme_id), 'http') || '://' || ifnull((SELECT value FROM term WHERE id = c.host_id), '') || ${PATH_QUERY})`;

/** `/StopLogging/org-trail` is the operation StopLogging; a request over HTTP has none. */
const OPERATION = `iif(c.flags & ${String(callFlag.operation)} = 0, NULL, substr(c.path, 2, instr(substr(c.path, 2) || '/', '/') - 1))`;

function compileTest(place: SigmaPlace, test: SigmaTest): CompiledQuery {
  switch (place.kind) {
    case 'column':
      return compileColumn(place.field, test);
    case 'message':
      return compileMessage(messageOf(place, test));
    case 'uri':
      return textTest(asksWholeUrl(test) ? URL : PATH_QUERY, test);
    case 'operation':
      return textTest(OPERATION, test);
    case 'anywhere': {
      const parts = compileWordParts((text) => textTest(text, test));
      const referer = among('c.referer_id', within('SELECT id FROM term WHERE ', textTest('value', test), ''));
      return join([...parts, referer], 'OR');
    }
    default:
      return assertNever(place, 'Sigma place');
  }
}

/** A pattern that names a scheme or host, or a regular expression that could. */
function asksWholeUrl(test: SigmaTest): boolean {
  if (test.kind === 'regex') return /:\\?\/\\?\/|\^\(?h/i.test(test.source);
  if (test.kind !== 'pattern') return false;
  const [first] = test.pieces;
  const isAnchored = first !== undefined && first !== 'many';
  return test.pieces.some((piece) => typeof piece !== 'string' && piece.text.includes('://')) || (isAnchored && typeof first !== 'string' && !first.text.startsWith('/')); // prettier-ignore
}

function compileColumn(field: FieldName, test: SigmaTest): CompiledQuery {
  const column = queryColumns[field];
  switch (test.kind) {
    case 'number':
      return column.kind === 'number' ? sql(`${column.column} = ?`, test.value) : compileTexts(field, (text) => sql(`${text} = ?`, String(test.value)));
    case 'compare':
      return column.kind === 'number' ? sql(`${column.column} ${test.op} ?`, test.value) : sql('0');
    case 'time':
      return sql(`CAST(strftime('${TIME_FORMATS[test.part]}', c.time / 1000000, 'unixepoch') AS INTEGER) = ?`, test.value);
    case 'field':
      return compareFields(valueOf(field), valueOf(test.other), test);
    default:
      return compileTexts(field, (text) => textTest(text, test));
  }
} // prettier-ignore

const TIME_FORMATS: Readonly<Record<TimePart, string>> = { minute: '%M', hour: '%H', day: '%d', week: '%V', month: '%m', year: '%Y' };

/** A test over one text; a number's own tests are settled before. */
function textTest(text: string, test: SigmaTest): CompiledQuery {
  switch (test.kind) {
    case 'pattern':
      return patternTest(text, test.pieces, test.cased);
    case 'regex':
      return sql(`matches_regex(${text}, ?, 0)`, test.source);
    case 'network':
      return sql(`in_network(${text}, ?)`, test.network);
    case 'present':
      return sql(`${text} IS NOT NULL`);
    case 'number':
      return sql(`${text} = ?`, String(test.value));
    case 'compare':
    case 'time':
    case 'field':
      return sql('0');
    default:
      return assertNever(test, 'Sigma test');
  }
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const escapeGlob = (text: string): string => text.replace(/[*?[]/g, '[$&]');

function patternTest(text: string, pieces: readonly PatternPiece[], cased: boolean): CompiledQuery {
  const spell = (many: string, one: string, escape: (piece: string) => string): string =>
    pieces.map((piece) => (piece === 'many' ? many : piece === 'one' ? one : escape(piece.text))).join('');
  if (!cased) return sql(`${text} LIKE ? ESCAPE '\\'`, spell('%', '_', escapeLike));
  return sql(`${text} GLOB ?`, spell('*', '?', escapeGlob));
}

/** The text of a field as one value; of a caller its name. */
function valueOf(field: FieldName): string {
  const column = queryColumns[field];
  switch (column.kind) {
    case 'term':
      return `(SELECT value FROM term WHERE id = ${column.column})`;
    case 'text':
    case 'number':
      return column.column;
    case 'linked':
      return `(SELECT ${column.texts[0] ?? 'NULL'} FROM ${column.table} WHERE ${column.id} = ${column.column})`;
    case 'ref':
    case 'finding':
    case 'review':
    case 'sighting':
      return 'NULL';
    default:
      return assertNever(column, 'column');
  }
}

/** The text of a place that events are grouped by. */
export const groupText = (place: Extract<SigmaPlace, { kind: 'column' | 'uri' }>): string =>
  place.kind === 'uri' ? PATH_QUERY : valueOf(place.field);

function compareFields(a: string, b: string, test: Extract<SigmaTest, { kind: 'field' }>): CompiledQuery {
  const [left, right] = test.cased ? [a, b] : [`lower(${a})`, `lower(${b})`];
  switch (test.where) {
    case 'whole':
      return sql(`${left} = ${right}`);
    case 'start':
      return sql(`substr(${left}, 1, length(${right})) = ${right}`);
    case 'end':
      return sql(`(${right} <> '' AND substr(${left}, -length(${right})) = ${right})`);
    case 'inside':
      return sql(`instr(${left}, ${right}) > 0`);
    default:
      return assertNever(test.where, 'place of a reference');
  }
}

type MessageCondition = Parameters<typeof compileMessage>[0];

/** What is asked inside of a message: presence or an expression; reading the rule has refused everything else. */
function messageOf(place: Extract<SigmaPlace, { kind: 'message' }>, test: SigmaTest): MessageCondition {
  const target = place.field === 'req.body' || place.field === 'res.body' ? { field: place.field } : { field: place.field, path: place.path ?? '' };
  if (test.kind === 'present') return { kind: 'present', ...target };
  assert(test.kind === 'pattern' || test.kind === 'regex', 'a test that messages have no answer to');
  return { kind: 'regex', ...target, source: messageExpression(test) };
} // prettier-ignore
