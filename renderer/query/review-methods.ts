import { isJsonObject } from '#shared/lib/json.ts';
import { mentionsReview } from '#shared/query/mentions-review.ts';
import { parseQuery } from '#shared/query/parse.ts';

/** Methods whose rows carry what the analyst said, whatever they are asked for. */
const ALWAYS: ReadonlySet<string> = new Set([
  'case.board',
  'case.overview',
  'findings.list',
  'findings.get',
  'credentials.overview',
  'calls.page',
  'calls.get',
  'calls.compare',
  'endpoints.inventory',
  'endpoints.get',
  'revocation.plan',
  'revocation.get',
  'templates.preview',
  'identities.principals',
  'identities.kpis',
  'inventory.compare',
  'host.compareCase',
  'report.state',
  'host.preview',
]);

/** Methods that count or place calls: only a query or a field about the analyst's own changes makes their answer depend on them. */
const BY_QUERY: ReadonlySet<string> = new Set([
  'calls.position',
  'calls.step',
  'calls.count',
  'calls.facets',
  'calls.activity',
  'calls.values',
  'calls.messages',
  'chains.page',
  'graph.map',
  'graph.calls',
  'graph.heat',
  'graph.spread',
  'chains.flows',
]);

const FIELDS: ReadonlySet<unknown> = new Set(['tag', 'note']);

/** True when the answer to a question changes with a tag, a star, a mark, a note or a view. The one list of such methods. */
export function dependsOnReview(method: string, params: unknown): boolean {
  if (ALWAYS.has(method) || method.startsWith('review.')) return true;
  if (!BY_QUERY.has(method) || !isJsonObject(params)) return false;
  const { query, clause, field, fields } = params;
  if (FIELDS.has(field) || (Array.isArray(fields) && fields.some((each) => FIELDS.has(each)))) return true;
  return [query, clause].some((text) => {
    const parsed = typeof text === 'string' ? parseQuery(text) : undefined;
    return parsed?.ok === true && mentionsReview(parsed.ast);
  });
}
