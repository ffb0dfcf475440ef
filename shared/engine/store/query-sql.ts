import { greatest } from '../../lib/extremes.ts';
import { assertNever } from '../../lib/assert.ts';
import { toPattern, type Pattern, type QueryNode } from '../../query/ast.ts';
import { flags, getField, isCaseless, isColumn, officeHours, type Field, type FieldName, type FlagName } from '../../query/fields.ts';
import type { Moment } from '../../query/moment.ts';
import { FAILED_SQL } from './call-answer.ts';
import { callFlag } from './call-flags.ts';
import { SHOWN_CREDENTIAL } from './credential-sql.ts';
import { queryColumns } from './query-columns.ts';
import { compileMessage } from './query-message.ts';
import { LABELLED_CALLS, NOTED_CALLS } from './query-review.ts';
import { contains, fitsRegex, like } from './query-text.ts';
import { among, join, sql, within, type CompiledQuery } from './sql-condition.ts';

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

const MICROS_PER_MS = 1000;

/** What a condition costs per call: 2 where its message is unpacked, 1 for an expression over a text, else 0. */
function costOf(node: QueryNode): number {
  if (node.kind === 'and' || node.kind === 'or') return greatest(node.items.map(costOf));
  if (node.kind === 'not') return costOf(node.item);
  if (node.kind === 'flag') return flags.some((flag) => flag.name === node.flag && 'slow' in flag) ? 2 : 0;
  if ('field' in node && getField(node.field).slow === true) return 2;
  return node.kind === 'regex' || node.kind === 'textRegex' ? 1 : 0;
}

/** True where the message of each call must be unpacked, so that one statement looks at few of them. */
export const isSlowQuery = (ast: QueryNode): boolean => costOf(ast) > 1;

/** The condition of one node alone, other sightings included. */
export function compileNode(node: QueryNode): CompiledQuery {
  switch (node.kind) {
    case 'all':
      return sql('1');
    case 'and':
      // SQLite asks from left to right, so what unpacks calls one by one is asked only of those that the rest leaves.
      return join([...node.items].sort((a, b) => costOf(a) - costOf(b)).map(compileNode), 'AND');
    case 'or':
      return join(node.items.map(compileNode), 'OR');
    case 'not': {
      const item = compileNode(node.item);
      // A call without a status is not a call with status 200: NOT alone would lose it to SQL's NULL.
      return { where: `(${item.where} IS NOT TRUE)`, params: item.params };
    }
    case 'text':
      return join(
        compileWordParts((text) => contains(text, node.pattern)),
        'OR',
      );
    case 'match':
      if (!isColumn(node)) return compileMessage(node);
      return compileTexts(node.field, (text) =>
        join(
          node.values.map((value) => likeIn(text, value, getField(node.field))),
          'OR',
        ),
      );
    case 'regex':
      if (!isColumn(node)) return compileMessage(node);
      return compileTexts(node.field, (text) => fitsRegex(text, node.source, isCaseless(node)));
    case 'textRegex':
      return join(
        compileWordParts((text) => fitsRegex(text, node.source, true)),
        'OR',
      );
    case 'present':
      if (!isColumn(node)) return compileMessage(node);
      return compileTexts(node.field, (text) => sql(`${text} IS NOT NULL`));
    case 'network':
      return compileTexts(node.field, (text) => sql(`in_network(${text}, ?)`, node.network));
    case 'compare':
      return compileCompare(node.field, node.op, node.value);
    case 'moment':
      return compileMoment(node.op, node.moment);
    case 'flag':
      return compileFlag(node.flag);
    default:
      return assertNever(node, 'query node');
  }
}

const likeIn = (text: string, pattern: Pattern, { caseless, contains: anywhere }: Field): CompiledQuery =>
  like(text, anywhere === true ? toPattern(['', ...pattern, '']) : pattern, caseless === true);

/** A condition on the text of a field, resolved to ids where the text stands in another table. */
export function compileTexts(name: FieldName, condition: (text: string) => CompiledQuery): CompiledQuery {
  const column = queryColumns[name];
  const any = (texts: readonly string[], before: string, after: string): CompiledQuery =>
    within(before, join(texts.map(condition), 'OR'), after);
  switch (column.kind) {
    case 'term':
      return among(column.column, any(column.texts, 'SELECT id FROM term WHERE ', ''));
    case 'text':
      return any([column.column], '(', ')');
    case 'number':
      return any([`CAST(${column.column} AS TEXT)`], '(', ')');
    case 'linked': {
      const only = column.only === undefined ? '' : `${column.only} AND `;
      return among(column.column, any(column.texts, `SELECT ${column.id} AS id FROM ${column.table} WHERE ${only}(`, ')'));
    }
    case 'ref':
      return any(["((SELECT name FROM source WHERE id = c.source_id) || '#' || c.record)"], '(', ')');
    case 'sighting':
      return {
        // By call, not by source: a source of a million calls is asked for only those that are looked at.
        ...any(
          column.texts,
          'EXISTS (SELECT 1 FROM source so WHERE so.id IN (SELECT c.source_id UNION ALL SELECT sc.source_id FROM call_fact sf CROSS JOIN call sc ON sc.id = sf.call_id WHERE sf.same_as = c.id) AND (',
          '))',
        ),
        lookup: {
          column: 'c.source_id',
          select: any(column.texts, 'SELECT so.id AS id FROM source so WHERE (', ')').where,
          inAnyRecord: true,
        },
      };
    case 'finding':
      return any(column.texts, 'c.id IN (SELECT fc.call_id FROM finding fi JOIN finding_call fc ON fc.finding_id = fi.id WHERE ', ')');
    case 'review':
      return any(column.texts, `c.id IN (${column.calls}`, ')');
    default:
      return assertNever(column, 'column');
  }
}

function compileCompare(name: FieldName, op: string, value: number): CompiledQuery {
  const column = queryColumns[name];
  if (column.kind !== 'number') throw new Error(`bug: ${name} cannot be compared`);
  return sql(`${column.column} ${op} ?`, value);
}

/** The case's first or last time is one step in the index of times, asked once and not per call. */
function compileMoment(op: string, { anchor, offset }: Moment): CompiledQuery {
  const edge = anchor === 'start' ? 'min' : 'max';
  return sql(`c.time ${op} (SELECT ${edge}(time) FROM call) + ?`, offset * MICROS_PER_MS);
}

/** A word looks at what an analyst sees of a call: path, query string, host, endpoint, User-Agent, Referer, principal. Path and query come first. */
export const compileWordParts = (
  condition: (text: string) => CompiledQuery,
): readonly [path: CompiledQuery, query: CompiledQuery, ...others: CompiledQuery[]] => [
  condition('c.path'),
  condition('c.query'),
  among('c.host_id', within('SELECT id FROM term WHERE ', condition('value'), '')),
  among('c.user_agent_id', within('SELECT id FROM term WHERE ', condition('value'), '')),
  among('c.referer_id', within('SELECT id FROM term WHERE ', condition('value'), '')),
  among('f.endpoint_id', within('SELECT id FROM endpoint WHERE ', condition('key'), '')),
  among('f.principal_id', within('SELECT id FROM principal WHERE ', condition('label'), '')),
];

/** 1970-01-01 was a Thursday, so three days further on weeks begin with Mondays. Times are µs. */
const OFF_HOURS =
  '(c.time IS NOT NULL AND ((c.time / 86400000000 + 3) % 7 > ? OR c.time / 3600000000 % 24 < ? OR c.time / 3600000000 % 24 >= ?))';

function compileFlag(flag: FlagName): CompiledQuery {
  switch (flag) {
    case 'is:agent':
    case 'is:human':
    case 'is:service':
      return among('f.principal_id', sql('SELECT id FROM principal WHERE kind = ?', flag.slice('is:'.length)));
    case 'is:failed':
      return sql(FAILED_SQL);
    case 'is:retry':
      return sql('c.id IN (SELECT call_id FROM retry)');
    case 'is:hop':
      return sql('c.id IN (SELECT call_id FROM hop)');
    case 'is:write':
      return among('f.endpoint_id', sql('SELECT id FROM endpoint WHERE changes_things(key) = 1'));
    case 'is:undocumented':
      return among('f.endpoint_id', sql("SELECT id FROM endpoint WHERE spec = 'shadow'"));
    case 'is:offhours':
      return sql(OFF_HOURS, officeHours.lastDay, officeHours.from, officeHours.to);
    case 'has:finding':
      return sql('c.id IN (SELECT call_id FROM finding_call)');
    case 'has:body':
      return sql('(c.flags & ?) <> 0', callFlag.requestBody | callFlag.responseBody);
    case 'has:credential':
      return sql(`${SHOWN_CREDENTIAL} IS NOT NULL`);
    case 'has:chain':
      return sql('f.chain_id IS NOT NULL');
    case 'is:starred':
      return sql(`c.id IN (${LABELLED_CALLS} WHERE l.kind = 'star')`);
    case 'is:marked':
      return sql(`c.id IN (${LABELLED_CALLS} WHERE l.kind = 'mark')`);
    case 'has:tag':
      return sql(`c.id IN (${LABELLED_CALLS} WHERE l.kind = 'tag')`);
    case 'has:note':
      return sql(`c.id IN (${NOTED_CALLS})`);
    case 'is:inferred':
      return sql("c.id IN (SELECT to_call FROM edge GROUP BY to_call HAVING max(kind NOT IN ('nesting', 'adjacent')) = 0)");
    case 'has:secret':
      return sql('c.id IN (SELECT call_id FROM exposure)');
    case 'has:time':
      return sql('c.time IS NOT NULL');
    case 'has:trace':
      return sql('c.trace_id IS NOT NULL');
    case 'has:header':
      return compileMessage({ kind: 'anyHeader' });
    default:
      return assertNever(flag, 'flag');
  }
}
