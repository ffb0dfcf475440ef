import { assertNever } from '../../lib/assert.ts';
import type { Pattern, QueryNode } from '../../query/ast.ts';
import { getField, writeMethods, type FieldName, type FlagName } from '../../query/fields.ts';
import type { SqlValue } from './driver.ts';
import { callFlag } from './call-flags.ts';
import { queryColumns } from './query-columns.ts';

/** A condition over `call c LEFT JOIN call_fact f ON f.call_id = c.id`, with one `?` per bound value. */
export interface CompiledQuery {
  readonly where: string;
  readonly params: readonly SqlValue[];
  /** Set where the condition is that a column of row ids is among those that `select` gives as `id`, with the same parameters. */
  readonly lookup?: { readonly column: string; readonly select: string };
}

/**
 * Turns a parsed query into a condition; nothing of the query's text stands in the SQL, only bound values.
 * Text of interned columns is resolved to ids in a subquery, so that the indices on the ids serve.
 * Other sightings of the same call (`same_as` set) never match.
 * Needs `defineQueryFunctions` on the connection.
 */
export function compileQuery(ast: QueryNode): CompiledQuery {
  if (ast.kind === 'all') return { where: 'f.same_as IS NULL', params: [] };
  const node = compileNode(ast);
  return { where: `f.same_as IS NULL AND ${node.where}`, params: node.params };
}

const sql = (where: string, ...params: readonly SqlValue[]): CompiledQuery => ({ where, params });
const among = (column: string, select: string, ...params: readonly SqlValue[]): CompiledQuery => ({
  where: `${column} IN (${select})`,
  params,
  lookup: { column, select },
});

/** The condition of one node alone, other sightings included. */
export function compileNode(node: QueryNode): CompiledQuery {
  switch (node.kind) {
    case 'all':
      return sql('1');
    case 'and':
      return join(node.items.map(compileNode), 'AND');
    case 'or':
      return join(node.items.map(compileNode), 'OR');
    case 'not': {
      const item = compileNode(node.item);
      // A call without a status is not a call with status 200: NOT alone would lose it to SQL's NULL.
      return { where: `(${item.where} IS NOT TRUE)`, params: item.params };
    }
    case 'text':
      return join(compileTextParts(node.pattern), 'OR');
    case 'match':
      return compileTexts(node.field, (text) =>
        join(
          node.values.map((value) => like(text, value, getField(node.field).caseless === true)),
          'OR',
        ),
      );
    case 'present':
      return compileTexts(node.field, (text) => sql(`${text} IS NOT NULL`));
    case 'network':
      return compileTexts(node.field, (text) => sql(`in_network(${text}, ?)`, node.network));
    case 'compare':
      return compileCompare(node.field, node.op, node.value);
    case 'flag':
      return compileFlag(node.flag);
    default:
      return assertNever(node, 'query node');
  }
}

/** Joins in halves: SQLite refuses an expression more than 1,000 deep, and a flat chain is as deep as it is long. */
function join(items: readonly CompiledQuery[], operator: 'AND' | 'OR'): CompiledQuery {
  const [first] = items;
  if (items.length === 1 && first !== undefined) return first;
  const middle = items.length >> 1;
  const left = join(items.slice(0, middle), operator);
  const right = join(items.slice(middle), operator);
  return { where: `(${left.where} ${operator} ${right.where})`, params: [...left.params, ...right.params] };
}

/** The condition that a text fits a pattern. `=` where it can, since that is what an index serves. */
function like(text: string, pattern: Pattern, caseless: boolean): CompiledQuery {
  const [only] = pattern;
  if (pattern.length === 1 && only !== undefined)
    return caseless ? sql(`${text} LIKE ? ESCAPE '\\'`, escapeLike(only)) : sql(`${text} = ?`, only);
  return caseless
    ? sql(`${text} LIKE ? ESCAPE '\\'`, pattern.map(escapeLike).join('%'))
    : sql(`${text} GLOB ?`, pattern.map(escapeGlob).join('*'));
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const escapeGlob = (text: string): string => text.replace(/[*?[]/g, '[$&]');

/** A condition on the text of a field, resolved to ids where the text stands in another table. */
function compileTexts(name: FieldName, condition: (text: string) => CompiledQuery): CompiledQuery {
  const column = queryColumns[name];
  const within = (texts: readonly string[], before: string, after: string): CompiledQuery => {
    const inner = join(texts.map(condition), 'OR');
    return { where: `${before}${inner.where}${after}`, params: inner.params };
  };
  const lookedUp = (place: string, texts: readonly string[], before: string, after: string): CompiledQuery => {
    const select = within(texts, before, after);
    return among(place, select.where, ...select.params);
  };
  switch (column.kind) {
    case 'term':
      return lookedUp(column.column, ['value'], 'SELECT id FROM term WHERE ', '');
    case 'text':
      return within([column.column], '(', ')');
    case 'number':
      return within([`CAST(${column.column} AS TEXT)`], '(', ')');
    case 'linked': {
      const only = column.only === undefined ? '' : `${column.only} AND `;
      return lookedUp(column.column, column.texts, `SELECT ${column.id} AS id FROM ${column.table} WHERE ${only}(`, ')');
    }
    case 'ref':
      return within(["((SELECT name FROM source WHERE id = c.source_id) || '#' || c.record)"], '(', ')');
    case 'finding':
      return within(column.texts, 'c.id IN (SELECT fc.call_id FROM finding fi JOIN finding_call fc ON fc.finding_id = fi.id WHERE ', ')');
    default:
      return assertNever(column, 'column');
  }
}

function compileCompare(name: FieldName, op: string, value: number): CompiledQuery {
  const column = queryColumns[name];
  if (column.kind !== 'number') throw new Error(`bug: ${name} cannot be compared`);
  return sql(`${column.column} ${op} ?`, value);
}

/** A word looks at what an analyst sees of a call: path, host, endpoint, User-Agent, principal. The path comes first. */
export function compileTextParts(pattern: Pattern): readonly [path: CompiledQuery, ...others: CompiledQuery[]] {
  const value = `%${pattern.map(escapeLike).join('%')}%`;
  const fits = "LIKE ? ESCAPE '\\'";
  return [
    sql(`c.path ${fits}`, value),
    among('c.host_id', `SELECT id FROM term WHERE value ${fits}`, value),
    among('c.user_agent_id', `SELECT id FROM term WHERE value ${fits}`, value),
    among('f.endpoint_id', `SELECT id FROM endpoint WHERE key ${fits}`, value),
    among('f.principal_id', `SELECT id FROM principal WHERE label ${fits}`, value),
  ];
}

function compileFlag(flag: FlagName): CompiledQuery {
  switch (flag) {
    case 'is:agent':
    case 'is:human':
    case 'is:service':
      return among('f.principal_id', 'SELECT id FROM principal WHERE kind = ?', flag.slice('is:'.length));
    case 'is:failed':
      return sql('c.status >= 400');
    case 'is:write':
      return among('c.method_id', `SELECT id FROM term WHERE value IN (${writeMethods.map(() => '?').join(', ')})`, ...writeMethods);
    case 'is:undocumented':
      return among('f.endpoint_id', "SELECT id FROM endpoint WHERE spec = 'shadow'");
    case 'has:finding':
      return sql('c.id IN (SELECT call_id FROM finding_call)');
    case 'has:body':
      return sql('(c.flags & ?) <> 0', callFlag.requestBody | callFlag.responseBody);
    case 'has:credential':
      return sql('c.credential_id IS NOT NULL');
    case 'has:chain':
      return sql('f.chain_id IS NOT NULL');
    default:
      return assertNever(flag, 'flag');
  }
}
