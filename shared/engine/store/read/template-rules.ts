import type { TemplateRuleRow } from '../../../contract/templates.ts';
import type { SqlDriver } from '../driver.ts';

/** Every template rule with the time at which it was set, by host, kind and place. */
export const listTemplateRules = (db: SqlDriver): readonly TemplateRuleRow[] =>
  db
    .prepare(
      `SELECT r.host, r.kind, r.pattern, r.note, coalesce(l.at, '') AS at FROM template_rule r LEFT JOIN review_log l ON l.id = r.saved
       ORDER BY r.host, r.kind, r.place`,
    )
    .all<Omit<TemplateRuleRow, 'note'> & { readonly note: string }>()
    .map(({ note, ...rule }) => ({ ...rule, ...(note === '' ? {} : { note }) }));

/**
 * The rules as one text, empty without any: endpoints that were found with other rules are out of date. Reasons and times do not count,
 * so a rule that is set and taken back leaves the analysis as fresh as it was.
 */
export function rulesInForce(db: SqlDriver): string {
  const rules = db
    .prepare('SELECT host, kind, pattern FROM template_rule ORDER BY host, kind, place')
    .all<{ host: string; kind: string; pattern: string }>();
  return rules.length === 0 ? '' : JSON.stringify(rules.map(({ host, kind, pattern }) => [host, kind, pattern]));
}
